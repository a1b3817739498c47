using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Realtime;
using Evenkeel.Timeline.CustomEvents;
using Evenkeel.Timeline.Reading;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>Sends one batch and writes down how it went.</summary>
internal sealed class SendBatch(ReadEvents events, EventTypeBooks books, SendRequest request, SettleBatch settle)
{
    private static readonly EventView View = new(SeesAll: true, "en");

    /// <summary>From the rows to the outcome.</summary>
    public async Task RunAsync(WebhookTarget target, WebhookBatch batch, CancellationToken cancellationToken)
    {
        var wanted = await ReadAsync(target, batch, cancellationToken);
        if (wanted.Count == 0)
        {
            // Of types nobody asked for, or deleted since.
            await settle.PassAsync(target, batch);
            return;
        }

        var createdAt = await settle.BeginAsync(target, batch);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookPayload("timeline.events", wanted[^1].Timestamp, new WebhookEvents(batch.SessionId, batch.FromSeq, batch.BatchToSeq, wanted)), Wire.Json);
        var outcome = await request.RunAsync(target, batch.BatchId, body, cancellationToken);
        if (outcome.IsTaken)
        {
            await settle.DeliveredAsync(target, batch, outcome);
        }
        else
        {
            await settle.FailedAsync(target, batch, outcome, createdAt);
        }
    }

    private async Task<IReadOnlyList<TimelineEvent>> ReadAsync(WebhookTarget target, WebhookBatch batch, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(target.OrganizationId, batch.SessionId, cancellationToken) is not { } session)
        {
            return [];
        }

        var types = await books.OfAsync(target.OrganizationId, cancellationToken);
        var filter = new EventFilter { AfterSeq = batch.FromSeq - 1, Limit = ClaimBatches.MostEvents };
        var rows = await events.RunAsync(session, filter, cancellationToken);
        return [.. rows.Where(row => row.Seq <= batch.BatchToSeq && target.Wants(row.EventType)).Select(row => VisibleEvents.Of(row, View, types)!)];
    }
}
