using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Accounts.ApiKeys;

/// <summary><c>GET /api/v1/admin/keys</c>: newest first, with those that are revoked or expired.</summary>
internal static class ListApiKeys
{
    public static async Task<Results<Ok<Page<ApiKey>>, ErrorResult>> HandleAsync(
        [AsParameters] PageRequest page, Caller caller, Database database, CancellationToken cancellationToken)
    {
        if (!page.Read().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        var rows = await database.QueryAsync<ApiKeyRow>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT {ApiKeyRow.Columns} FROM api_keys
            WHERE organization_id = @OrganizationId {(start.After == Guid.Empty ? "" : "AND id < @After")}
            ORDER BY id DESC LIMIT @Rows
            """,
            new { caller.OrganizationId, start.After, Rows = start.Limit + 1 },
            cancellationToken);
        var items = rows.Take(start.Limit).Select(row => row.ToWire()).ToList();
        return TypedResults.Ok(new Page<ApiKey>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null));
    }
}
