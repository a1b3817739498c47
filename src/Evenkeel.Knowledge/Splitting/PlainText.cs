using System.Text.RegularExpressions;

namespace Evenkeel.Knowledge.Splitting;

/// <summary>Plain text: paragraphs stand between blank lines, and a short first line alone is the title.</summary>
internal static partial class PlainText
{
    private const int MostTitleCharacters = 80;

    public static DocumentStructure Read(string text)
    {
        var paragraphs = BlankLines().Split(text).Select(paragraph => paragraph.Trim()).Where(paragraph => paragraph.Length > 0).ToList();
        var title = paragraphs is [var first, _, ..] && first.Length <= MostTitleCharacters && !first.Contains('\n', StringComparison.Ordinal)
            ? first
            : null;
        return new DocumentStructure(title, [new Section([], [.. paragraphs.Select(TextUnit.Paragraph)])]);
    }

    [GeneratedRegex(@"\n[ \t]*\n\s*", RegexOptions.ExplicitCapture)]
    private static partial Regex BlankLines();
}
