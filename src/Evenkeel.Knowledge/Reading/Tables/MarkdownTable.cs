using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading.Tables;

/// <summary>Writes a table as Markdown, whose first row is the header.</summary>
internal static class MarkdownTable
{
    /// <summary>The unit; an empty text when there is nothing in it.</summary>
    public static TextUnit Of(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var width = rows.Count == 0 ? 0 : rows.Max(row => row.Count);
        var filled = rows.Where(row => row.Any(cell => !string.IsNullOrWhiteSpace(cell))).ToList();
        return filled.Count == 0 || width == 0
            ? TextUnit.Paragraph("")
            : TextUnit.Table(Header(Padded(filled[0], width)), [.. filled.Skip(1).Select(row => Row(Padded(row, width)))]);
    }

    /// <summary>The header with its rule.</summary>
    public static string Header(IReadOnlyList<string> cells) => $"{Row(cells)}\n|{string.Concat(Enumerable.Repeat(" --- |", cells.Count))}";

    /// <summary>One line.</summary>
    public static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells.Select(Cell))} |";

    /// <summary>Any text on one line.</summary>
    public static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Cell(string text) => Flat(text).Replace("|", "\\|", StringComparison.Ordinal);

    private static IReadOnlyList<string> Padded(IReadOnlyList<string> row, int width) =>
        row.Count == width ? row : [.. row, .. Enumerable.Repeat("", width - row.Count)];
}
