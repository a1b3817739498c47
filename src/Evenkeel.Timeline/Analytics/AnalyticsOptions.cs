using System.ComponentModel.DataAnnotations;

namespace Evenkeel.Timeline.Analytics;

/// <summary>Settings under <c>Analytics</c>.</summary>
public sealed class AnalyticsOptions
{
    /// <summary>Minutes after which a minute is taken as it is. An event may be written late, such as after a short outage of the database; each run looks at all of them again.</summary>
    [Range(1, 60)]
    public int LateMinutes { get; set; } = 5;

    /// <summary>Minutes that are made in one transaction when catching up: a bound on how long it runs and what it holds in memory.</summary>
    [Range(5, 240)]
    public int CatchUpMinutes { get; set; } = 15;

    /// <summary>Days for which minutes are kept; two weeks show the same day of the week before. Hours and days are kept for <c>Timeline:AggregateRetentionHours</c>.</summary>
    [Range(1, 90)]
    public int MinuteDays { get; set; } = 14;

    /// <summary>Sets of labels that a metric may have in one minute of one organization; the rest is counted as <c>other</c>, so that labels without end cannot fill the table.</summary>
    [Range(5, 1_000)]
    public int LabelSets { get; set; } = 50;

    /// <summary>Best score of the passages of a turn, 0 to 1, below which <c>retrieval_low</c> counts it: about where the right passage stops being among them.</summary>
    [Range(0.0, 1.0)]
    public double LowScore { get; set; } = 0.3;
}
