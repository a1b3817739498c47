using Evenkeel.Platform.Data;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Recording;

/// <summary>Takes entries in; <see cref="WriteTimeline"/> writes what no turn's commit takes out.</summary>
internal sealed class TimelineRecorder(
    AppendEntries append, RecordedSessions recorded, TimelineCounts counts, IEnumerable<ILiveSessions> live, TimeProvider time, IOptions<TimelineOptions> options)
    : ITimeline
{
    private readonly ILiveSessions[] _live = [.. live];

    /// <inheritdoc/>
    public long Dropped => counts.Dropped;

    /// <summary>What waits.</summary>
    public PendingEntries Pending { get; } = new(options.Value.BufferedEntries, options.Value.EntriesPerWrite);

    /// <summary>Called when somebody waits to see what was just recorded.</summary>
    public Action WhenWatched { get; set; } = static () => { };

    /// <inheritdoc/>
    public void Record(TimelineEntry entry)
    {
        if (!options.Value.IsEnabled)
        {
            return;
        }

        var isWatched = Array.Exists(_live, one => one.IsWatched(entry.SessionId));
        // Without a turn there is no commit that would take it along.
        var mustStay = entry.TurnId is not null && PrepareEntries.IsError(entry);
        if (!Pending.TryAdd(entry, time.GetTimestamp(), mustStay, isWatched))
        {
            counts.Drop(1);
        }
        else if (isWatched)
        {
            WhenWatched();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<TimelineEntry> TakePending(Guid turnId) => Pending.Take(turnId);

    /// <inheritdoc/>
    public void AppendInTransaction(ScopedBatch batch, IReadOnlyList<TimelineEntry> entries)
    {
        if (entries.Count > 0 && options.Value.IsEnabled)
        {
            append.AddTo(batch, entries);
        }
    }

    /// <inheritdoc/>
    public void Committed(IReadOnlyList<TimelineEntry> entries)
    {
        if (entries.Count > 0 && options.Value.IsEnabled)
        {
            counts.Record(entries.Count);
            recorded.Tell(entries.Select(entry => entry.SessionId).ToHashSet());
        }
    }
}
