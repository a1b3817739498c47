using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Http;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Puts turns of lost workers back into the queue: at once where the worker's database session is gone, otherwise when the lease has ended.
/// Any worker does this for all.
/// </summary>
internal sealed partial class RecoverTurns(Database database, TurnQueueSignal signal, TimeProvider time, ILogger<RecoverTurns> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromMilliseconds(LookEveryMilliseconds))
{
    // How long a turn of a lost worker waits at most, beside the claim's own poll. The statement costs little while nothing runs.
    private const int LookEveryMilliseconds = 250;

    // The locks are read once, not for each turn, and not while nothing runs. A turn that changed hands since it was looked at is left alone.
    private const string Recover =
        """
        WITH held AS MATERIALIZED (
            SELECT key FROM held_session_locks() AS key WHERE EXISTS (SELECT FROM turns WHERE status = 'running')
        ), alive AS MATERIALIZED (
            SELECT id FROM workers WHERE session_lock IS NULL OR session_lock IN (SELECT key FROM held)
        ), lost AS MATERIALIZED (
            SELECT id, attempt, lease_until FROM turns
            WHERE status = 'running' AND (lease_until < now() OR NOT worker_id IN (SELECT id FROM alive))
        ), locked AS (
            SELECT turns.id FROM turns JOIN lost USING (id)
            WHERE turns.status = 'running' AND turns.attempt = lost.attempt AND turns.lease_until = lost.lease_until
            FOR UPDATE OF turns SKIP LOCKED
        )
        UPDATE turns SET status = 'queued', worker_id = NULL, lease_until = NULL, losses = losses + 1
        FROM locked WHERE turns.id = locked.id
        RETURNING turns.id, turns.correlation_id
        """;

    private const string ForgetWorkers =
        """
        DELETE FROM workers WHERE seen_at < now() - interval '1 hour'
            AND NOT EXISTS (SELECT FROM turns WHERE turns.worker_id = workers.id AND turns.status = 'running')
        """;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var recovered = await database.QueryAsync<Recovered>(DataScope.System, Recover, null, cancellationToken);
        if (recovered.Count > 0)
        {
            foreach (var turn in recovered)
            {
                using var scope = logger.BeginScope(new CorrelationScope(turn.CorrelationId));
                Log.TakenBack(logger, turn.Id);
            }

            await database.ExecuteAsync(DataScope.System, ForgetWorkers, null, cancellationToken);
            signal.Wake();
        }

        return false;
    }

    private sealed record Recovered
    {
        public required Guid Id { get; init; }
        public required Guid CorrelationId { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} was taken back from a lost worker")]
        public static partial void TakenBack(ILogger logger, Guid turnId);
    }
}
