using Spectre.Console;

namespace Evenkeel.Bench.Retrieval;

/// <summary>One collection under one ranking.</summary>
/// <param name="Collection">Its name.</param>
/// <param name="Ranking"><c>plain BM25</c> or <c>Evenkeel</c>.</param>
/// <param name="Judged">Doubtful judgements not counted.</param>
/// <param name="WithDoubtful">Counted as relevant; null where there are none.</param>
internal sealed record QualityFigures(string Collection, string Ranking, RankingFigures Judged, RankingFigures? WithDoubtful);

/// <summary>Questions answered at a threshold.</summary>
/// <param name="Threshold">Least score.</param>
/// <param name="Answered">Share of a collection's own questions that are answered, by collection.</param>
/// <param name="Strangers">Share of another collection's questions that are answered, by pair.</param>
internal sealed record ThresholdFigures(double Threshold, IReadOnlyDictionary<string, double> Answered, IReadOnlyDictionary<string, double> Strangers);

/// <summary>Times in milliseconds.</summary>
internal sealed record SpeedTimes(double P50, double P99);

/// <summary>How fast a chatbot of some size is searched.</summary>
internal sealed record SpeedFigures
{
    public required int Passages { get; init; }

    /// <summary>Ranking in memory.</summary>
    public required SpeedTimes Ranking { get; init; }

    /// <summary>The whole search, texts read from the database.</summary>
    public required SpeedTimes Whole { get; init; }

    /// <summary>Adding one to each of as many numbers as there are passages: what cannot be undercut by looking at each.</summary>
    public required SpeedTimes BareScan { get; init; }

    /// <summary>From a server that has just started to the first answer.</summary>
    public required double FirstQuestionMs { get; init; }

    /// <summary>The first answer after one document was replaced.</summary>
    public required double AfterChangeMs { get; init; }
    public required double BytesPerPassage { get; init; }

    /// <summary>Analysing and storing.</summary>
    public required double StoredPerSecond { get; init; }
}

/// <summary>Everything <c>./bench retrieval</c> found.</summary>
internal sealed record RetrievalReport
{
    public required string Machine { get; init; }
    public required IReadOnlyList<QualityFigures> Quality { get; init; }
    public required IReadOnlyList<ThresholdFigures> Thresholds { get; init; }
    public required IReadOnlyList<SpeedFigures> Speed { get; init; }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine($"{Machine}; one core");
        console.Write(QualityTable());
        console.Write(ThresholdTable());
        console.Write(SpeedTable());
    }

    private Table QualityTable()
    {
        var table = new Table().Title("Quality without any model");
        table.AddColumns("collection", "ranking", "nDCG@10", "MRR", "recall@10", "MAP", "nDCG@10, -1 counted", "MAP, -1 counted");
        foreach (var row in Quality)
        {
            table.AddRow(
                row.Collection, row.Ranking, $"{row.Judged.Ndcg:.0000}", $"{row.Judged.ReciprocalRank:.0000}", $"{row.Judged.Recall:.0000}",
                $"{row.Judged.AveragePrecision:.0000}", row.WithDoubtful is null ? "" : $"{row.WithDoubtful.Ndcg:.0000}",
                row.WithDoubtful is null ? "" : $"{row.WithDoubtful.AveragePrecision:.0000}");
        }

        return table;
    }

    private Table ThresholdTable()
    {
        var table = new Table().Title("Questions answered at a threshold (own: should be all; strangers: should be none)");
        table.AddColumns(["threshold", .. Thresholds[0].Answered.Keys.Select(name => $"own: {name}"), .. Thresholds[0].Strangers.Keys]);
        foreach (var row in Thresholds)
        {
            table.AddRow([$"{row.Threshold:.00}", .. row.Answered.Values.Concat(row.Strangers.Values).Select(share => $"{share:.000}")]);
        }

        return table;
    }

    private Table SpeedTable()
    {
        var table = new Table().Title("Speed (ms: p50 / p99)");
        table.AddColumns("passages", "ranking", "whole search", "bare scan", "first after start", "first after a change", "bytes/passage", "stored/s");
        foreach (var row in Speed)
        {
            table.AddRow(
                $"{row.Passages}", Text(row.Ranking), Text(row.Whole), Text(row.BareScan), $"{row.FirstQuestionMs:0}", $"{row.AfterChangeMs:0}",
                $"{row.BytesPerPassage:0}", $"{row.StoredPerSecond:0}");
        }

        return table;
    }

    private static string Text(SpeedTimes times) => $"{times.P50:0.00} / {times.P99:0.00}";
}
