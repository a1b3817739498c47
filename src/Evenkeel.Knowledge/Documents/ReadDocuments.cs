using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Knowledge.Documents;

/// <summary><c>GET …/sources/{source_id}/documents[/{document_id}]</c>.</summary>
internal static class ReadDocuments
{
    public static async Task<Results<Ok<Page<KnowledgeDocument>>, ErrorResult>> ListAsync(
        [AsParameters] SourceRoute route, [AsParameters] PageRequest page, string? status, Caller caller, Database database, HttpContext http,
        CancellationToken cancellationToken)
    {
        if (!page.Read().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        if (status is not (null or DocumentStatus.Queued or DocumentStatus.Processing or DocumentStatus.Ready or DocumentStatus.Failed or DocumentStatus.Cancelled))
        {
            return (ErrorResult)Error.Invalid(new FieldProblem(
                "status", "One of queued, processing, ready, failed and cancelled.", "应为 queued、processing、ready、failed 或 cancelled。"));
        }

        if (await SourceRow.LoadAsync(database, caller.OrganizationId, route, cancellationToken) is null)
        {
            return (ErrorResult)Error.NotFound;
        }

        var rows = await database.QueryAsync<DocumentRow>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT {DocumentRow.Columns} FROM knowledge_documents
            WHERE source_id = @SourceId AND id > @After AND deleted_at IS NULL AND (@status::text IS NULL OR status = @status) ORDER BY id LIMIT @Rows
            """,
            new { route.SourceId, start.After, status, Rows = start.Limit + 1 },
            cancellationToken);
        var items = rows.Take(start.Limit).Select(row => row.ToWire(RequestLanguage.Of(http))).ToList();
        return TypedResults.Ok(new Page<KnowledgeDocument>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null));
    }

    public static async Task<Results<Ok<KnowledgeDocument>, ErrorResult>> GetAsync(
        [AsParameters] DocumentRoute route, Caller caller, Database database, HttpContext http, CancellationToken cancellationToken) =>
        await database.QueryFirstOrDefaultAsync<DocumentRow>(
            DataScope.Organization(caller.OrganizationId),
            $"SELECT {DocumentRow.Columns} FROM knowledge_documents AS document WHERE {DocumentRow.IsThere}",
            route,
            cancellationToken) is { } row
            ? TypedResults.Ok(row.ToWire(RequestLanguage.Of(http)))
            : (ErrorResult)Error.NotFound;
}
