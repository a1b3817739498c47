using Evenkeel.Accounts;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>
/// Writes down how batches went. Nothing of it is cancelled by the stop of the server, or a delivery that was taken would be sent again. Everything about
/// the queue holds only while the batch is still the one on its way: a replay, or somebody who took it after its lease, has changed that.
/// </summary>
internal sealed partial class SettleBatch(Database database, IAudit audit, TimeProvider time, IOptions<WebhookOptions> options, ILogger<SettleBatch> logger)
{
    // Seconds, minutes, hours: what comes back soon is found soon, and what does not is not pestered.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4),
    ];

    private const string BeginLog =
        """
        INSERT INTO webhook_deliveries AS d (id, webhook_id, organization_id, session_id, from_seq, to_seq, status, tries, created_at)
        VALUES (@BatchId, @Id, @OrganizationId, @SessionId, @FromSeq, @BatchToSeq, 'waiting', @Tries, @now)
        ON CONFLICT (id) DO UPDATE SET tries = excluded.tries, next_try_at = NULL
        RETURNING created_at
        """;

    private const string Advance =
        """
        UPDATE webhook_queue SET from_seq = batch_to_seq + 1, batch_id = NULL, batch_to_seq = NULL, tries = 0, next_try_at = '-infinity', leased_until = NULL
        WHERE webhook_id = $1 AND session_id = $2 AND batch_id = $3
        """;

    private const string DeleteWhenDone = "DELETE FROM webhook_queue WHERE webhook_id = $1 AND session_id = $2 AND from_seq > to_seq";

    private const string Outcome =
        """
        UPDATE webhook_deliveries SET status = $2, http_status = $3, error = $4, duration_ms = $5, next_try_at = $6, delivered_at = $7 WHERE id = $1
        """;

    /// <summary>Nothing of it is wanted.</summary>
    public async Task PassAsync(WebhookTarget target, WebhookBatch batch)
    {
        await using var statements = NewBatch(target);
        AddAdvance(statements, target, batch);
        await statements.ExecuteAsync(CancellationToken.None);
    }

    /// <summary>Shows the try in the log before it is made.</summary>
    /// <returns>When the first try was.</returns>
    public async Task<DateTimeOffset> BeginAsync(WebhookTarget target, WebhookBatch batch) => await database.QueryFirstOrDefaultAsync<DateTimeOffset>(
        DataScope.Organization(target.OrganizationId),
        BeginLog,
        new { batch.BatchId, target.Id, target.OrganizationId, batch.SessionId, batch.FromSeq, batch.BatchToSeq, batch.Tries, now = time.GetUtcNow() },
        CancellationToken.None);

    /// <summary>The receiver has it.</summary>
    public async Task DeliveredAsync(WebhookTarget target, WebhookBatch batch, SendOutcome outcome)
    {
        var now = time.GetUtcNow();
        await using var statements = NewBatch(target);
        AddAdvance(statements, target, batch);
        AddOutcome(statements, batch, outcome, "delivered", null);
        statements.Add(
            "UPDATE event_webhooks SET failures = 0, failing_since = NULL, next_try_at = '-infinity', last_delivered_at = $2 WHERE id = $1", Sql.Value(target.Id), Sql.Time(now));
        await statements.ExecuteAsync(CancellationToken.None);
    }

    /// <summary>It is tried again, given up, or the webhook is switched off.</summary>
    public async Task FailedAsync(WebhookTarget target, WebhookBatch batch, SendOutcome outcome, DateTimeOffset createdAt)
    {
        var now = time.GetUtcNow();
        // Others were taken meanwhile: it is this batch that nobody wants.
        if (now - createdAt >= options.Value.GiveUpAfter && target.LastDeliveredAt > createdAt)
        {
            await GiveUpAsync(target, batch, outcome);
            return;
        }

        var nextTry = now + Waits[Math.Min(batch.Tries, Waits.Length) - 1];
        await using var statements = NewBatch(target);
        statements.Add(
            "UPDATE webhook_queue SET next_try_at = $3, leased_until = NULL WHERE webhook_id = $1 AND batch_id = $2",
            Sql.Value(target.Id), Sql.Value(batch.BatchId), Sql.Time(nextTry));
        AddOutcome(statements, batch, outcome, "waiting", nextTry);
        // Counted from when it began to fail, not from when the batch was made: switched on again, it has as much time as before.
        var isOver = outcome.IsGone || now - target.FailingSince >= options.Value.GiveUpAfter;
        if (!isOver)
        {
            // Of several that fail at once the first counts.
            statements.Add(
                """
                UPDATE event_webhooks SET failures = failures + 1, failing_since = coalesce(failing_since, $2), next_try_at = $3 WHERE id = $1 AND next_try_at <= $2
                """,
                Sql.Value(target.Id), Sql.Time(now), Sql.Time(now + Waits[Math.Min(target.Failures, Waits.Length - 1)]));
        }

        await statements.ExecuteAsync(CancellationToken.None);
        Log.Failed(logger, target.Id, batch.BatchId, outcome.Error!, batch.Tries);
        if (isOver)
        {
            await DisableAsync(target, outcome);
        }
    }

    private async Task GiveUpAsync(WebhookTarget target, WebhookBatch batch, SendOutcome outcome)
    {
        await using var statements = NewBatch(target);
        AddAdvance(statements, target, batch);
        AddOutcome(statements, batch, outcome, "failed", null);
        await statements.ExecuteAsync(CancellationToken.None);
        Log.GivenUp(logger, target.Id, batch.BatchId, outcome.Error!, batch.Tries);
    }

    /// <summary>Batches of several sessions may meet the same end at once: the first switches the webhook off, and that is what is written down.</summary>
    private async Task DisableAsync(WebhookTarget target, SendOutcome outcome)
    {
        var reason = outcome.IsGone ? "gone" : "failing";
        var disabled = await audit.ChangeAsync(
            DataScope.Organization(target.OrganizationId),
            ("UPDATE event_webhooks SET is_enabled = false, disabled_reason = @reason WHERE id = @Id AND is_enabled", new { target.Id, reason }),
            new AuditRecord { OrganizationId = target.OrganizationId, Action = "webhook.disabled", Target = target.Id.ToString(), Data = new { reason, outcome.Error } },
            CancellationToken.None);
        if (disabled > 0)
        {
            Log.Disabled(logger, target.Id, reason);
        }
    }

    private static void AddAdvance(ScopedBatch statements, WebhookTarget target, WebhookBatch batch)
    {
        statements.Add(Advance, Sql.Value(target.Id), Sql.Value(batch.SessionId), Sql.Value(batch.BatchId));
        statements.Add(DeleteWhenDone, Sql.Value(target.Id), Sql.Value(batch.SessionId));
    }

    private void AddOutcome(ScopedBatch statements, WebhookBatch batch, SendOutcome outcome, string status, DateTimeOffset? nextTry) => statements.Add(
        Outcome,
        Sql.Value(batch.BatchId),
        Sql.Text(status),
        Sql.Int(outcome.HttpStatus),
        Sql.Text(outcome.Error),
        Sql.Double(outcome.Duration.TotalMilliseconds),
        Sql.TimeOrNull(nextTry),
        Sql.TimeOrNull(outcome.IsTaken ? time.GetUtcNow() : null));

    private ScopedBatch NewBatch(WebhookTarget target) => database.CreateBatch(DataScope.Organization(target.OrganizationId));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "webhook_failed", Message = "Webhook {WebhookId} did not take batch {BatchId} ({ErrorCode}) at try {Tries}")]
        public static partial void Failed(ILogger logger, Guid webhookId, Guid batchId, string errorCode, int tries);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "webhook_given_up", Message = "Batch {BatchId} of webhook {WebhookId} is given up ({ErrorCode}) after {Tries} tries")]
        public static partial void GivenUp(ILogger logger, Guid webhookId, Guid batchId, string errorCode, int tries);

        [LoggerMessage(Level = LogLevel.Warning, EventName = "webhook_disabled", Message = "Webhook {WebhookId} was switched off ({Code})")]
        public static partial void Disabled(ILogger logger, Guid webhookId, string code);
    }
}
