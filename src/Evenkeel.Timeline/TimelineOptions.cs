using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Timeline;

/// <summary>Settings under <c>Timeline</c>.</summary>
public sealed class TimelineOptions
{
    /// <summary>Whether anything is recorded. False leaves timelines, analytics and alerts empty: for measuring what recording costs.</summary>
    public bool IsEnabled { get; set; } = true;

    /// <summary>
    /// Entries kept in memory while they wait for the database; more are dropped and counted. About 500 bytes each: the default is
    /// 25 MB, a second of the highest load and hours of an ordinary one.
    /// </summary>
    [Range(100, 1_000_000)]
    public int BufferedEntries { get; set; } = 50_000;

    /// <summary>
    /// Milliseconds an entry may wait before it is written. Short enough for a live view; long enough that short turns are written
    /// with their own commit and long ones in large batches.
    /// </summary>
    [Range(10, 10_000)]
    public int FlushAfterMilliseconds { get; set; } = 100;

    /// <summary>Milliseconds an entry of a watched session may wait: nobody sees the difference to none, and a burst still goes in one write.</summary>
    [Range(1, 10_000)]
    public int WatchedFlushAfterMilliseconds { get; set; } = 10;

    /// <summary>
    /// Seconds that a failed entry waits for its turn's commit, which follows a failure within moments, before it is written without: the turn may have
    /// gone to another worker.
    /// </summary>
    [Range(1, 600)]
    public int HoldForCommitSeconds { get; set; } = 5;

    /// <summary>Entries in one write. Larger ones gain little and hold their sessions' rows longer, which turns of the same sessions then wait for.</summary>
    [Range(1, 10_000)]
    public int EntriesPerWrite { get; set; } = 8_000;

    /// <summary>Bytes of one event's data; more is replaced by its size.</summary>
    [Range(1_024, 1_048_576)]
    public int LargestDataBytes { get; set; } = 16 * 1_024;

    /// <summary>The same of the class <c>debug</c>, which holds detail.</summary>
    [Range(1_024, 1_048_576)]
    public int LargestDebugDataBytes { get; set; } = 64 * 1_024;

    /// <summary>Days of partitions made ahead: how long the maintenance may fail before rows go to the default partition.</summary>
    [Range(1, 30)]
    public int PartitionDaysAhead { get; set; } = 7;

    /// <summary>Hours that events are kept: 30 days.</summary>
    [Range(1, 87_600)]
    public int RetentionHours { get; set; } = 720;

    /// <summary>Hours that debugging detail is kept: a week, in which somebody asks what happened.</summary>
    [Range(1, 87_600)]
    public int DebugRetentionHours { get; set; } = 168;

    /// <summary>Hours that failures are kept: 90 days, long enough to see whether they come back.</summary>
    [Range(1, 87_600)]
    public int ErrorRetentionHours { get; set; } = 2_160;

    /// <summary>Hours that aggregates are kept: 400 days, so that a month can be compared with the same one a year ago.</summary>
    [Range(1, 87_600)]
    public int AggregateRetentionHours { get; set; } = 9_600;

    /// <summary>Rows deleted in one transaction, where no whole day can be dropped.</summary>
    [Range(100, 100_000)]
    public int RowsPerDelete { get; set; } = 5_000;
}
