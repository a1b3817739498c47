using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Evenkeel.Models;

/// <summary>
/// Reduces a character to what a reader takes it for: full-width, styled, accented and look-alike letters become plain lower-case ones,
/// traditional Chinese becomes simplified, invisible characters vanish. Done by hand because the program runs with invariant globalization,
/// where <c>string.Normalize</c> leaves everything outside ASCII as it is.
/// </summary>
public static class CharacterFolding
{
    /// <summary>The character cannot be seen: it must not part a word.</summary>
    public const char Invisible = '\0';

    private const int MathematicalLetters = 0x1D400;
    private const int LastMathematicalLetter = 0x1D6A3;
    private const int MathematicalDigits = 0x1D7CE;
    private const int LastMathematicalDigit = 0x1D7FF;

    private static readonly FrozenDictionary<char, char> LookAlikes = Pairs(
        // Cyrillic and Greek letters that look Latin.
        ("аеорсухіјѕһԁԛԝкмтвнгпь", "aeopcyxijshdqwkmtbhrnb"),
        ("αβγεζηικμνορτυχωσ", "abyeznikuvoptuxws"),
        // Latin with accents, and ligature-like letters.
        ("àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňŋòóôõöøōŏőŕŗřśŝşšţťŧùúûüũūŭůűųŵýÿŷźżžſ",
         "aaaaaaaaacccccddeeeeeeeeegggghhiiiiiiiiijklllllnnnnnooooooooorrrsssstttuuuuuuuuuuwyyyzzzs"));

    private static readonly FrozenDictionary<char, char> Simplified = Pairs((TraditionalCharacters.Traditional, TraditionalCharacters.Simplified));

    /// <summary>The folded character; <see cref="Invisible"/> for what leaves no trace.</summary>
    public static char Fold(Rune rune)
    {
        var value = rune.Value;
        if (value < 0x80)
        {
            return value is >= 'A' and <= 'Z' ? (char)(value | 0x20) : value is < ' ' and not ('\n' or '\r' or '\t') ? Invisible : (char)value;
        }

        return value switch
        {
            >= 0xFF01 and <= 0xFF5E => Fold(new Rune(value - 0xFEE0)),
            0x3000 or 0xA0 or 0x202F => ' ',
            >= MathematicalLetters and <= LastMathematicalLetter => (char)('a' + ((value - MathematicalLetters) % 26)),
            >= MathematicalDigits and <= LastMathematicalDigit => (char)('0' + ((value - MathematicalDigits) % 10)),
            >= 0x24B6 and <= 0x24E9 => (char)('a' + ((value - 0x24B6) % 26)),
            >= 0x1F130 and <= 0x1F149 => (char)('a' + (value - 0x1F130)),
            >= 0x1F150 and <= 0x1F169 => (char)('a' + (value - 0x1F150)),
            >= 0x1F170 and <= 0x1F189 => (char)('a' + (value - 0x1F170)),
            > 0xFFFF => ' ',
            _ => FoldOther((char)value),
        };
    }

    /// <summary>CJK Unified Ideographs, with extension A.</summary>
    public static bool IsHan(char character) => character is (>= '\u3400' and <= '\u4dbf') or (>= '\u4e00' and <= '\u9fff');

    private static char FoldOther(char character)
    {
        if (IsHan(character))
        {
            return Simplified.GetValueOrDefault(character, character);
        }

        return CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.EnclosingMark or UnicodeCategory.Control ? Invisible
            : Lower(character) is var lower && LookAlikes.TryGetValue(lower, out var latin) ? latin : lower;
    }

    private static char Lower(char character) => char.ToLowerInvariant(character);

    private static FrozenDictionary<char, char> Pairs(params (string From, string To)[] tables) =>
        tables.SelectMany(table => table.From.Zip(table.To)).DistinctBy(pair => pair.First).ToFrozenDictionary(pair => pair.First, pair => pair.Second);
}
