using System.Collections.Concurrent;
using System.Diagnostics;
using Evenkeel.Contracts.Frames;
using Evenkeel.Platform.Tracing;
using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Fanout;
using Evenkeel.Realtime.Frames;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Realtime.Live;

/// <summary>The threads that somebody watches or that have a turn. An idle server keeps none.</summary>
internal sealed partial class LiveThreads(
    TimeProvider time, IOptions<RealtimeOptions> options, FanoutOutbox outbox, WatchedThreads watched, Neighbours neighbours,
    IHostApplicationLifetime lifetime, ILogger<LiveThreads> logger) : IBroadcast, IDisposable
{
    private readonly ConcurrentDictionary<Guid, LiveThread> _threads = new();

    public TimeProvider Time => time;

    public FanoutOutbox Outbox => outbox;

    public WatchedThreads Watched => watched;

    /// <summary>No other process can work on this database.</summary>
    public bool IsAlone => neighbours.AreImpossible;

    public EndedTurns Ended { get; } = new();

    public DeltaClock DeltaClock { get; } = new(time, TimeSpan.FromMilliseconds(options.Value.DeltaIntervalMilliseconds));

    public CancellationToken Stopping => lifetime.ApplicationStopping;

    /// <summary>How many there are; for tests of forgetting.</summary>
    public int Count => _threads.Count;

    /// <summary>The thread, kept until <see cref="Release"/>.</summary>
    public LiveThread Hold(Guid threadId)
    {
        var wait = default(SpinWait);
        while (true)
        {
            var thread = _threads.GetOrAdd(threadId, static (id, owner) => new LiveThread(id, owner), this);
            if (thread.TryHold())
            {
                return thread;
            }

            // It is being forgotten by another thread right now.
            wait.SpinOnce();
        }
    }

    public void Release(LiveThread thread)
    {
        if (thread.Release())
        {
            _threads.TryRemove(KeyValuePair.Create(thread.Id, thread));
        }
    }

    public void PublishDurable(Guid threadId, Frame frame, long seq)
    {
        using var span = Spans.StartBelow($"{Spans.Deliver} {frame.Type}", ActivityKind.Producer);
        frame = span is { Recorded: true } ? frame with { Traceparent = span.Id } : frame;
        if (TryHold(threadId) is { } thread)
        {
            thread.PublishDurable(frame, seq);
            Release(thread);
        }
        else
        {
            TellOthers(threadId, frame);
        }
    }

    public void TurnStatus(Guid threadId, ChatStatusFrame status)
    {
        var thread = Hold(threadId);
        thread.TurnStatus(status);
        Release(thread);
    }

    public void Delta(Guid threadId, Guid turnId, Guid cid, int attempt, string model, string text)
    {
        var thread = Hold(threadId);
        thread.Delta(turnId, cid, attempt, (model, text));
        Release(thread);
    }

    public void Reset(Guid threadId, Guid turnId, Guid cid, int attempt, string reason)
    {
        var thread = Hold(threadId);
        thread.Reset(turnId, cid, attempt, reason);
        Release(thread);
    }

    public void TurnEnded(Guid threadId, Guid turnId, Guid cid)
    {
        // Told elsewhere first, when the database's look was faster than we.
        var isNews = Ended.Add(turnId);
        var idle = Idle(turnId, cid);
        if (isNews && TryHold(threadId) is { } thread)
        {
            thread.End(idle, tellsOthers: true);
            Release(thread);
        }
        else
        {
            TellOthers(threadId, idle);
        }
    }

    public void ThreadDeleted(Guid threadId)
    {
        outbox.Signal(FanoutKind.ThreadDeleted, threadId);
        CloseDeleted(threadId);
    }

    public string LiveText(Guid threadId, Guid turnId)
    {
        if (TryHold(threadId) is not { } thread)
        {
            return "";
        }

        var text = thread.LiveText(turnId);
        Release(thread);
        return text;
    }

    /// <summary>Closes the connections to a thread that was deleted, here or elsewhere.</summary>
    public void CloseDeleted(Guid threadId)
    {
        if (TryHold(threadId) is { } thread)
        {
            thread.Close(CloseReason.NotFound);
            Release(thread);
        }
    }

    /// <summary>A frame of another process, for connections here.</summary>
    public void Receive(Guid threadId, Frame frame)
    {
        if (frame is ChatStatusFrame { Event: StatusEvent.Idle, TurnId: { } turnId })
        {
            EndedElsewhere(threadId, turnId, frame.Cid ?? Guid.Empty);
        }
        else if (TryHold(threadId) is { } thread)
        {
            using var span = frame.Traceparent is { } sent ? Spans.Continue(sent, $"{Spans.Deliver} {frame.Type}", ActivityKind.Consumer) : null;
            thread.Receive(frame);
            Release(thread);
        }
    }

    /// <summary>Another process, or the database, says that a turn is over.</summary>
    public void EndedElsewhere(Guid threadId, Guid turnId, Guid cid)
    {
        if (Ended.Add(turnId) && TryHold(threadId) is { } thread)
        {
            thread.End(Idle(turnId, cid), tellsOthers: false);
            Release(thread);
        }
    }

    /// <summary>Asks whoever runs a turn of the thread for its text so far.</summary>
    public void AskForText(Guid threadId) => outbox.Signal(FanoutKind.SnapshotWanted, threadId);

    /// <summary>Answers such a question with what runs here.</summary>
    public void AnswerWithText(Guid threadId, string queue) => With(threadId, thread => thread.Answer(queue));

    /// <summary>Does something with the thread if it is in memory.</summary>
    public void With(Guid threadId, Action<LiveThread> action)
    {
        if (TryHold(threadId) is { } thread)
        {
            action(thread);
            Release(thread);
        }
    }

    /// <summary>Whether a turn of the thread runs in this process.</summary>
    public bool HasTurnOfOurs(Guid threadId) => _threads.TryGetValue(threadId, out var thread) && thread.HasTurnOfOurs;

    /// <summary>Turns of which nothing was heard for a while, with their threads.</summary>
    public IEnumerable<(Guid ThreadId, Guid TurnId)> QuietTurns(TimeSpan since) =>
        _threads.Values.SelectMany(thread => thread.QuietTurns(since), (thread, turnId) => (thread.Id, turnId));

    /// <summary>Turns shown for these threads that run, or wait, elsewhere.</summary>
    public IEnumerable<(Guid ThreadId, Guid TurnId)> TurnsOfOthers(IEnumerable<Guid> threadIds) =>
        threadIds.Select(_threads.GetValueOrDefault).OfType<LiveThread>()
            .SelectMany(thread => thread.TurnsOfOthers(), (thread, turnId) => (thread.Id, turnId));

    public void ReportFailure(Exception exception, Guid threadId) => Log.DeliveryFailed(logger, exception, threadId);

    public void Dispose() => DeltaClock.Dispose();

    private static ChatStatusFrame Idle(Guid turnId, Guid cid) => new() { Event = StatusEvent.Idle, TurnId = turnId, Cid = cid };

    private void TellOthers(Guid threadId, Frame frame)
    {
        if (outbox.IsOn)
        {
            outbox.Frame(threadId, EncodedFrame.Of(frame));
        }
    }

    /// <summary>The thread if somebody watches it or it has a turn.</summary>
    private LiveThread? TryHold(Guid threadId) => _threads.TryGetValue(threadId, out var thread) && thread.TryHold() ? thread : null;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Live delivery of thread {ThreadId} failed; its clients resume")]
        public static partial void DeliveryFailed(ILogger logger, Exception exception, Guid threadId);
    }
}
