using System.Collections.Concurrent;
using Evenkeel.Contracts.Frames;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Realtime.Connections;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Realtime.Live;

/// <summary>The threads that somebody watches or that have a turn. An idle server keeps none.</summary>
internal sealed partial class LiveThreads(
    TimeProvider time, IOptions<RealtimeOptions> options, IHostApplicationLifetime lifetime, ILogger<LiveThreads> logger) : IBroadcast, IDisposable
{
    private readonly ConcurrentDictionary<Guid, LiveThread> _threads = new();
    private int _eventListeners;

    public TimeProvider Time => time;

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
        if (TryHold(threadId) is { } thread)
        {
            thread.PublishDurable(frame, seq);
            Release(thread);
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
        Ended.Add(turnId);
        if (TryHold(threadId) is { } thread)
        {
            thread.TurnEnded(turnId, cid);
            Release(thread);
        }
    }

    public void ThreadDeleted(Guid threadId)
    {
        if (TryHold(threadId) is { } thread)
        {
            thread.Close(CloseReason.NotFound);
            Release(thread);
        }
    }

    /// <summary>Counts connections that want timeline events, so that without any nothing is looked through.</summary>
    public void CountEventAudience(int change) => Interlocked.Add(ref _eventListeners, change);

    public IReadOnlyList<EventAudience> EventAudiences() =>
        Volatile.Read(ref _eventListeners) == 0 ? [] : [.. _threads.Values.Select(thread => thread.Audience).OfType<EventAudience>()];

    public void Event(Guid threadId, TimelineEvent timelineEvent)
    {
        if (TryHold(threadId) is { } thread)
        {
            thread.Event(timelineEvent);
            Release(thread);
        }
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

    public void ReportFailure(Exception exception, Guid threadId) => Log.DeliveryFailed(logger, exception, threadId);

    public void Dispose() => DeltaClock.Dispose();

    /// <summary>The thread if somebody watches it or it has a turn.</summary>
    private LiveThread? TryHold(Guid threadId) => _threads.TryGetValue(threadId, out var thread) && thread.TryHold() ? thread : null;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Live delivery of thread {ThreadId} failed; its clients resume")]
        public static partial void DeliveryFailed(ILogger logger, Exception exception, Guid threadId);
    }
}
