using System.Text;

namespace Evenkeel.Knowledge.Terms;

/// <summary>The language of a text, told by its writing.</summary>
public static class TextLanguage
{
    public const string English = "en";
    public const string Chinese = "zh";

    /// <summary>Neither could be told: digits only, another script, nothing.</summary>
    public const string Undetermined = "und";

    /// <summary>
    /// Chinese when there are more Han characters than words of Latin letters: documentation mixes identifiers into Chinese
    /// sentences, and a Chinese word is about two characters, so one English sentence that quotes a Chinese name stays English.
    /// Other languages in Latin letters count as English, which is what their normalisation is.
    /// </summary>
    public static string Of(string text)
    {
        var han = 0;
        var latinWords = 0;
        var otherLetters = 0;
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var isLatin = rune.Value is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= 0xC0 and <= 0x24F);
            latinWords += isLatin && !inWord ? 1 : 0;
            inWord = isLatin;
            if (Script.IsHan(rune.Value))
            {
                han++;
            }
            else if (!isLatin && Rune.IsLetter(rune))
            {
                otherLetters++;
            }
        }

        return (han, latinWords) switch
        {
            _ when otherLetters > han + (latinWords * 4) => Undetermined,
            (0, 0) => Undetermined,
            _ => han > latinWords ? Chinese : English,
        };
    }
}
