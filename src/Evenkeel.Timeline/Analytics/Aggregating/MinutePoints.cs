using System.Runtime.InteropServices;

namespace Evenkeel.Timeline.Analytics.Aggregating;

/// <summary>One row of a minute.</summary>
/// <param name="OrganizationId">Whose.</param>
/// <param name="At">The minute.</param>
/// <param name="Metric">Its name.</param>
/// <param name="Labels">A JSON object.</param>
/// <param name="Bucket">0 where it is no distribution.</param>
internal readonly record struct PointKey(Guid OrganizationId, DateTime At, string Metric, string Labels, short Bucket);

/// <summary>Measurements put together.</summary>
internal readonly record struct Measured(long Count, double Sum, double Least, double Greatest)
{
    public static Measured Of(double value) => new(1, value, value, value);

    public Measured With(Measured other) =>
        Count == 0 ? other : new(Count + other.Count, Sum + other.Sum, Math.Min(Least, other.Least), Math.Max(Greatest, other.Greatest));
}

/// <summary>Puts the measurements of some minutes together.</summary>
internal sealed class MinutePoints
{
    private readonly Dictionary<PointKey, Measured> _points = [];

    /// <summary>So much of something.</summary>
    public void Count(Minute minute, string metric, Labels labels, double value = 1) => Add(minute, metric, labels, (0, Measured.Of(value)));

    /// <summary>One value of a distribution.</summary>
    public void Observe(Minute minute, string metric, Labels labels, double value) =>
        Add(minute, metric, labels, (Histogram.BucketOf(value), Measured.Of(value)));

    /// <summary>Several at once.</summary>
    public void Add(Minute minute, string metric, Labels labels, (short Bucket, Measured Measured) many)
    {
        ref var point = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _points, new PointKey(minute.OrganizationId, minute.At, metric, labels.ToString(), many.Bucket), out _);
        point = point.With(many.Measured);
    }

    /// <summary>The rows. Where a metric has more than <paramref name="mostLabelSets"/> sets of labels in a minute, the rarest are put together.</summary>
    public IReadOnlyCollection<KeyValuePair<PointKey, Measured>> Rows(int mostLabelSets)
    {
        var rare = _points
            .GroupBy(point => (point.Key.OrganizationId, point.Key.At, point.Key.Metric))
            .SelectMany(metric => metric.GroupBy(point => point.Key.Labels).OrderByDescending(one => one.Sum(point => point.Value.Count)).ThenBy(one => one.Key, StringComparer.Ordinal).Skip(mostLabelSets))
            .SelectMany(one => one)
            .ToList();
        foreach (var (key, measured) in rare)
        {
            _points.Remove(key);
            var other = key with { Labels = Labels.AllOther(key.Labels) };
            ref var point = ref CollectionsMarshal.GetValueRefOrAddDefault(_points, other, out _);
            point = point.With(measured);
        }

        return _points;
    }
}

/// <summary>A minute of an organization.</summary>
internal readonly record struct Minute(Guid OrganizationId, DateTime At);
