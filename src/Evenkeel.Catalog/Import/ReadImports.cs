using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Catalog.Import;

/// <summary><c>GET /api/v1/events/imports</c>: what was imported, newest first.</summary>
internal static class ReadImports
{
    public static async Task<Results<Ok<Page<CatalogueImport>>, ErrorResult>> ListAsync(
        [AsParameters] PageRequest page, Caller caller, Database database, HttpContext http, CancellationToken cancellationToken)
    {
        if (!page.Read().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        var rows = await database.QueryAsync<ImportRow>(
            DataScope.Organization(caller.OrganizationId),
            """
            SELECT id, file_name, user_id, created_at, report::text AS report FROM catalogue_imports
            WHERE organization_id = @OrganizationId AND (@isFirst OR id < @After) ORDER BY id DESC LIMIT @Rows
            """,
            new { caller.OrganizationId, isFirst = start.After == Guid.Empty, start.After, Rows = start.Limit + 1 },
            cancellationToken);
        var items = rows.Take(start.Limit).Select(row => row.ToWire(RequestLanguage.Of(http))).ToList();
        return TypedResults.Ok(new Page<CatalogueImport>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null));
    }

    private sealed record ImportRow
    {
        public Guid Id { get; init; }
        public string FileName { get; init; } = "";
        public Guid? UserId { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public string Report { get; init; } = "";

        public CatalogueImport ToWire(string language) => new()
        {
            Id = Id, FileName = FileName, UserId = UserId, CreatedAt = CreatedAt,
            Report = JsonSerializer.Deserialize<StoredReport>(Report, Wire.Json)!.ToWire(Id, language),
        };
    }
}
