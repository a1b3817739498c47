using System.Text;

namespace Evenkeel.Catalog.Import.Rows;

/// <summary>Makes texts of files fit: files have blanks, tabs and control characters everywhere, which is no reason to refuse a row.</summary>
internal static class TextRules
{
    /// <summary>One line with single blanks, without control characters.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && !char.IsControl(character))
            {
                line.Append(character);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>Several lines, without control characters.</summary>
    public static string Block(string text)
    {
        var block = text.ReplaceLineEndings("\n").Trim();
        return block.Any(IsRefused) ? string.Concat(block.Where(character => !IsRefused(character))) : block;
    }

    /// <summary>At most so many UTF-16 units, not within a character.</summary>
    public static string Cut(string text, int most) =>
        text.Length <= most ? text : char.IsHighSurrogate(text[most - 1]) ? text[..(most - 1)] : text[..most];

    /// <summary>Several values of one text: <c>EN,DE</c>, <c>a; b</c>, 甲、乙.</summary>
    public static IReadOnlyList<string> List(string? text) =>
        text?.Split([',', ';', '|', '、', '，', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsRefused(char character) => char.IsControl(character) && character is not ('\n' or '\t');
}
