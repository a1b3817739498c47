using System.Text;

namespace Evenkeel.Knowledge.Terms;

/// <summary>Which writing a character belongs to, as far as words and languages need it.</summary>
internal static class Script
{
    /// <summary>Chinese characters.</summary>
    public static bool IsHan(int value) => value is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x323AF) or (>= 0xF900 and <= 0xFAFF) or 0x3005 or 0x3007;

    /// <summary>Writing without spaces between words: Han, kana and Hangul (whose particles make bigrams the better choice too).</summary>
    public static bool IsUnspaced(int value) => IsHan(value) || value is
        (>= 0x3041 and <= 0x3096) or (>= 0x30A1 and <= 0x30FE) or (>= 0xAC00 and <= 0xD7A3);

    /// <summary>A letter, digit or mark of a writing with spaces.</summary>
    public static bool IsWord(Rune rune) =>
        rune.Value < 0x80 ? char.IsAsciiLetterOrDigit((char)rune.Value) : !IsUnspaced(rune.Value) && (Rune.IsLetterOrDigit(rune) || IsMark(rune));

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
