using Spectre.Console;

namespace Evenkeel.Bench.Outage;

/// <summary>One outage, second by second and in sum.</summary>
internal sealed record OutageFigures
{
    private const double AsBefore = 0.9;

    /// <summary>When the model went away and came back, in seconds of the curve.</summary>
    public required double DownAt { get; init; }

    public required double BackAt { get; init; }

    /// <summary>Answers of the model per second before.</summary>
    public required double GoodputBefore { get; init; }

    /// <summary>Model calls per second before, at most.</summary>
    public required long CallsBeforeMost { get; init; }

    /// <summary>Model calls per second while it was away, on average and at most.</summary>
    public required double CallsWhileDown { get; init; }

    public required long CallsWhileDownMost { get; init; }

    /// <summary>Model calls per second after it came back, at most: what a storm would show in.</summary>
    public required long CallsAfterMost { get; init; }

    /// <summary>Seconds from its return until goodput was at nine tenths of before, and stayed there; null = never.</summary>
    public required double? RecoveredAfter { get; init; }

    /// <summary>Turns without an end; must be 0.</summary>
    public required int Lost { get; init; }

    public required IReadOnlyList<CurveSecond> Curve { get; init; }

    public required string ServerWarnings { get; init; }

    public static OutageFigures Of(IReadOnlyList<CurveSecond> curve, double downAt, double backAt, int steadySeconds, string warnings)
    {
        var before = Span(curve, 1, downAt);
        var down = Span(curve, downAt + 1, backAt);
        return new OutageFigures
        {
            DownAt = Math.Round(downAt, 1), BackAt = Math.Round(backAt, 1),
            GoodputBefore = Goodput(before),
            CallsBeforeMost = before.Max(second => second.ModelCalls),
            CallsWhileDown = down.Average(second => second.ModelCalls),
            CallsWhileDownMost = Span(curve, downAt, backAt).Max(second => second.ModelCalls),
            CallsAfterMost = Span(curve, backAt, curve.Count).Max(second => second.ModelCalls),
            RecoveredAfter = RecoveredAt(curve, downAt, backAt, steadySeconds) is { } at ? Math.Round(Math.Max(0, at - backAt), 1) : null,
            Lost = curve.Sum(second => second.Lost),
            Curve = curve, ServerWarnings = warnings,
        };
    }

    /// <summary>The second from which goodput is as before for <paramref name="steadySeconds"/> in a row; null = not yet.</summary>
    public static double? RecoveredAt(IReadOnlyList<CurveSecond> curve, double downAt, double backAt, int steadySeconds)
    {
        var least = AsBefore * Goodput(Span(curve, 1, downAt));
        for (var second = (int)backAt; second + steadySeconds <= curve.Count; second++)
        {
            // Seconds are short beside a turn, so they are taken together.
            if (Goodput([.. curve.Skip(second).Take(steadySeconds)]) >= least && curve[second].Answered >= least * AsBefore)
            {
                return second;
            }
        }

        return null;
    }

    private static double Goodput(IReadOnlyCollection<CurveSecond> seconds) => seconds.Count == 0 ? 0 : seconds.Average(second => second.Answered);

    private static List<CurveSecond> Span(IReadOnlyList<CurveSecond> curve, double from, double to)
    {
        var first = Math.Min((int)from, curve.Count - 1);
        return [.. curve.Skip(first).Take(Math.Max(1, (int)to - first))];
    }
}

/// <summary>Everything <c>./bench outage</c> found.</summary>
internal sealed record OutageReport
{
    public required string Machine { get; init; }
    public required int DownSeconds { get; init; }
    public required int People { get; init; }
    public required double PaceSeconds { get; init; }
    public required OutageFigures WithFallback { get; init; }
    public required OutageFigures WithoutFallback { get; init; }

    public void Print(IAnsiConsole console)
    {
        console.WriteLine($"{Machine}; {People} people, each asking every {PaceSeconds:0.#} s; the model answers 503 for {DownSeconds} s");
        console.Write(Curve("With the built-in responder", WithFallback));
        console.Write(Curve("Without: turns fail", WithoutFallback));
        console.Write(Sums());
    }

    private Table Curve(string title, OutageFigures figures)
    {
        var table = new Table().Title($"{title} (per second, averages of each row)");
        table.AddColumns("second", "model", "answered", "by fallback", "failed", "refused", "retries told", "model calls", "longest turn, ms");
        var step = figures.Curve.Count > 60 ? 5 : figures.Curve.Count > 30 ? 2 : 1;
        for (var start = 0; start < figures.Curve.Count; start += step)
        {
            var row = figures.Curve.Skip(start).Take(step).ToArray();
            var state = start + (step / 2.0) < figures.DownAt ? "up" : start + (step / 2.0) < figures.BackAt ? "down" : "back";
            table.AddRow(
                $"{start}", state, Mean(row, second => second.Answered), Mean(row, second => second.FallbackAnswered), Mean(row, second => second.Failed),
                Mean(row, second => second.Refused), Mean(row, second => second.RetriesTold), Mean(row, second => second.ModelCalls),
                $"{row.Max(second => second.LongestMs):0}");
        }

        return table;
    }

    private Table Sums()
    {
        var table = new Table().Title("In sum");
        table.AddColumns("", "with the built-in responder", "without");
        Row("answers of the model per second, before", figures => $"{figures.GoodputBefore:0.0}");
        Row("model calls per second: most before", figures => $"{figures.CallsBeforeMost}");
        Row("… while away: average / most", figures => $"{figures.CallsWhileDown:0.0} / {figures.CallsWhileDownMost}");
        Row("… most after its return", figures => $"{figures.CallsAfterMost}");
        Row("recovered after, seconds", figures => figures.RecoveredAfter is { } seconds ? $"{seconds:0.0}" : "never");
        Row("turns without an end", figures => $"{figures.Lost}");
        return table;

        void Row(string name, Func<OutageFigures, string> text) => table.AddRow(name, text(WithFallback), text(WithoutFallback));
    }

    private static string Mean(CurveSecond[] row, Func<CurveSecond, double> value) => $"{row.Average(value):0.#}";
}
