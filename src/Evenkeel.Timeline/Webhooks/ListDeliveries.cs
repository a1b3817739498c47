using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Timeline.Webhooks;

/// <summary><c>GET /api/v1/admin/webhooks/{id}/deliveries</c>: what was sent, newest first.</summary>
internal static class ListDeliveries
{
    public static async Task<Results<Ok<Page<WebhookDelivery>>, ErrorResult>> HandleAsync(
        Guid id, [AsParameters] PageRequest page, Caller caller, Database database, CancellationToken cancellationToken)
    {
        if (!page.Read().TryGet(out var start, out var error))
        {
            return (ErrorResult)error;
        }

        if (await WebhookRow.FindAsync(database, caller.OrganizationId, id, cancellationToken) is null)
        {
            return (ErrorResult)Error.NotFound;
        }

        var rows = await database.QueryAsync<WebhookDelivery>(
            DataScope.Organization(caller.OrganizationId),
            $"""
            SELECT id, session_id, from_seq, to_seq, status, tries, http_status, error, duration_ms, created_at, next_try_at, delivered_at
            FROM webhook_deliveries WHERE webhook_id = @id {(start.After == Guid.Empty ? "" : "AND id < @After")}
            ORDER BY id DESC LIMIT @Rows
            """,
            new { id, start.After, Rows = start.Limit + 1 },
            cancellationToken);
        WebhookDelivery[] items = [.. rows.Take(start.Limit)];
        return TypedResults.Ok(new Page<WebhookDelivery>(items, rows.Count > start.Limit ? items[^1].Id.ToString() : null));
    }
}
