using Evenkeel.Platform.Data;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Recording;

/// <summary>Takes entries in; <see cref="WriteTimeline"/> writes what no turn's commit takes out.</summary>
internal sealed class TimelineRecorder(AppendEntries append, TimeProvider time, IOptions<TimelineOptions> options) : ITimeline
{
    private long _dropped;

    /// <inheritdoc/>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>What waits.</summary>
    public PendingEntries Pending { get; } = new(options.Value.BufferedEntries);

    /// <inheritdoc/>
    public void Record(TimelineEntry entry)
    {
        if (!Pending.TryAdd(entry, time.GetTimestamp()))
        {
            CountDropped(1);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<TimelineEntry> TakePending(Guid turnId) => Pending.Take(turnId);

    /// <inheritdoc/>
    public void AppendInTransaction(ScopedBatch batch, IReadOnlyList<TimelineEntry> entries)
    {
        if (entries.Count > 0)
        {
            append.AddTo(batch, entries);
        }
    }

    /// <summary>Counts lost entries.</summary>
    public void CountDropped(int entries) => Interlocked.Add(ref _dropped, entries);
}
