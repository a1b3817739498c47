using System.Collections.Concurrent;

namespace Evenkeel.Realtime.Live;

/// <summary>One timer for the gathered deltas of all turns. It ticks only while some wait.</summary>
internal sealed class DeltaClock : IDisposable
{
    /// <summary>How late a gathered delta may be.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentQueue<LiveThread> _waiting = new();
    private readonly ITimer _timer;
    private int _isArmed;

    public DeltaClock(TimeProvider time, TimeSpan interval)
    {
        Interval = interval;
        _timer = time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Shortest pause between two deltas of a turn.</summary>
    public TimeSpan Interval { get; }

    /// <summary>Comes back to the thread until nothing of it is due.</summary>
    public void Add(LiveThread thread)
    {
        _waiting.Enqueue(thread);
        Arm();
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Flush()
    {
        Volatile.Write(ref _isArmed, 0);
        for (var count = _waiting.Count; count > 0 && _waiting.TryDequeue(out var thread); count--)
        {
            if (thread.FlushDueDeltas())
            {
                _waiting.Enqueue(thread);
            }
        }

        if (!_waiting.IsEmpty)
        {
            Arm();
        }
    }

    private void Arm()
    {
        if (Interlocked.Exchange(ref _isArmed, 1) == 0)
        {
            _timer.Change(Tick, Timeout.InfiniteTimeSpan);
        }
    }
}
