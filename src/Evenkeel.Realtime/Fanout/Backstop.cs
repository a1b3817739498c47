using Evenkeel.Platform.Background;
using Evenkeel.Realtime.Live;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Realtime.Fanout;

/// <summary>
/// The net below all live frames: what connections here have missed is found in the database. Looked at are threads that somebody begins to
/// watch, turns that are shown here and of which nothing was heard for a second, and, piece by piece, all watched threads: many at a time while
/// the broker is away (or there is none), a few while it works. One statement for all; none when nobody is connected.
/// While the broker works, or a turn of the thread runs here, what the database has and connections have not may just be on its way: it counts as
/// missed at the next look, except for threads newly watched, whose frames may have passed before.
/// </summary>
internal sealed partial class Backstop(
    LiveThreads threads, WatchedThreads watched, IDurableFrames frames, FanoutOutbox outbox, Neighbours neighbours, TimeProvider time,
    ILogger<Backstop> logger)
    : BackgroundLoop(time, logger, Interval)
{
    private const int MostThreads = 2_000;
    private const int MostTurns = 5_000;
    private const int SweptWhileConnected = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Queue<Guid> _round = new();
    private readonly Dictionary<Guid, (Guid ThreadId, long Since)> _onItsWay = [];
    private readonly HashSet<Guid> _askedFor = [];
    private long _sweptAt;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        watched.OnLook(Wake);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var asked = neighbours.AreImpossible ? [] : ThreadsToLookAt();
        var turns = threads.QuietTurns(Interval).Concat(threads.TurnsOfOthers(asked)).Take(MostTurns).DistinctBy(turn => turn.TurnId).ToList();
        asked.UnionWith(turns.Select(turn => turn.ThreadId));
        if (asked.Count == 0)
        {
            return false;
        }

        var stored = await frames.LookAsync(asked, [.. turns.Select(turn => turn.TurnId)], cancellationToken);
        Apply(stored);
        var found = stored.Turns.Select(row => row.Id).ToHashSet();
        foreach (var (threadId, turnId) in turns.Where(turn => !found.Contains(turn.TurnId)))
        {
            // Its row is gone: retention has removed it.
            threads.EndedElsewhere(threadId, turnId, Guid.Empty);
        }

        // Nobody takes them where there are no neighbours: to go on at once because of them would be to go on for ever.
        return !neighbours.AreImpossible && watched.HasToLookAt;
    }

    private HashSet<Guid> ThreadsToLookAt()
    {
        _askedFor.Clear();
        while (_askedFor.Count < MostThreads && watched.TryTakeToLookAt(out var threadId))
        {
            _askedFor.Add(threadId);
        }

        var asked = new HashSet<Guid>(_askedFor);
        if (_sweptAt == 0 || Time.GetElapsedTime(_sweptAt) >= Interval * 0.9)
        {
            _sweptAt = Time.GetTimestamp();
            asked.UnionWith(_onItsWay.Values.Select(one => one.ThreadId));
            Sweep(asked, outbox.IsOpen ? SweptWhileConnected : MostThreads);
        }

        return asked;
    }

    /// <summary>The next piece of a round through all watched threads.</summary>
    private void Sweep(HashSet<Guid> asked, int most)
    {
        if (_round.Count == 0)
        {
            foreach (var threadId in watched.All)
            {
                _round.Enqueue(threadId);
            }
        }

        while (most-- > 0 && _round.TryDequeue(out var threadId))
        {
            asked.Add(threadId);
        }
    }

    private void Apply(StoredState stored)
    {
        ForgetOld();
        foreach (var row in stored.Threads)
        {
            if (row.IsDeleted)
            {
                threads.CloseDeleted(row.Id);
            }
            else
            {
                threads.With(row.Id, thread => CatchUp(thread, row.LastSeq));
            }
        }

        foreach (var row in stored.Turns)
        {
            Apply(row);
        }
    }

    private void Apply(StoredTurn row)
    {
        if (row.HasEnded)
        {
            if (!threads.Ended.Contains(row.Id) && IsMissed(row.Id, row.ThreadId))
            {
                threads.EndedElsewhere(row.ThreadId, row.Id, row.CorrelationId);
            }

            return;
        }

        threads.With(row.ThreadId, thread =>
        {
            if (thread.Reconcile(row, hearsOthers: outbox.IsOpen))
            {
                threads.AskForText(row.ThreadId);
            }

            if (!row.IsCarried && thread.HasStoodStill(row.Id))
            {
                Log.StoodStill(logger, row.Id, row.ThreadId, row.CorrelationId);
                thread.End(Standstill.Idle(row), tellsOthers: false);
            }
        });
    }

    private void CatchUp(LiveThread thread, long lastSeq)
    {
        if (!thread.IsBehind(lastSeq))
        {
            _onItsWay.Remove(thread.Id);
        }
        else if (IsMissed(thread.Id, thread.Id))
        {
            thread.CatchUpTo(lastSeq);
        }
    }

    /// <summary>Whether it did not come by itself between two looks, from others or from a turn that runs here; at once where nothing can come.</summary>
    private bool IsMissed(Guid threadOrTurn, Guid threadId)
    {
        if (_askedFor.Contains(threadId) || !(outbox.IsOpen || threads.HasTurnOfOurs(threadId)))
        {
            return true;
        }

        if (_onItsWay.TryAdd(threadOrTurn, (threadId, Time.GetTimestamp())) || Time.GetElapsedTime(_onItsWay[threadOrTurn].Since) < Interval * 0.8)
        {
            return false;
        }

        _onItsWay.Remove(threadOrTurn);
        return true;
    }

    private void ForgetOld()
    {
        foreach (var (id, one) in _onItsWay.Where(pair => Time.GetElapsedTime(pair.Value.Since) > 10 * Interval).ToArray())
        {
            _onItsWay.Remove(id);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "turn_stood_still", Message = "Turn {TurnId} of thread {ThreadId} made no progress for 30 s and no worker has it: its indicator ends; it is answered when a worker is back ({CorrelationId})")]
        public static partial void StoodStill(ILogger logger, Guid turnId, Guid threadId, Guid correlationId);
    }
}
