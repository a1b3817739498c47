using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Analytics;
using Evenkeel.Timeline.Analytics.Series;

namespace Evenkeel.Timeline.Alerts.Judging;

/// <summary>What a rule sees at a time: its value over its window, from minutes. The same for what is live and for the preview.</summary>
internal static class RuleValues
{
    /// <summary>The minutes that a judgement at <paramref name="from"/> and later ones until <paramref name="to"/> look at.</summary>
    public static PointQuery QueryOf(AlertRuleDefinition rule, MetricDefinition metric, DateTimeOffset from, DateTimeOffset to) => new()
    {
        Metric = metric,
        AddsOrganizationsUp = rule.IsOfInstallation,
        Filters = [.. (rule.Filter ?? new Dictionary<string, string>()).Select(label => new MetricFilter(label.Key, label.Value))],
        WithTheRest = rule.Value == RuleValue.Share,
        GroupBy = rule.GroupBy,
        From = FirstMinute(rule, from),
        To = Resolution.Floor(to, Resolution.Minute).AddMinutes(1),
        Resolution = Resolution.Minute,
        StepSeconds = Resolution.Minute,
    };

    /// <summary>
    /// The first minute of the window: the current minute has only begun, so one more is taken, or a window of a minute would be empty at its beginning.
    /// </summary>
    public static DateTimeOffset FirstMinute(AlertRuleDefinition rule, DateTimeOffset now) =>
        Resolution.Floor(now.AddSeconds(-rule.WindowSeconds), Resolution.Minute);

    /// <summary>The value over the window.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="metric">Its metric.</param>
    /// <param name="rows">Of one group, from <see cref="FirstMinute"/> on.</param>
    /// <param name="now">When it is judged.</param>
    public static Reading Of(AlertRuleDefinition rule, MetricDefinition metric, IReadOnlyCollection<PointRow> rows, DateTimeOffset now)
    {
        var count = rows.Sum(row => row.Count);
        if (rows.Count == 0 || count < rule.MinimumCount)
        {
            return default;
        }

        var minutes = Math.Max(1, (now - FirstMinute(rule, now)).TotalMinutes);
        return new Reading(rule.Value switch
        {
            RuleValue.Last => Numbers.LastOf(rows),
            RuleValue.Max => rows.Max(row => row.Greatest),
            RuleValue.Sum => rows.Sum(row => row.Sum),
            RuleValue.Count => count,
            RuleValue.Rate => AmountOf(metric, rows) / minutes,
            RuleValue.Share => AmountOf(metric, rows) is var all and not 0 ? 100 * AmountOf(metric, rows.Where(row => row.Fits)) / all : null,
            RuleValue.P50 => Histogram.Percentile(Numbers.BucketsOf(rows), 0.50),
            RuleValue.P95 => Histogram.Percentile(Numbers.BucketsOf(rows), 0.95),
            _ => Histogram.Percentile(Numbers.BucketsOf(rows), 0.99),
        });
    }

    private static double AmountOf(MetricDefinition metric, IEnumerable<PointRow> rows) =>
        metric.Kind == MetricKind.Sum ? rows.Sum(row => row.Sum) : rows.Sum(row => row.Count);
}

/// <summary>What of the metric is judged.</summary>
internal static class RuleValue
{
    public const string Last = "last";
    public const string Max = "max";
    public const string Sum = "sum";
    public const string Count = "count";
    public const string Rate = "rate";
    public const string Share = "share";
    public const string P50 = "p50";
    public const string P95 = "p95";
    public const string P99 = "p99";

    /// <summary>What makes sense of a kind of metric.</summary>
    public static IReadOnlyList<string> Of(string kind) => kind switch
    {
        MetricKind.Gauge => [Last, Max],
        MetricKind.Sum => [Sum, Rate, Share],
        _ => [P50, P95, P99, Max, Count, Rate, Share],
    };
}
