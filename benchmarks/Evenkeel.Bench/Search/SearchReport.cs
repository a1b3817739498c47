using Spectre.Console;

namespace Evenkeel.Bench.Search;

/// <summary>One kind of search, facets included.</summary>
/// <param name="Name">What is asked for.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="MedianFound">Events that fit.</param>
/// <param name="MostFound">Of the search that most fit.</param>
internal sealed record SearchFigures(string Name, double P50, double P99, int MedianFound, int MostFound);

/// <summary>Everything <c>./bench search</c> found.</summary>
internal sealed record SearchReport
{
    public required string Machine { get; init; }
    public required int Events { get; init; }
    public required double WrittenPerSecond { get; init; }
    public required double IndexedPerSecond { get; init; }

    /// <summary>One after the other, as if nothing were done at the same time.</summary>
    public required double WrittenAndIndexedPerSecond { get; init; }
    public required IReadOnlyList<SearchFigures> Searches { get; init; }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine(Machine);
        var rates = new Table().Title($"{Events:N0} events into PostgreSQL (events/s)");
        rates.AddColumns("written", "indexed", "both");
        rates.AddRow($"{WrittenPerSecond:N0}", $"{IndexedPerSecond:N0}", $"{WrittenAndIndexedPerSecond:N0}");
        console.Write(rates);
        var table = new Table().Title("Searches with facets, one after another (ms)");
        table.AddColumns("asked for", "p50", "p99", "found (median)", "found (most)");
        foreach (var row in Searches)
        {
            table.AddRow(row.Name, $"{row.P50:0.0}", $"{row.P99:0.0}", $"{row.MedianFound:N0}", $"{row.MostFound:N0}");
        }

        console.Write(table);
    }
}
