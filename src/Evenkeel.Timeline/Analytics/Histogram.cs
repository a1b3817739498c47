namespace Evenkeel.Timeline.Analytics;

/// <summary>
/// Buckets whose bounds grow by a fifth: a value is told to within 9.5 % by the geometric middle of its bucket, and buckets of different minutes add up,
/// which percentiles themselves do not.
/// </summary>
internal static class Histogram
{
    /// <summary>Holds everything up to <see cref="Smallest"/>: nought has no logarithm.</summary>
    public const short ZeroBucket = short.MinValue;

    /// <summary>What is less is taken for nought: a microsecond in milliseconds.</summary>
    public const double Smallest = 0.001;

    /// <summary>Natural logarithm of the growth; SQL uses the same number.</summary>
    public const double LogOfGrowth = 0.1823215567939546;

    /// <summary>The bucket of a value.</summary>
    public static short BucketOf(double value) => value <= Smallest ? ZeroBucket : (short)Math.Floor(Math.Log(value) / LogOfGrowth);

    /// <summary>Geometric middle of a bucket.</summary>
    public static double MiddleOf(short bucket) => bucket == ZeroBucket ? 0 : Math.Exp((bucket + 0.5) * LogOfGrowth);

    /// <summary>
    /// The value below or at which <paramref name="share"/> (0 to 1) of all measurements lie; null without any. Never outside of what was really measured
    /// within the bucket, so that a single value is told exactly.
    /// </summary>
    /// <param name="buckets">Ascending by bucket.</param>
    /// <param name="share">Such as 0.95.</param>
    public static double? Percentile(IReadOnlyList<Bucket> buckets, double share)
    {
        var total = buckets.Sum(bucket => bucket.Count);
        var rank = Math.Max(1, (long)Math.Ceiling(share * total));
        foreach (var bucket in buckets)
        {
            rank -= bucket.Count;
            if (rank <= 0)
            {
                return Math.Clamp(MiddleOf(bucket.Number), bucket.Least, bucket.Greatest);
            }
        }

        return null;
    }

    /// <param name="Number">Which.</param>
    /// <param name="Count">Measurements in it.</param>
    /// <param name="Least">Of them.</param>
    /// <param name="Greatest">Of them.</param>
    public readonly record struct Bucket(short Number, long Count, double Least, double Greatest);
}
