namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>
/// Puts the runs of a page into reading order: a gutter that hardly anything crosses divides it into columns, and what crosses it (a title, a
/// wide table) divides the columns into bands, which are read one after the other.
/// </summary>
internal static class PageLayout
{
    private const int MostDepth = 4;
    private const double Row = 0.45;

    /// <summary>The lines of a page as a person reads them.</summary>
    public static List<TextLine> Lines(IReadOnlyList<TextRun> runs, int page)
    {
        var lines = new List<TextLine>();
        foreach (var column in Order(Rows(runs), 0).Where(column => column.Count > 0))
        {
            lines.AddRange(TextLines.Of(column, page));
        }

        return lines;
    }

    /// <summary>Runs by rows from the top, each from the left.</summary>
    private static List<List<TextRun>> Rows(IEnumerable<TextRun> runs)
    {
        var rows = new List<List<TextRun>>();
        foreach (var run in runs.OrderByDescending(run => run.Baseline))
        {
            if (rows.Count > 0 && rows[^1][0].Baseline - run.Baseline < Row * Math.Min(run.Size, rows[^1][0].Size))
            {
                rows[^1].Add(run);
            }
            else
            {
                rows.Add([run]);
            }
        }

        rows.ForEach(row => row.Sort((left, right) => left.Left.CompareTo(right.Left)));
        return rows;
    }

    private static IEnumerable<List<List<TextRun>>> Order(List<List<TextRun>> rows, int depth)
    {
        if (depth == MostDepth || Gutter.Find(rows) is not { } gutter)
        {
            return [rows];
        }

        var ordered = new List<List<List<TextRun>>>();
        List<TextRun> left = [], right = [];
        List<List<TextRun>> wide = [];
        foreach (var row in rows)
        {
            if (row.Exists(run => Gutter.Crosses(run, gutter)))
            {
                CloseBand();
                wide.Add(row);
                continue;
            }

            CloseWide();
            left.AddRange(row.Where(run => run.Left < gutter));
            right.AddRange(row.Where(run => run.Left >= gutter));
        }

        CloseBand();
        CloseWide();
        return ordered;

        void CloseBand()
        {
            foreach (var side in new[] { left, right }.Where(side => side.Count > 0))
            {
                ordered.AddRange(Order(Rows(side), depth + 1));
            }

            (left, right) = ([], []);
        }

        void CloseWide()
        {
            if (wide.Count > 0)
            {
                ordered.Add(wide);
                wide = [];
            }
        }
    }
}
