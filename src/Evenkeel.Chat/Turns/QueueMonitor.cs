using System.Diagnostics.Metrics;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Turns;

/// <summary>Looks at the queue once a second, so that sends need not count it: its depth, and how long turns take.</summary>
internal sealed class QueueMonitor : BackgroundLoop
{
    private static readonly TimeSpan FullWait = TimeSpan.FromSeconds(5);
    private readonly Database _database;
    private readonly ChatOptions _options;
    private volatile QueueState _state = new() { Waiting = 0, RecentSeconds = 1, OldestSeconds = 0 };

    public QueueMonitor(
        Database database, IOptions<ChatOptions> options, RunningTurns running, IMeterFactory meters, TimeProvider time, ILogger<QueueMonitor> logger)
        : base(time, logger, TimeSpan.FromSeconds(1))
    {
        (_database, _options) = (database, options.Value);
        var meter = meters.Create("Evenkeel.Chat");
        meter.CreateObservableGauge("evenkeel.turns.queued", () => _state.Waiting, "{turn}", "Turns that wait, in the whole installation.");
        meter.CreateObservableGauge("evenkeel.turns.oldest_queued_age", () => _state.OldestSeconds, "s", "How long the oldest waiting turn has waited.");
        meter.CreateObservableGauge("evenkeel.turns.running", () => running.Count, "{turn}", "Turns under way in this process.");
    }

    /// <summary>Whether sends are refused for now.</summary>
    public bool IsFull => _state.Waiting >= _options.QueuedTurns;

    /// <summary>The refusal while the queue is full.</summary>
    public Error Refusal() => new(ErrorCode.QueueFull) { RetryAfter = FullWait };

    /// <summary>A guess of the wait, in milliseconds, with <paramref name="ahead"/> open turns before in the same thread.</summary>
    public int EstimateWaitMs(int ahead)
    {
        var state = _state;
        var rounds = ahead + ((double)state.Waiting / _options.ConcurrentTurns);
        return (int)Math.Min(600_000, rounds * state.RecentSeconds * 1000);
    }

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        // The newest fifty, whatever became of them: asked for twenty that succeeded, a planner without statistics reads and sorts all of the five minutes.
        _state = await _database.QueryFirstOrDefaultAsync<QueueState>(
            DataScope.System,
            """
            SELECT (SELECT count(*) FROM turns WHERE status = 'queued')::int AS waiting,
                   coalesce((SELECT extract(epoch FROM now() - min(queued_at)) FROM turns WHERE status = 'queued'), 0)::float8 AS oldest_seconds,
                   coalesce((SELECT avg(extract(epoch FROM ended_at - started_at)) FROM (
                       SELECT status, ended_at, started_at FROM turns WHERE id > @Since ORDER BY id DESC LIMIT 50) recent
                       WHERE status = 'succeeded'), 1)::float8 AS recent_seconds
            """,
            new { Since = IdSource.Smallest(Time.GetUtcNow() - TimeSpan.FromMinutes(5)) },
            cancellationToken) ?? _state;
        return false;
    }

    private sealed record QueueState
    {
        public required int Waiting { get; init; }
        public required double RecentSeconds { get; init; }
        public required double OldestSeconds { get; init; }
    }
}

/// <summary>Reaches the workers: this process's own at once, others over the broker where there is one; their polls find the rest.</summary>
internal sealed class TurnQueueSignal(IWorkerLink link)
{
    /// <summary>This process's worker.</summary>
    public void Connect(Action wake, Action<Guid> stop) => link.Attach(wake, stop);

    /// <summary>A turn waits.</summary>
    public void Wake() => link.Wake();

    /// <summary>A turn that runs elsewhere is to stop; its row says so.</summary>
    public void Stop(Guid turnId) => link.Stop(turnId);
}
