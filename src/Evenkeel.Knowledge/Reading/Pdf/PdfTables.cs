namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>Recognises tables: lines of as many cells each, which begin or end below each other.</summary>
internal static class PdfTables
{
    private const int FewestRows = 3;

    /// <summary>How many lines from <paramref name="index"/> on are one table; 0 = none.</summary>
    public static int RowsFrom(IReadOnlyList<TextLine> lines, int index)
    {
        var first = lines[index];
        var end = index + 1;
        while (first.Cells.Count > 1 && end < lines.Count && Continues(first, lines[end]))
        {
            end++;
        }

        return end - index >= FewestRows ? end - index : 0;
    }

    private static bool Continues(TextLine first, TextLine line) =>
        line.Column == first.Column && line.Cells.Count == first.Cells.Count
        && first.Cells.Zip(line.Cells).All(pair => Math.Abs(pair.First.Left - pair.Second.Left) <= line.Size || Math.Abs(pair.First.Right - pair.Second.Right) <= line.Size);
}
