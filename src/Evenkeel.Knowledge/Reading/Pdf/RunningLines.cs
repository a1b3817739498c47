using System.Globalization;

namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>
/// Drops what stands at the same place at the edge of page after page: running headers and footers, page numbers. Lines are the same when their
/// numbers are, or count the pages; rows of figures at the edge of a page are neither.
/// </summary>
internal static class RunningLines
{
    private const int Outermost = 3;
    private const int FewestPages = 3;

    /// <summary>Points by which the same line may stand elsewhere.</summary>
    private const double Drift = 4;

    public static void Remove(IReadOnlyList<PdfPage> pages)
    {
        var edges = pages.Select(Edges).ToList();
        var byKey = edges.SelectMany(lines => lines).SelectMany(line => Keys(line).Select(key => (Key: key, Line: line))).ToLookup(pair => pair.Key, pair => pair.Line, StringComparer.Ordinal);
        for (var index = 0; index < pages.Count; index++)
        {
            var running = edges[index].Where(line => Keys(line).Any(key => IsRunning(line, byKey[key])) || IsNumber(line, pages[index].Lines, edges)).ToHashSet();
            pages[index].Lines.RemoveAll(running.Contains);
        }
    }

    /// <summary>The outermost lines, as far as they stand in the margins.</summary>
    private static List<TextLine> Edges(PdfPage page)
    {
        const double top = 0.87;
        const double bottom = 0.12;
        return
        [
            .. page.Lines.Where(line => line.Baseline > top * page.Height).OrderByDescending(line => line.Baseline).Take(Outermost),
            .. page.Lines.Where(line => line.Baseline < bottom * page.Height).OrderBy(line => line.Baseline).Take(Outermost),
        ];
    }

    /// <summary>What it has in common with the same line of another page: as it is, or with its first or last number counted from the page's.</summary>
    private static HashSet<string> Keys(TextLine line)
    {
        var numbers = PdfText.Numbers(line.Text);
        var keys = new HashSet<string>(StringComparer.Ordinal) { line.Text };
        if (numbers.Count > 0)
        {
            keys.Add(Counted(line, numbers[0]));
            keys.Add(Counted(line, numbers[^1]));
        }

        return keys;
    }

    private static string Counted(TextLine line, (int Index, int Length, int Value) number) =>
        string.Create(CultureInfo.InvariantCulture, $"{line.Text.AsSpan(0, number.Index)}#{number.Value - line.Page}#{line.Text.AsSpan(number.Index + number.Length)}");

    private static bool IsRunning(TextLine line, IEnumerable<TextLine> same) =>
        same.Where(other => Math.Abs(other.Baseline - line.Baseline) <= Drift).Select(other => other.Page).Distinct().Take(FewestPages).Count() == FewestPages;

    /// <summary>A lone number is the page's when it is the outermost line and says this page, or other pages have one at its place.</summary>
    private static bool IsNumber(TextLine line, List<TextLine> all, List<List<TextLine>> edges) =>
        PdfText.IsPageNumber(line.Text)
        && (all.TrueForAll(other => other.Baseline <= line.Baseline + Drift) || all.TrueForAll(other => other.Baseline >= line.Baseline - Drift))
        && (PdfText.Numbers(line.Text).Exists(number => number.Value == line.Page)
            || edges.Exists(lines => lines.Exists(other => other.Page != line.Page && PdfText.IsPageNumber(other.Text) && Math.Abs(other.Baseline - line.Baseline) <= Drift)));
}
