using System.Diagnostics.Metrics;

namespace Evenkeel.Timeline.Recording;

/// <summary>What this process recorded and lost since its start.</summary>
internal sealed class TimelineCounts
{
    private readonly TimeProvider _time;
    private readonly Counter<long> _recordedCounter;
    private readonly Counter<long> _droppedCounter;
    private long _recorded;
    private long _dropped;
    private long _lastDropTicks;

    public TimelineCounts(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create("Evenkeel.Timeline");
        _recordedCounter = meter.CreateCounter<long>("evenkeel.timeline.recorded", "{event}", "Events written to the timeline.");
        _droppedCounter = meter.CreateCounter<long>("evenkeel.timeline.dropped", "{event}", "Events lost: the buffer was full, or the database refused them.");
    }

    /// <summary>Written.</summary>
    public long Recorded => Interlocked.Read(ref _recorded);

    /// <summary>Lost.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>When something was lost last; null = never.</summary>
    public DateTimeOffset? LastDrop => Interlocked.Read(ref _lastDropTicks) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    public void Record(int entries)
    {
        Interlocked.Add(ref _recorded, entries);
        _recordedCounter.Add(entries);
    }

    public void Drop(int entries)
    {
        Interlocked.Exchange(ref _lastDropTicks, _time.GetUtcNow().Ticks);
        Interlocked.Add(ref _dropped, entries);
        _droppedCounter.Add(entries);
    }
}
