using Evenkeel.Platform.Data;
using Evenkeel.Platform.Http;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Puts turns back into the queue that name this worker and that it does not run: it claimed or ended them and never heard the answer. To everybody
/// else they look well kept, because the worker is alive. Nobody was lost under them, so no loss is counted.
/// </summary>
internal sealed partial class ReleaseTurns(Database database, ILogger<ReleaseTurns> logger)
{
    /// <summary>
    /// Call only where no claim of this worker is under way. One that was given up here may still be carried out by the database a moment later:
    /// call again.
    /// </summary>
    /// <param name="workerId">This worker.</param>
    /// <param name="mine">What it runs, and everything that is still to be ended by it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(Guid workerId, IReadOnlyList<RunningTurn> mine, CancellationToken cancellationToken)
    {
        var released = await database.QueryAsync<Released>(
            DataScope.System,
            """
            UPDATE turns SET status = 'queued', worker_id = NULL, lease_until = NULL
            WHERE worker_id = @workerId AND status = 'running' AND id <> ALL(@Ids)
            RETURNING id, correlation_id
            """,
            new { workerId, Ids = mine.Select(turn => turn.Turn.Id).ToArray() },
            cancellationToken);
        foreach (var turn in released)
        {
            using var scope = logger.BeginScope(new CorrelationScope(turn.CorrelationId));
            Log.Released(logger, turn.Id);
        }
    }

    private sealed record Released
    {
        public required Guid Id { get; init; }
        public required Guid CorrelationId { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} was kept for this worker, which does not run it; it goes back into the queue")]
        public static partial void Released(ILogger logger, Guid turnId);
    }
}
