using System.Collections.Frozen;
using Evenkeel.Catalog.Questions.Phrases;

namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>Numbers in figures, words and Chinese characters.</summary>
internal static class NumberReading
{
    private const string HanDigits = "〇一二三四五六七八九";

    /// <summary>A word of the vocabulary that ends where it ends there.</summary>
    public static bool Word(QuestionText text, ref int position, out int value, FrozenDictionary<string, int> words)
    {
        var end = position;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (end == position || !known.TryGetValue(text.Range(position, end), out value) || char.IsAsciiDigit(text[end]))
        {
            value = 0;
            return false;
        }

        position = end;
        return true;
    }

    /// <summary>The longest of the Chinese words.</summary>
    public static bool Han(QuestionText text, ref int position, out int value, FrozenDictionary<string, int> words)
    {
        var known = words.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(4, text.Length - position); length > 0; length--)
        {
            if (known.TryGetValue(text.Range(position, position + length), out value))
            {
                position += length;
                return true;
            }
        }

        value = 0;
        return false;
    }

    /// <summary>Up to so many figures, and no letter or figure behind them.</summary>
    public static bool Figures(QuestionText text, ref int position, out int value, int most)
    {
        var end = position;
        value = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]) && end - position <= most)
        {
            value = (value * 10) + (text[end] - '0');
            end++;
        }

        if (end == position || end - position > most)
        {
            return false;
        }

        position = end;
        return true;
    }

    /// <summary>1 to 99 in Chinese characters: 三, 两, 十四, 二十, 二十三.</summary>
    public static bool Chinese(QuestionText text, ref int position, out int value)
    {
        value = 0;
        if (IsNumeral(text[position - 1]))
        {
            return false;
        }

        var end = position;
        var digit = Digit(text[end]);
        end += digit > 0 ? 1 : 0;
        if (text[end] == '十')
        {
            end++;
            var ones = Digit(text[end]);
            end += ones > 0 ? 1 : 0;
            value = ((digit > 0 ? digit : 1) * 10) + Math.Max(ones, 0);
        }
        else
        {
            value = digit;
        }

        if (value <= 0 || IsNumeral(text[end]))
        {
            return false;
        }

        position = end;
        return true;
    }

    /// <summary>A year in four characters: 二〇二七, 二零二七.</summary>
    public static bool ChineseYear(QuestionText text, ref int position, out int value)
    {
        value = 0;
        for (var index = 0; index < 4; index++)
        {
            if (Digit(text[position + index]) is not (>= 0 and var digit))
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        position += 4;
        return true;
    }

    public static bool IsNumeral(char character) => Digit(character) >= 0 || character == '十' || char.IsAsciiDigit(character);

    private static int Digit(char character) => character switch
    {
        '两' => 2,
        '零' => 0,
        _ => HanDigits.IndexOf(character, StringComparison.Ordinal),
    };
}
