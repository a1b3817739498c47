namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>Drops what stands at the same place of page after page: running headers and footers, page numbers.</summary>
internal static class RunningLines
{
    private const int Outermost = 3;
    private const int FewestPages = 3;

    /// <summary>Points by which the same line may stand elsewhere.</summary>
    private const double Drift = 4;

    public static void Remove(IReadOnlyList<List<TextLine>> pages)
    {
        var edges = pages.Select(Edges).ToList();
        var repeated = edges.SelectMany(lines => lines).GroupBy(line => PdfText.WithoutNumbers(line.Text), StringComparer.Ordinal)
            .ToDictionary(lines => lines.Key, lines => lines.ToList(), StringComparer.Ordinal);
        for (var index = 0; index < pages.Count; index++)
        {
            var running = edges[index].Where(line => IsRunning(line, repeated[PdfText.WithoutNumbers(line.Text)]) || IsNumber(line, edges[index], edges)).ToHashSet();
            pages[index].RemoveAll(running.Contains);
        }
    }

    private static List<TextLine> Edges(List<TextLine> lines)
    {
        var ordered = lines.OrderByDescending(line => line.Baseline).ToList();
        return ordered.Count <= 2 * Outermost ? ordered : [.. ordered.Take(Outermost), .. ordered.TakeLast(Outermost)];
    }

    private static bool IsRunning(TextLine line, List<TextLine> same) =>
        same.Where(other => Math.Abs(other.Baseline - line.Baseline) <= Drift).Select(other => other.Page).Distinct().Take(FewestPages).Count() == FewestPages;

    /// <summary>A lone number is the page's when it is the outermost line, and other pages have one at that place or it says this page.</summary>
    private static bool IsNumber(TextLine line, List<TextLine> own, List<List<TextLine>> edges)
    {
        if (!PdfText.IsPageNumber(line.Text))
        {
            return false;
        }

        var isOutermost = line.Baseline >= own[0].Baseline || line.Baseline <= own[^1].Baseline;
        return isOutermost && (line.Text.Contains(line.Page.ToString(), StringComparison.Ordinal)
            || edges.Any(lines => lines.Exists(other => other.Page != line.Page && PdfText.IsPageNumber(other.Text) && Math.Abs(other.Baseline - line.Baseline) <= Drift)));
    }
}
