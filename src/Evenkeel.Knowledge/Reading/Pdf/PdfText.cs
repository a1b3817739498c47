using System.Globalization;
using System.Text.RegularExpressions;
using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>What the letters of a PDF say about how they belong together.</summary>
internal static partial class PdfText
{
    private const string Bullets = "•●▪◦‣·○■□–—*-";

    /// <summary>No space belongs between two characters of a script that has none.</summary>
    public static bool IsUnspaced(char left, char right) => (IsWide(left) && IsWide(right)) || (IsWide(left) && right == ' ') || left == ' ';

    /// <summary>Characters, where a Chinese one counts two, as it does in width.</summary>
    public static int Weight(string text) => text.Sum(character => IsWide(character) ? 2 : 1);

    /// <summary>Ends what somebody wrote as a sentence.</summary>
    public static bool EndsSentence(ReadOnlySpan<char> text)
    {
        text = text.TrimEnd("\"')]”’）」』 ");
        return text.Length > 0 && text[^1] is '.' or '!' or '?' or ':' or ';' or '。' or '！' or '？' or '：' or '；';
    }

    /// <summary>The text of a list item behind its bullet, as Markdown; null when the line begins none.</summary>
    public static string? Item(string text)
    {
        var isBullet = text.Length > 2 && Bullets.Contains(text[0], StringComparison.Ordinal) && text[1] == ' ';
        return isBullet ? "- " + text[2..].TrimStart() : Numbered().IsMatch(text) ? text : null;
    }

    /// <summary>A page number standing alone.</summary>
    public static bool IsPageNumber(string text) => PageNumber().IsMatch(text);

    /// <summary>The numbers in a line, with where they stand.</summary>
    public static List<(int Index, int Length, int Value)> Numbers(string text) =>
        [.. Digits().Matches(text).Select(match => (match.Index, match.Length, int.Parse(match.ValueSpan, CultureInfo.InvariantCulture)))];

    private static bool IsWide(char character) => Script.IsUnspaced(character) || character is (>= '\u3000' and <= '\u303F') or (>= '\uFF00' and <= '\uFFEF');

    [GeneratedRegex(@"^(\d{1,3}|[a-z])[.)]\s", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"^\W*(page|seite|p\.|第)?\s*(\d{1,4}|[ivxlc]{1,6})\s*(页|頁)?(\s*(/|of|von|de|sur|共)\s*\d{1,4}\s*(页|頁)?)?\W*$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex PageNumber();

    [GeneratedRegex("[0-9]{1,9}", RegexOptions.ExplicitCapture)]
    private static partial Regex Digits();
}
