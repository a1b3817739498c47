namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>Finds the space between two columns of text.</summary>
internal static class Gutter
{
    private const int FewestRows = 4;

    /// <summary>So many of a hundred rows may cross it: titles, wide tables, captions.</summary>
    private const int MostCrossing = 25;

    /// <summary>Columns of text are filled; those of tables hold short cells with much space.</summary>
    private const double LeastFilled = 0.55;
    private const double LeastCharacters = 16;

    public static bool Crosses(TextRun run, double x) => run.Left < x && run.Right > x;

    /// <summary>Where it is; null on a page with one column, or with a table.</summary>
    public static double? Find(List<List<TextRun>> rows)
    {
        if (rows.Count < FewestRows)
        {
            return null;
        }

        var runs = rows.SelectMany(row => row).ToList();
        var (left, right) = (runs.Min(run => run.Left), runs.Max(run => run.Right));
        var size = runs.Select(run => run.Size).Order().ElementAt(runs.Count / 2);
        var (at, width, crossing) = Emptiest(runs, left, right);
        return width >= 0.7 * size && crossing * 100 <= MostCrossing * rows.Count && IsText(runs, at) ? at : null;
    }

    /// <summary>The middle of the widest stretch that fewest runs cross, away from the margins.</summary>
    private static (double At, double Width, int Crossing) Emptiest(List<TextRun> runs, double left, double right)
    {
        const double step = 1;
        const double margin = 0.2;
        var slots = (int)Math.Clamp((right - left) / step, 1, 20_000);
        var changes = new int[slots + 2];
        foreach (var run in runs)
        {
            changes[Slot(run.Left)]++;
            changes[Slot(run.Right) + 1]--;
        }

        var (best, bestStart, bestLength) = (int.MaxValue, 0, 0);
        var (crossing, start, previous) = (0, 0, -1);
        for (var slot = 0; slot < slots; slot++)
        {
            crossing += changes[slot];
            start = crossing == previous ? start : slot;
            previous = crossing;
            var isInside = slot > margin * slots && slot < (1 - margin) * slots;
            if (isInside && (crossing < best || (crossing == best && slot - start + 1 > bestLength)))
            {
                (best, bestStart, bestLength) = (crossing, start, slot - start + 1);
            }
        }

        return (left + ((bestStart + (bestLength / 2.0)) * step), bestLength * step, best);

        int Slot(double x) => (int)Math.Clamp((x - left) / step, 0, slots);
    }

    private static bool IsText(List<TextRun> runs, double gutter) =>
        IsColumn([.. runs.Where(run => run.Right <= gutter)]) && IsColumn([.. runs.Where(run => run.Left >= gutter)]);

    private static bool IsColumn(List<TextRun> runs)
    {
        var rows = runs.GroupBy(run => Math.Round(run.Baseline)).Select(row => (Characters: row.Sum(run => PdfText.Weight(run.Text)), Width: row.Sum(run => run.Right - run.Left))).ToList();
        if (rows.Count < FewestRows)
        {
            return false;
        }

        var width = runs.Max(run => run.Right) - runs.Min(run => run.Left);
        return rows.Average(row => row.Characters) >= LeastCharacters && rows.Average(row => row.Width) >= LeastFilled * width;
    }
}
