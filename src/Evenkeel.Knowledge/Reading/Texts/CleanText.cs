using System.Text;

namespace Evenkeel.Knowledge.Reading.Texts;

/// <summary>What no passage may hold, whatever the format was: characters nobody sees, and those a database refuses.</summary>
internal static class CleanText
{
    /// <summary>A passage's text: lines and indentation stay.</summary>
    public static string Of(string text) => IsClean(text) ? text.Trim('\n', ' ') : Rewrite(text).Trim('\n', ' ');

    /// <summary>A title or heading: one line.</summary>
    public static string Line(string text) =>
        string.Join(' ', (IsClean(text) ? text : Rewrite(text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The beginning of a text, never half a character.</summary>
    public static string Clip(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static bool IsClean(string text)
    {
        foreach (var character in text)
        {
            if (char.IsSurrogate(character) || Replacement(character) != character)
            {
                return false;
            }
        }

        return true;
    }

    private static string Rewrite(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate arrives here as U+FFFD.
            var replacement = rune.IsBmp ? Replacement((char)rune.Value) : default(char?);
            if (replacement is null)
            {
                result.Append(rune);
            }
            else if (replacement != '\0')
            {
                result.Append(replacement);
            }
        }

        return result.ToString();
    }

    /// <summary>NUL = nothing.</summary>
    private static char Replacement(char character) => character switch
    {
        '\n' or '\t' => character,
        '\u00A0' or '\u2007' or '\u202F' or '\f' or '\v' => ' ',
        '\u00AD' or '\u200B' or '\u2060' or '\uFEFF' or '\uFFFD' or '\uFFFE' or '\uFFFF' => '\0',
        >= '\uE000' and <= '\uF8FF' => '\0',
        _ => char.IsControl(character) ? '\0' : character,
    };
}
