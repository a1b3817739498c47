using System.Text;

namespace Evenkeel.Models;

/// <summary>
/// A text made ready for the rules: lower case, look-alikes folded, words parted by single spaces, sentence ends as <c>.</c> and clause
/// ends as <c>,</c>; nothing stands between Chinese characters and letters spaced out are words again.
/// </summary>
/// <param name="Plain">The text so reduced.</param>
/// <param name="Leet">The same with digits and signs inside words read as the letters they stand for; null when that changes nothing.</param>
/// <param name="Joined">Runs of spaced-out letters that hold several words without a gap between them.</param>
internal sealed record FoldedText(string Plain, string? Leet, IReadOnlyList<string> Joined)
{
    // Shorter runs occur in ordinary text: initials, "a b c".
    private const int ShortestRun = 3;
    private const int ShortestJoined = 7;

    public static FoldedText Of(ReadOnlySpan<char> text)
    {
        var joined = new List<string>();
        var plain = WithoutRepeats(JoinSpacedLetters(WithoutGapsInChinese(Separate(text)), joined));
        return new FoldedText(plain, ReadLeet(plain), joined);
    }

    /// <summary>Folds every character, and reduces punctuation to the three separators.</summary>
    private static StringBuilder Separate(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length);
        var wasDropped = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var folded = CharacterFolding.Fold(rune);
            // An apostrophe is dropped: "don't" and "dont" are one word.
            if (folded is CharacterFolding.Invisible or '\'' or '’' or '‘' or '`')
            {
                continue;
            }

            var separator = SeparatorOf(folded);
            // A dot or a sign inside a word ("b.o.m.b", "k!ll") is not the end of a sentence, which only what follows tells.
            if (wasDropped && separator is null)
            {
                result[^1] = result[^1] is '!' or '$' or '@' ? result[^1] : ' ';
            }

            wasDropped = folded is '.' or '!' or '$' or '@' or ',' && result.Length > 0 && char.IsAsciiLetterOrDigit(result[^1]);
            result.Append(wasDropped ? folded : separator ?? folded);
        }

        return result;
    }

    private static char? SeparatorOf(char folded) => folded switch
    {
        '.' or '!' or '?' or ';' or '。' or '！' or '？' or '；' or '…' => '.',
        ',' or '，' or '、' or ':' or '：' => ',',
        _ when char.IsLetterOrDigit(folded) => null,
        _ => ' ',
    };

    /// <summary>One space at most, none beside a Chinese character; separators between single Chinese characters go as well.</summary>
    private static StringBuilder WithoutGapsInChinese(StringBuilder text)
    {
        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index] is '!' or '$' or '@' && !IsInsideWord(text, index) ? text[index] == '!' ? '.' : ' ' : text[index];
            if (character == ' ' && (result.Length == 0 || result[^1] == ' ' || CharacterFolding.IsHan(result[^1])))
            {
                // Two spaces between spaced-out letters part words: they stay visible as two.
                if (result.Length > 1 && result[^1] == ' ' && result[^2] != ' ')
                {
                    result.Append(' ');
                }

                continue;
            }

            if (CharacterFolding.IsHan(character))
            {
                while (result.Length > 0 && result[^1] == ' ')
                {
                    result.Length--;
                }

                if (result.Length > 3 && result[^1] is ',' or '.' && IsChoppedChinese(result))
                {
                    result.Length--;
                }
            }

            result.Append(character);
        }

        return result;
    }

    /// <summary>「制、作、炸」: every other character a separator. The first separators of such a run stay, which does no harm.</summary>
    private static bool IsChoppedChinese(StringBuilder text) =>
        CharacterFolding.IsHan(text[^2]) && (text[^3] is ',' or '.' || (CharacterFolding.IsHan(text[^3]) && text[^4] is ',' or '.'));

    private static bool IsInsideWord(StringBuilder text, int index) =>
        index + 1 < text.Length && char.IsAsciiLetterOrDigit(text[index + 1]) && (text[index] == '$' || (index > 0 && char.IsAsciiLetterOrDigit(text[index - 1])));

    private static string JoinSpacedLetters(StringBuilder text, List<string> joined)
    {
        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length;)
        {
            var length = SpacedRunAt(text, index);
            if (length < ShortestRun)
            {
                if (!(text[index] == ' ' && result.Length > 0 && result[^1] == ' '))
                {
                    result.Append(text[index]);
                }

                index++;
                continue;
            }

            var start = result.Length;
            for (var letter = 0; letter < length; letter++)
            {
                result.Append(text[index + (2 * letter)]);
            }

            if (length >= ShortestJoined)
            {
                joined.Add(result.ToString(start, length));
            }

            index += (2 * length) - 1;
        }

        return result.ToString();
    }

    /// <summary>How many single letters with one separator between each start here.</summary>
    private static int SpacedRunAt(StringBuilder text, int start)
    {
        if (start > 0 && char.IsAsciiLetterOrDigit(text[start - 1]))
        {
            return 0;
        }

        var length = 0;
        for (var index = start; index < text.Length; index += 2, length++)
        {
            var isSingle = char.IsAsciiLetterOrDigit(text[index]) || text[index] is '@' or '$' or '!';
            if (!isSingle || (index + 1 < text.Length && char.IsAsciiLetterOrDigit(text[index + 1])))
            {
                return length;
            }

            if (index + 1 >= text.Length || text[index + 1] is not (' ' or '.' or ','))
            {
                return length + 1;
            }
        }

        return length;
    }

    /// <summary>"boooomb": a letter three times or more stands once.</summary>
    private static string WithoutRepeats(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var end = index;
            while (end + 1 < text.Length && text[end + 1] == text[index] && char.IsAsciiLetter(text[index]))
            {
                end++;
            }

            result.Append(text[index]);
            index = end - index >= 2 ? end : index;
        }

        return result.ToString();
    }

    private static string? ReadLeet(string text)
    {
        StringBuilder? result = null;
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            var letters = 0;
            var signs = 0;
            for (; end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '@' or '$' or '!'); end++)
            {
                letters += char.IsAsciiLetter(text[end]) ? 1 : 0;
                signs += LetterFor(text[end]) is null ? 0 : 1;
            }

            if (letters > 0 && signs > 0)
            {
                result ??= new StringBuilder(text);
                for (var index = start; index < end; index++)
                {
                    result[index] = LetterFor(text[index]) ?? text[index];
                }
            }

            start = end + 1;
        }

        return result?.ToString();
    }

    private static char? LetterFor(char sign) => sign switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        _ => null,
    };
}
