using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Timeline;

/// <summary>Settings under <c>Timeline</c>.</summary>
public sealed class TimelineOptions
{
    /// <summary>
    /// Entries kept in memory while they wait for the database; more are dropped and counted. About 500 bytes each: the default is
    /// 25 MB, six seconds of full load.
    /// </summary>
    [Range(100, 1_000_000)]
    public int BufferedEntries { get; set; } = 50_000;

    /// <summary>
    /// Milliseconds an entry may wait before it is written. Short enough for a live view; long enough that short turns are written
    /// with their own commit and long ones in large batches.
    /// </summary>
    [Range(10, 10_000)]
    public int FlushAfterMilliseconds { get; set; } = 100;

    /// <summary>Entries in one statement. Larger ones gain nothing and hold their sessions' locks longer.</summary>
    [Range(1, 10_000)]
    public int EntriesPerWrite { get; set; } = 1_000;

    /// <summary>Days of partitions made ahead: how long the maintenance may fail before rows go to the default partition.</summary>
    [Range(1, 30)]
    public int PartitionDaysAhead { get; set; } = 7;
}
