using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>
/// Takes batches to send, so that nobody else does for a while. A batch that was tried keeps its id and its events; of each session one is on its way at a
/// time, which keeps their order.
/// </summary>
internal sealed class ClaimBatches(Database database, IdSource ids, TimeProvider time, IOptions<WebhookOptions> options)
{
    /// <summary>Events in one delivery.</summary>
    public const int MostEvents = 100;

    private const string IsDue = "q.next_try_at <= @now AND (q.leased_until IS NULL OR q.leased_until <= @now) AND q.from_seq <= q.to_seq";

    private const string Claim =
        $"""
        WITH due AS (
            SELECT q.session_id FROM webhook_queue q WHERE q.webhook_id = @Id AND {IsDue}
            ORDER BY q.next_try_at, q.session_id LIMIT @most FOR UPDATE SKIP LOCKED
        ), numbered AS (SELECT session_id, row_number() OVER () AS place FROM due)
        UPDATE webhook_queue q SET
            leased_until = @until,
            batch_id = coalesce(q.batch_id, (@newIds::uuid[])[n.place::int]),
            batch_to_seq = coalesce(q.batch_to_seq, least(q.to_seq, q.from_seq + @MostEvents - 1)),
            tries = q.tries + 1
        FROM numbered n WHERE q.webhook_id = @Id AND q.session_id = n.session_id
        RETURNING q.session_id, q.batch_id, q.from_seq, q.batch_to_seq, q.tries
        """;

    /// <summary>All webhooks that are switched on.</summary>
    public Task<IReadOnlyList<WebhookTarget>> TargetsAsync(CancellationToken cancellationToken) => database.QueryAsync<WebhookTarget>(
        DataScope.System,
        $"""
        SELECT {WebhookTarget.Columns}, w.next_try_at <= @now AND EXISTS (SELECT FROM webhook_queue q WHERE q.webhook_id = w.id AND {IsDue}) AS is_due
        FROM event_webhooks w WHERE w.is_enabled
        """,
        new { now = time.GetUtcNow() },
        cancellationToken);

    /// <summary>At most so many batches for one of them.</summary>
    public Task<IReadOnlyList<WebhookBatch>> RunAsync(WebhookTarget target, int most, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.QueryAsync<WebhookBatch>(
            DataScope.Organization(target.OrganizationId),
            Claim,
            new { target.Id, now, until = now + options.Value.Lease, most, MostEvents, newIds = Enumerable.Range(0, most).Select(_ => ids.Next()).ToArray() },
            cancellationToken);
    }

    /// <summary>Gives a batch back that was not sent: the next who looks takes it.</summary>
    public Task ReleaseAsync(WebhookTarget target, WebhookBatch batch, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.Organization(target.OrganizationId),
        "UPDATE webhook_queue SET leased_until = NULL WHERE webhook_id = @Id AND batch_id = @BatchId",
        new { target.Id, batch.BatchId },
        cancellationToken);
}
