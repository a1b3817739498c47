using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Timeline.Webhooks;

/// <summary><c>POST /api/v1/admin/webhooks/{id}/test</c>: sends a test now, whether the webhook is switched on or not, and says how it went.</summary>
internal sealed class TryWebhook(Database database, SendRequest send, IdSource ids, TimeProvider time)
{
    public static async Task<Results<Ok<WebhookDelivery>, ErrorResult>> HandleAsync(Guid id, Caller caller, TryWebhook test, CancellationToken cancellationToken) =>
        await test.RunAsync(id, caller, cancellationToken) is { } delivery ? TypedResults.Ok(delivery) : (ErrorResult)Error.NotFound;

    private async Task<WebhookDelivery?> RunAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var target = await database.QueryFirstOrDefaultAsync<WebhookTarget>(
            DataScope.Organization(caller.OrganizationId),
            $"SELECT {WebhookTarget.Columns} FROM event_webhooks WHERE id = @id AND organization_id = @OrganizationId",
            new { id, caller.OrganizationId },
            cancellationToken);
        if (target is null)
        {
            return null;
        }

        var (deliveryId, now) = (ids.Next(), time.GetUtcNow());
        var body = JsonSerializer.SerializeToUtf8Bytes(new WebhookPayload("timeline.test", now, null), Wire.Json);
        var outcome = await send.RunAsync(target, deliveryId, body, cancellationToken);
        return new WebhookDelivery
        {
            Id = deliveryId,
            SessionId = Guid.Empty,
            FromSeq = 0,
            ToSeq = 0,
            Status = outcome.IsTaken ? "delivered" : "failed",
            Tries = 1,
            HttpStatus = outcome.HttpStatus,
            Error = outcome.Error,
            DurationMs = outcome.Duration.TotalMilliseconds,
            CreatedAt = now,
            DeliveredAt = outcome.IsTaken ? time.GetUtcNow() : null,
        };
    }
}
