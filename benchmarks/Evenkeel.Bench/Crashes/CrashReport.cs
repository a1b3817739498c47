using Evenkeel.Faults.Proxy;
using Evenkeel.Faults.Runs;
using Spectre.Console;

namespace Evenkeel.Bench.Crashes;

/// <summary>Times of so many kills, in milliseconds.</summary>
internal sealed record Spread(int Kills, double P50, double P95, double P99, double Longest)
{
    public static Spread Of(IReadOnlyCollection<double> times)
    {
        var sorted = times.Order().ToList();
        return new Spread(sorted.Count, At(0.5), At(0.95), At(0.99), sorted[^1]);

        double At(double part) => Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Count) - 1)]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"p50 {P50:0} ms, p95 {P95:0} ms, p99 {P99:0} ms";
}

/// <summary>Everything <c>./bench crash</c> found.</summary>
internal sealed record CrashReport
{
    private const int CoverageWidth = 118;

    public required string Machine { get; init; }

    /// <summary>From the kill of a worker to new text on a screen, where a second worker is alive.</summary>
    public Spread? WithSecondWorker { get; init; }

    /// <summary>The same after server and database were killed and started again.</summary>
    public Spread? AfterRestart { get; init; }

    public CampaignReport? Runs { get; init; }

    /// <summary>Each call of a turn, each way in which it can go wrong.</summary>
    public CampaignReport? EveryCall { get; init; }

    public bool IsGood => Runs?.Failures.Count is null or 0 && EveryCall?.Failures.Count is null or 0;

    public void Print(IAnsiConsole console)
    {
        console.WriteLine(Machine);
        if (WithSecondWorker is not null || AfterRestart is not null)
        {
            console.Write(Times());
        }

        Print(console, "Seeded runs", Runs);
        Print(console, "Every call of a turn", EveryCall);
        console.WriteLine(IsGood ? "No promise was broken." : "PROMISES WERE BROKEN, see above.");
    }

    private Table Times()
    {
        var table = new Table().Title("From kill -9 to new text on a screen (ms)");
        table.AddColumns("", "kills", "p50", "p95", "p99", "longest");
        foreach (var (name, times) in new[] { ("a second worker is alive", WithSecondWorker), ("server and database restarted", AfterRestart) })
        {
            if (times is not null)
            {
                table.AddRow(name, $"{times.Kills}", $"{times.P50:0}", $"{times.P95:0}", $"{times.P99:0}", $"{times.Longest:0}");
            }
        }

        return table;
    }

    private static void Print(IAnsiConsole console, string title, CampaignReport? report)
    {
        if (report is null)
        {
            return;
        }

        console.Write(Coverage(title, report));
        console.WriteLine(
            $"{title}: {report.Runs} runs from seed {report.Seed} in {report.Seconds:0} s (middle run {report.MedianRunSeconds:0.0} s), fault struck in {report.Hits}, {report.Failures.Count} broke a promise");
        foreach (var failure in report.Failures)
        {
            console.WriteLine(failure.Length > 4000 ? failure[..4000] : failure);
        }
    }

    /// <summary>A row for each fault, its places in words: as columns they would be wider than a terminal.</summary>
    private static Table Coverage(string title, CampaignReport report)
    {
        var table = new Table { Width = CoverageWidth }.Title($"{title}: how often each fault struck (of its runs, where they are more)");
        table.AddColumns("fault", "struck", "where");
        foreach (var kind in report.Coverage.GroupBy(row => row.Kind).OrderBy(group => group.Key))
        {
            var places = kind.Where(row => row.Mark != Marks.None).GroupBy(row => row.Mark).OrderBy(group => group.Key);
            table.AddRow(Words(kind.Key.ToString()), Struck(kind), string.Join(", ", places.Select(place => $"{Words(place.Key.ToString())}:{Struck(place)}")));
        }

        return table;
    }

    private static string Struck(IEnumerable<CoverageRow> rows)
    {
        var (hits, runs) = (rows.Sum(row => row.Hits), rows.Sum(row => row.Runs));
        return hits == runs ? $"{hits}" : $"{hits}/{runs}";
    }

    private static string Words(string name) => string.Concat(name.Select((letter, index) => index > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
