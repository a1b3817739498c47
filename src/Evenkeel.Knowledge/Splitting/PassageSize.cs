using System.Text;
using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Knowledge.Splitting;

/// <summary>
/// The size of text in words. A Chinese character counts a little over half a word, so that a passage of about 200 words is one of
/// about 350 characters: the same amount of meaning in both languages.
/// </summary>
internal static class PassageSize
{
    /// <summary>Neighbours are merged up to this size: long enough to answer, short enough to cite.</summary>
    public const double Most = 220;

    /// <summary>Code and tables may stretch a passage this far before they are cut: half a table explains nothing.</summary>
    public const double MostVerbatim = 600;

    private const double WordsPerHan = 0.57;

    /// <summary>A word of five characters counts one; longer runs (addresses, data) count more, so that none has no size.</summary>
    private const double WordsPerCharacter = 1 / 12.0;
    private const double WordsPerFirstCharacter = 1 - (4 * WordsPerCharacter);

    public static double Of(string text)
    {
        Fit(text, double.PositiveInfinity, out var size);
        return size;
    }

    /// <summary>How many characters from the beginning stay within <paramref name="most"/>, at least one.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">A size in words.</param>
    /// <param name="size">The size of that beginning.</param>
    public static int Fit(ReadOnlySpan<char> text, double most, out double size)
    {
        size = 0;
        var inWord = false;
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = false;
            if (Script.IsUnspaced(rune.Value))
            {
                size += WordsPerHan;
            }
            else if (!Rune.IsWhiteSpace(rune))
            {
                isWord = true;
                size += inWord ? WordsPerCharacter : WordsPerFirstCharacter;
            }

            if (size > most && position > 0)
            {
                return position;
            }

            inWord = isWord;
            position += rune.Utf16SequenceLength;
        }

        return text.Length;
    }
}
