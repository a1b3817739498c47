using System.Diagnostics;

namespace Evenkeel.Bench.Turns;

/// <summary>Does one piece of work after the other.</summary>
internal interface IClient : IDisposable
{
    /// <summary>One turn, checked; throws when the answer is wrong.</summary>
    Task<TurnTimes> RunAsync();
}

/// <summary>When things happened in one turn, in ticks of <see cref="Stopwatch"/>; 0 = not measured.</summary>
internal readonly record struct TurnTimes(long Started, long Accepted, long FirstDelta, long Final)
{
    /// <summary>The first turn of a conversation: its socket opened while it ran, so its first delta says nothing.</summary>
    public static TurnTimes OfOpening(long started, long accepted, long final) => new(started, accepted, 0, final);

    public double AcceptedMs => Milliseconds(Accepted);

    public double FirstDeltaMs => Milliseconds(FirstDelta);

    public double FinalMs => Milliseconds(Final);

    private double Milliseconds(long at) => (at - Started) * 1000.0 / Stopwatch.Frequency;
}

/// <summary>Middle and tail of a set of latencies, in milliseconds.</summary>
internal readonly record struct Percentiles(double P50, double P99)
{
    public static Percentiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? default : new Percentiles(At(sorted, 0.50), At(sorted, 0.99));
    }

    /// <summary>The middle of each over several rounds.</summary>
    public static Percentiles Median(IEnumerable<Percentiles> rounds)
    {
        var all = rounds.ToArray();
        return new Percentiles(Medians.Of(all.Select(round => round.P50)), Medians.Of(all.Select(round => round.P99)));
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}

/// <summary>The middle of a few values.</summary>
internal static class Medians
{
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0
            : sorted.Length % 2 == 1 ? sorted[sorted.Length / 2]
            : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
