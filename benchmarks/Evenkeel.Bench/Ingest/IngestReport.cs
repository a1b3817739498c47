using Evenkeel.Bench.Turns;
using Spectre.Console;

namespace Evenkeel.Bench.Ingest;

/// <summary>How fast documents were read.</summary>
internal sealed record ReadFigures(int Passages, double PassagesPerSecond, double ServerMsPerPassage, double DatabaseMsPerPassage)
{
    public static ReadFigures Median(IReadOnlyCollection<ReadFigures> rounds) => new(
        rounds.Sum(round => round.Passages),
        Medians.Of(rounds.Select(round => round.PassagesPerSecond)),
        Medians.Of(rounds.Select(round => round.ServerMsPerPassage)),
        Medians.Of(rounds.Select(round => round.DatabaseMsPerPassage)));
}

/// <summary>Everything <c>./bench ingest</c> found.</summary>
internal sealed record IngestReport
{
    public required string Machine { get; init; }
    public required int Rounds { get; init; }
    public required double SecondsPerRound { get; init; }
    public required ReadFigures Markdown { get; init; }
    public required int PdfPages { get; init; }

    /// <summary>From the beginning of the upload until its passages answer.</summary>
    public required double PdfSeconds { get; init; }
    public required Round TurnsWithout { get; init; }
    public required Round TurnsBeside { get; init; }
    public required string ServerWarnings { get; init; }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine($"{Machine}; medians of {Rounds} rounds");
        var reading = new Table().Title("Reading, from the upload to passages that answer");
        reading.AddColumns("what", "figure", "server CPU", "database CPU");
        reading.AddRow(
            "Markdown", $"{Markdown.PassagesPerSecond:0} passages/s", $"{Markdown.ServerMsPerPassage:0.00} ms a passage", $"{Markdown.DatabaseMsPerPassage:0.00} ms a passage");
        reading.AddRow($"PDF of {PdfPages} pages", $"{PdfSeconds:0.0} s", "", "");
        console.Write(reading);
        var turns = new Table().Title("Turns of other tenants meanwhile (ms: p50 / p99; the model takes 100 ms to its first word)");
        turns.AddColumns("", "turns/s", "202", "first delta", "whole answer");
        turns.AddRow(Row("nobody uploads", TurnsWithout));
        turns.AddRow(Row("somebody uploads all the time", TurnsBeside));
        console.Write(turns);
    }

    private static string[] Row(string name, Round round) =>
        [name, $"{round.TurnsPerSecond:0}", Text(round.Accepted), Text(round.FirstDelta), Text(round.Final)];

    private static string Text(Percentiles value) => $"{value.P50:0.0} / {value.P99:0.0}";
}
