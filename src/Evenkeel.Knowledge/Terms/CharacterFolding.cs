using System.Globalization;
using System.Text;

namespace Evenkeel.Knowledge.Terms;

/// <summary>
/// The part of Unicode compatibility normalisation that ordinary text needs, done in the process. Whatever else needs NFKC is left to
/// PostgreSQL: .NET's own normalisation does nothing under invariant globalization.
/// </summary>
internal static class CharacterFolding
{
    /// <summary>Full-width forms become ASCII; typographic hyphens and apostrophes become the plain ones; NUL becomes a space.</summary>
    public static string Fold(string text)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange('\u0001', '\u007F');
        if (first < 0)
        {
            return text;
        }

        return string.Create(text.Length, text, static (target, source) =>
        {
            for (var index = 0; index < target.Length; index++)
            {
                target[index] = source[index] switch
                {
                    '\0' or '\u3000' or '\u00A0' => ' ',
                    '\u2010' or '\u2011' => '-',
                    '\u2018' or '\u2019' => '\'',
                    >= '\uFF01' and <= '\uFF5E' => (char)(source[index] - 0xFEE0),
                    var character => character,
                };
            }
        });
    }

    /// <summary>Whether a folded text holds letters, marks or digits that NFKC might still change.</summary>
    public static bool NeedsDatabase(string folded)
    {
        foreach (var rune in folded.EnumerateRunes())
        {
            if (!IsKnownStable(rune.Value) && IsWordLike(rune))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Ranges whose letters NFKC leaves alone (a few exceptions within Latin are sent to the database).</summary>
    private static bool IsKnownStable(int value) => value switch
    {
        < 0x80 => true,
        >= 0xC0 and <= 0x131 => true,
        >= 0x134 and <= 0x13E => true,
        >= 0x141 and <= 0x148 => true,
        >= 0x14A and <= 0x17E => true,
        >= 0x386 and <= 0x3CE => true,
        >= 0x400 and <= 0x52F => true,
        >= 0x3041 and <= 0x3096 => true,
        >= 0x30A1 and <= 0x30FE => true,
        >= 0x3400 and <= 0x4DBF => true,
        >= 0x4E00 and <= 0x9FFF => true,
        >= 0xAC00 and <= 0xD7A3 => true,
        >= 0x20000 and <= 0x2EBE0 => true,
        _ => false,
    };

    private static bool IsWordLike(Rune rune) => Rune.GetUnicodeCategory(rune)
        is <= UnicodeCategory.OtherLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}
