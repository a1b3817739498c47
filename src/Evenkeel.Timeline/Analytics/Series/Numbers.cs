using Evenkeel.Contracts.Operations;

namespace Evenkeel.Timeline.Analytics.Series;

/// <summary>Rows put together to a point.</summary>
internal static class Numbers
{
    /// <summary>All rows in one, at <paramref name="at"/>.</summary>
    public static MetricPoint PointOf(MetricDefinition metric, DateTimeOffset at, IReadOnlyCollection<PointRow> rows)
    {
        var isGauge = metric.Kind == MetricKind.Gauge;
        var hasRange = (isGauge || metric.Kind == MetricKind.Distribution) && rows.Count > 0;
        var buckets = metric.Kind == MetricKind.Distribution ? BucketsOf(rows) : [];
        return new MetricPoint
        {
            At = at,
            Count = rows.Sum(row => row.Count),
            Value = isGauge ? LastOf(rows) ?? 0 : rows.Sum(row => row.Sum),
            P50 = Histogram.Percentile(buckets, 0.50),
            P95 = Histogram.Percentile(buckets, 0.95),
            P99 = Histogram.Percentile(buckets, 0.99),
            Min = hasRange ? rows.Min(row => row.Least) : null,
            Max = hasRange ? rows.Max(row => row.Greatest) : null,
        };
    }

    /// <summary>Of a gauge: the value of the latest moment, all groups of it added up.</summary>
    public static double? LastOf(IReadOnlyCollection<PointRow> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var latest = rows.Max(row => row.At);
        return rows.Where(row => row.At == latest).Sum(row => row.Last ?? 0);
    }

    /// <summary>Ascending.</summary>
    public static IReadOnlyList<Histogram.Bucket> BucketsOf(IEnumerable<PointRow> rows) =>
    [
        .. rows.GroupBy(row => row.Bucket).OrderBy(same => same.Key)
            .Select(same => new Histogram.Bucket(same.Key, same.Sum(row => row.Count), same.Min(row => row.Least), same.Max(row => row.Greatest))),
    ];
}
