using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Puts turns of lost workers back into the queue: at once where the worker's database session is gone, otherwise when the lease has ended.
/// Any worker does this for all.
/// </summary>
internal sealed class RecoverTurns(Database database, TurnQueueSignal signal, TimeProvider time, ILogger<RecoverTurns> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(1))
{
    // pg_locks shows a bigint advisory key as classid (high half) and objid (low half) with objsubid 1.
    private const string Recover =
        """
        WITH lost AS (
            SELECT turns.id FROM turns LEFT JOIN workers ON workers.id = turns.worker_id
            WHERE turns.status = 'running' AND (
                turns.lease_until < now() OR workers.id IS NULL OR (
                    workers.session_lock IS NOT NULL AND NOT EXISTS (
                        SELECT FROM pg_locks
                        WHERE locktype = 'advisory' AND granted AND objsubid = 1
                          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                          AND ((classid::bigint << 32) | objid::bigint) = workers.session_lock)))
            FOR UPDATE OF turns SKIP LOCKED
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
