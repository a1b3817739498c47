using Evenkeel.Timeline.Analytics;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline.Analytics;

public sealed class HistogramTests
{
    /// <summary>Distributions of all kinds, spread over minutes whose buckets are summed: against the exact percentiles of all values.</summary>
    [Fact]
    public void Percentiles_of_summed_buckets_are_within_ten_percent_of_the_exact_ones()
    {
        var random = new Random(17);
        var shapes = new Func<double>[]
        {
            () => random.NextDouble() * 1_000,
            () => Math.Exp(random.NextDouble() * 12),
            () => -Math.Log(1 - random.NextDouble()) * 300,
            () => random.Next(2) == 0 ? 12.5 : 9_000 + random.NextDouble(),
            () => random.NextDouble(),
            () => 40,
        };
        foreach (var shape in shapes)
        {
            for (var size = 1; size < 3_000; size = (size * 3) + 1)
            {
                var minutes = Enumerable.Range(0, 7).Select(_ => new List<double>()).ToList();
                for (var i = 0; i < size; i++)
                {
                    minutes[random.Next(7)].Add(shape());
                }

                double[] all = [.. minutes.SelectMany(minute => minute).Order()];
                var buckets = minutes.SelectMany(minute => minute.GroupBy(Histogram.BucketOf)).GroupBy(bucket => bucket.Key).OrderBy(bucket => bucket.Key)
                    .Select(bucket => new Histogram.Bucket(bucket.Key, bucket.Sum(part => part.Count()), bucket.Min(part => part.Min()), bucket.Max(part => part.Max()))).ToList();
                foreach (var share in new[] { 0.5, 0.95, 0.99 })
                {
                    var exact = all[(int)Math.Ceiling(share * all.Length) - 1];
                    Histogram.Percentile(buckets, share)!.Value.ShouldBe(exact, (0.1 * exact) + Histogram.Smallest, $"p{share} of {size}");
                }
            }
        }
    }

    [Fact]
    public void Nothing_has_no_percentile_and_nought_is_nought()
    {
        Histogram.Percentile([], 0.95).ShouldBeNull();
        Histogram.BucketOf(0).ShouldBe(Histogram.ZeroBucket);
        Histogram.Percentile([new(Histogram.ZeroBucket, 3, 0, 0)], 0.99).ShouldBe(0);
    }

    [Fact]
    public void A_bucket_ends_where_the_next_one_begins()
    {
        for (short bucket = -30; bucket < 100; bucket++)
        {
            var lowest = Math.Exp(bucket * Histogram.LogOfGrowth);
            Histogram.BucketOf(lowest * 1.0001).ShouldBe(bucket);
            Histogram.BucketOf(lowest * 0.9999).ShouldBe((short)(bucket - 1));
        }
    }
}
