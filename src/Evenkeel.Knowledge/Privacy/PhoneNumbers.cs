using System.Text.RegularExpressions;

namespace Evenkeel.Knowledge.Privacy;

/// <summary>
/// Telephone numbers: by a form that little else has, or by any form after a word such as "phone". Versions, dates, prices, ISBNs and
/// addresses of machines have neither.
/// </summary>
internal static partial class PhoneNumbers
{
    private const int Limit = 1_000;
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase;

    // Subscriber numbers are longer than years and extensions.
    private const int LeastDigits = 7;

    // With its area code; ISSNs and times of day have eight.
    private const int LeastWithAreaCode = 9;

    // E.164.
    private const int MostDigits = 15;

    /// <summary>Whether a find of <see cref="Announced"/> is one.</summary>
    public static bool IsAnnounced(string text) => text.Count(char.IsAsciiDigit) is >= LeastDigits and <= MostDigits && !Date.IsMatch(text);

    /// <summary>Whether a find of <see cref="Unannounced"/> is one.</summary>
    public static bool IsUnannounced(string text) => text.Count(char.IsAsciiDigit) is >= LeastWithAreaCode and <= MostDigits && !Date.IsMatch(text);

    /// <summary>
    /// International; Chinese mobile; North American and Chinese 400 numbers in three blocks; numbers with an area code that begins with 0, in blocks.
    /// But for those with a plus they are no part of a longer row of blocks.
    /// </summary>
    [GeneratedRegex(
        """
        (?<![A-Za-z0-9.,/\-+])(?:
            (?:\+|(?<![0-9][ ])00)[1-9](?:[ ()./\-]{0,2}[0-9]){7,13}
          | (?<![0-9][ ])(?:
                1[3-9][0-9][ \-]?[0-9]{4}[ \-]?[0-9]{4}
              | \([0-9]{3}\)[ ]?[0-9]{3}[ .\-][0-9]{4}
              | [2-9][0-9]{2}[.\-][0-9]{3}[.\-][0-9]{4}
              | \(?0[0-9]{2,4}\)?[ /\-]{1,2}[0-9]{3,8}(?:[ \-][0-9]{2,8}){0,3}
              | 0[1-9](?:[ .][0-9]{2}){4}
            )(?![ ][0-9])
        )(?![A-Za-z0-9\-]|[.,][0-9])
        """,
        Options | RegexOptions.IgnorePatternWhitespace, Limit)]
    public static partial Regex Unannounced { get; }

    [GeneratedRegex(
        @"(?<=(?:\b(?:tel|phone|telephone|mobile|cell|fax|hotline|call|whatsapp|telefon|handy|mobil|téléphone|portable|teléfono|móvil)|电话|手机|热线|座机|传真|致电|拨打|电話)[ .:：]{0,3}(?:(?:us|at|number|no|nr|num|号码|号|为|是)[ .:：]{0,3}){0,2})\+?[0-9(][0-9 ()./\-]{4,22}[0-9](?![0-9])",
        Options, Limit)]
    public static partial Regex Announced { get; }

    [GeneratedRegex(@"^(?:[0-9]{4}[./\-][0-9]{1,2}[./\-][0-9]{1,2}|[0-9]{1,2}[./\-][0-9]{1,2}[./\-][0-9]{2,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Date { get; }
}
