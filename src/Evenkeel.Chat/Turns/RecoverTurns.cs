using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Puts turns of lost workers back into the queue: at once where the worker's database session is gone, otherwise when the lease has ended.
/// Any worker does this for all.
/// </summary>
internal sealed class RecoverTurns(Database database, TurnQueueSignal signal, TimeProvider time, ILogger<RecoverTurns> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromMilliseconds(LookEveryMilliseconds))
{
    // How long a turn of a lost worker waits at most, beside the claim's own poll. The statement costs little while nothing runs.
    private const int LookEveryMilliseconds = 250;

    // The locks are read once, not for each turn, and not while nothing runs.
    private const string Recover =
        """
        WITH held AS MATERIALIZED (
            SELECT key FROM held_session_locks() AS key WHERE EXISTS (SELECT FROM turns WHERE status = 'running')
        ), alive AS MATERIALIZED (
            SELECT id FROM workers WHERE session_lock IS NULL OR session_lock IN (SELECT key FROM held)
        ), lost AS (
            SELECT id FROM turns
            WHERE status = 'running' AND (lease_until < now() OR NOT worker_id IN (SELECT id FROM alive))
            FOR UPDATE SKIP LOCKED
        )
        UPDATE turns SET status = 'queued', worker_id = NULL, lease_until = NULL, losses = losses + 1
        FROM lost WHERE turns.id = lost.id
        """;

    private const string ForgetWorkers =
        """
        DELETE FROM workers WHERE seen_at < now() - interval '1 hour'
            AND NOT EXISTS (SELECT FROM turns WHERE turns.worker_id = workers.id AND turns.status = 'running')
        """;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var recovered = await database.ExecuteAsync(DataScope.System, Recover, null, cancellationToken);
        if (recovered > 0)
        {
            logger.LogWarning("Took {Turns} turns back from lost workers", recovered);
            await database.ExecuteAsync(DataScope.System, ForgetWorkers, null, cancellationToken);
            signal.Wake();
        }

        return false;
    }
}
