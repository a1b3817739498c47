using System.Text.RegularExpressions;
using Evenkeel.Platform.Privacy;

namespace Evenkeel.Knowledge.Privacy;

/// <summary>
/// Forms of personal data in documents. Narrower than the net for telemetry (<c>Platform/Privacy/PersonalPatterns</c>), with which they share the
/// check digits: a document that loses its order numbers and ISBNs is of no use, whereas a log line does without. Chinese stands directly
/// beside digits, so the borders are those of ASCII.
/// </summary>
internal static partial class PersonalDataForms
{
    private const int Limit = 1_000;
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>Cards have 14 (Diners), 15 (American Express), 16, or up to 19 digits (UnionPay, Visa); the first digits tell which.</summary>
    public static bool IsCard(string text)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var isIssued = digits.Length switch
        {
            14 => digits[0] == '3' && digits[1] is '0' or '6' or '8',
            15 => digits[0] == '3' && digits[1] is '4' or '7',
            16 => digits[0] is >= '2' and <= '6',
            19 => digits[0] == '4' || digits.StartsWith("62", StringComparison.Ordinal),
            17 or 18 => digits.StartsWith("62", StringComparison.Ordinal),
            _ => false,
        };
        return isIssued && PersonalNumbers.PassesLuhn(digits) && digits.Distinct().Count() > 1;
    }

    /// <summary>Three blocks; the office never gave out those that are left out here.</summary>
    public static bool IsSocialSecurityNumber(string text) =>
        text[..3] is not ("000" or "666") && text[0] != '9' && text[4..6] != "00" && text[7..] != "0000";

    public static bool IsGermanTaxId(string text) => PersonalNumbers.IsGermanTaxId(string.Concat(text.Where(char.IsAsciiDigit)));

    // Without Han: in Chinese the words before an address stand directly at it.
    [GeneratedRegex(@"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,62})\.)+[A-Za-z]{2,24}(?![A-Za-z0-9@])", Options, Limit)]
    public static partial Regex Email { get; }

    [GeneratedRegex(@"(?<![A-Za-z0-9\-+.])[2-6](?:[ \-]?[0-9]){13,18}(?![A-Za-z0-9\-])", Options, Limit)]
    public static partial Regex Card { get; }

    /// <summary>The head of an IBAN; how far it goes is a matter of the country.</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9\-])(?<country>[A-Z]{2})[0-9]{2} ?[A-Z0-9]{4}", Options, Limit)]
    public static partial Regex IbanHead { get; }

    [GeneratedRegex(@"(?<![A-Za-z0-9\-])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![A-Za-z0-9\-])", Options, Limit)]
    public static partial Regex ChineseId { get; }

    [GeneratedRegex(@"(?<![A-Za-z0-9\-.])[0-9]{3}-[0-9]{2}-[0-9]{4}(?![A-Za-z0-9\-]|\.[0-9])", Options, Limit)]
    public static partial Regex SocialSecurityNumber { get; }

    [GeneratedRegex(@"(?<![A-Za-z0-9\-.+])(?:[1-9][0-9]{10}|[1-9][0-9] [0-9]{3} [0-9]{3} [0-9]{3})(?![A-Za-z0-9\-]|\.[0-9])", Options, Limit)]
    public static partial Regex GermanTaxId { get; }
}
