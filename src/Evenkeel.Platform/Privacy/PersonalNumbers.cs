namespace Evenkeel.Platform.Privacy;

/// <summary>Check digits of numbers that stand for a person or their money: what tells them from any other row of digits.</summary>
public static class PersonalNumbers
{
    /// <summary>ISO/IEC 7812: payment cards. Everything but digits is skipped.</summary>
    public static bool PassesLuhn(ReadOnlySpan<char> text)
    {
        var sum = 0;
        var isSecond = false;
        for (var index = text.Length - 1; index >= 0; index--)
        {
            if (!char.IsAsciiDigit(text[index]))
            {
                continue;
            }

            var value = (text[index] - '0') * (isSecond ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
            isSecond = !isSecond;
        }

        return sum % 10 == 0;
    }

    /// <summary>ISO 13616: the first four characters go to the end, letters count from 10, the whole leaves 1 when divided by 97.</summary>
    /// <param name="text">Capital letters, digits and spaces.</param>
    public static bool IsIban(string text)
    {
        var compact = text.Replace(" ", "", StringComparison.Ordinal);
        if (compact.Length is < 15 or > 34)
        {
            return false;
        }

        var remainder = 0;
        foreach (var character in string.Concat(compact.AsSpan(4), compact.AsSpan(0, 4)))
        {
            var value = char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;
            remainder = ((remainder * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return remainder == 1;
    }

    /// <summary>GB 11643, identity numbers of China: weights modulo 11; the last character is the check.</summary>
    /// <param name="text">17 digits and the check.</param>
    public static bool IsChineseId(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<int> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var index = 0; index < weights.Length; index++)
        {
            sum += (text[index] - '0') * weights[index];
        }

        return char.ToUpperInvariant(text[17]) == "10X98765432"[sum % 11];
    }

    /// <summary>
    /// German tax identification numbers, eleven digits: among the first ten exactly one digit stands twice or three times, and the last is the
    /// check of ISO/IEC 7064 MOD 11,10. Both together let one row of digits in three hundred pass by chance.
    /// </summary>
    public static bool IsGermanTaxId(ReadOnlySpan<char> digits)
    {
        Span<int> times = stackalloc int[10];
        var product = 10;
        foreach (var character in digits[..10])
        {
            times[character - '0']++;
            var sum = (character - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        var repeated = 0;
        foreach (var count in times)
        {
            repeated += count > 3 ? 10 : count > 1 ? 1 : 0;
        }

        return digits[0] != '0' && repeated == 1 && (11 - product) % 10 == digits[10] - '0';
    }
}
