using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// The worker: claims turns as long as it has room, keeps their leases, and notices stops asked for elsewhere. Woken by sends of this process;
/// the poll finds what others queued.
/// </summary>
internal sealed class RunTurns(
    Database database, ClaimTurns claim, ReleaseTurns release, TurnRunner runner, RunningTurns running, WorkerIdentity identity,
    TurnQueueSignal signal, IOptions<ChatOptions> options, TimeProvider time, ILogger<RunTurns> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromMilliseconds(100))
{
    private const int LargestClaim = 64;
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(10);

    private long _checkedAt;
    private long _renewedAt;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        signal.Connect(Wake, turnId => running.Stop(turnId));
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Stops claiming, hands running turns back, and gives up the registration, so that others go on at once.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var turn in running.All)
        {
            turn.Interrupt(Interruption.Shutdown);
        }

        try
        {
            await running.WhenAllEndedAsync().WaitAsync(ShutdownPatience, Time, cancellationToken);
            // The last claim may have been given up while the database carried it out.
            await release.RunAsync(identity.Id, running.All, cancellationToken);
            await identity.RetireAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException or NpgsqlException)
        {
            // The session's end tells others the same a moment later.
            logger.LogWarning(exception, "The worker stopped before all its turns were handed back");
        }
    }

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (_checkedAt == 0 || Time.GetElapsedTime(_checkedAt) >= CheckInterval)
        {
            await CheckAsync(cancellationToken);
            _checkedAt = Time.GetTimestamp();
        }

        var room = Math.Min(LargestClaim, options.Value.ConcurrentTurns - running.Count);
        if (room <= 0)
        {
            return false;
        }

        var workerId = identity.Id;
        var claimed = await ClaimAsync(workerId, room, cancellationToken);
        foreach (var turn in claimed)
        {
            running.Start(new RunningTurn(turn, workerId), runner.RunAsync, WakeWhenLimited);
        }

        return claimed.Count == room;
    }

    private async Task<IReadOnlyList<Turn>> ClaimAsync(Guid workerId, int room, CancellationToken cancellationToken)
    {
        try
        {
            return await claim.RunAsync(workerId, room, running.ByOrganization(), cancellationToken);
        }
        catch (NpgsqlException)
        {
            // Whatever it took is ours without our knowing: the next run looks for it first.
            _checkedAt = 0;
            throw;
        }
    }

    /// <summary>
    /// An end makes room only where a limit kept turns waiting; the next turn of the same conversation is seen by the end itself. Claiming
    /// after every end would double the work of the queue.
    /// </summary>
    private void WakeWhenLimited()
    {
        if (running.Count + 1 >= Math.Min(options.Value.ConcurrentTurns, options.Value.ConcurrentTurnsPerOrganization))
        {
            Wake();
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (await identity.EnsureRegisteredAsync(cancellationToken) is { } lost)
        {
            foreach (var turn in running.All.Where(turn => turn.WorkerId == lost))
            {
                turn.Interrupt(Interruption.Lost);
            }
        }

        await PingWorkers.AnswerAsync(database, identity.Id, cancellationToken);
        var mine = running.All;
        if (mine.Count > 0)
        {
            await StopAskedForAsync(mine, cancellationToken);
        }

        if (Time.GetElapsedTime(_renewedAt) >= TimeSpan.FromSeconds(options.Value.LeaseSeconds / 3.0))
        {
            await RenewAsync(mine, cancellationToken);
            _renewedAt = Time.GetTimestamp();
        }

        // This loop is the only one that claims, and it has started all that it was told of: what else names this worker is an answer that was lost.
        await release.RunAsync(identity.Id, mine, cancellationToken);
    }

    private async Task StopAskedForAsync(IReadOnlyList<RunningTurn> mine, CancellationToken cancellationToken)
    {
        var stopped = await database.QueryAsync<Guid>(
            DataScope.System,
            "SELECT id FROM turns WHERE id = ANY(@Ids) AND stop_requested",
            new { Ids = mine.Select(turn => turn.Turn.Id).ToArray() },
            cancellationToken);
        foreach (var turnId in stopped)
        {
            running.Stop(turnId);
        }
    }

    private async Task RenewAsync(IReadOnlyList<RunningTurn> mine, CancellationToken cancellationToken)
    {
        var renewed = await database.QueryAsync<Guid>(
            DataScope.System,
            """
            WITH seen AS (UPDATE workers SET seen_at = now() WHERE id = @WorkerId)
            UPDATE turns SET lease_until = now() + make_interval(secs => @Seconds)
            WHERE worker_id = @WorkerId AND status = 'running' AND id = ANY(@Ids)
            RETURNING id
            """,
            new { WorkerId = identity.Id, Seconds = (double)options.Value.LeaseSeconds, Ids = mine.Select(turn => turn.Turn.Id).ToArray() },
            cancellationToken);
        var kept = renewed.ToHashSet();
        // A turn that ended meanwhile is not in the answer either; interrupting it then does nothing.
        foreach (var turn in mine.Where(turn => !kept.Contains(turn.Turn.Id)))
        {
            turn.Interrupt(Interruption.Lost);
        }
    }
}
