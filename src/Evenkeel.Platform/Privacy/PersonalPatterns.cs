using System.Text.RegularExpressions;

namespace Evenkeel.Platform.Privacy;

/// <summary>
/// What gives personal data and secrets away by its form. The second net: it masks inside texts that may pass, and never decides alone that a text may.
/// Every expression has a time limit; one that is overrun throws, and the caller replaces the whole text.
/// </summary>
internal static partial class PersonalPatterns
{
    // Longer texts are nobody's code or hint, and cost time to search.
    private const int MostCharacters = 4_000;
    // Milliseconds. Each takes a fraction of one; on a machine that is overloaded a thread may stand still for longer than that in the middle.
    private const int Limit = 1_000;
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const RegexOptions AnyCase = Options | RegexOptions.IgnoreCase;

    /// <summary>The text with every find replaced by what it was.</summary>
    public static string Mask(string text)
    {
        if (text.Length > MostCharacters)
        {
            text = text[..MostCharacters] + "…";
        }

        text = UrlCredentials.Replace(text, "[credentials]@");
        text = SecretSettings.Replace(text, "${name}[secret]");
        text = Authorization.Replace(text, "${scheme} [secret]");
        text = Jwt.Replace(text, "[token]");
        text = ApiKey.Replace(text, "[secret]");
        text = Email.Replace(text, "[e-mail]");
        text = ChineseId.Replace(text, match => PersonalNumbers.IsChineseId(match.Value) ? "[id-number]" : match.Value);
        text = Iban.Replace(text, match => PersonalNumbers.IsIban(match.Value) ? "[iban]" : match.Value);
        text = Card.Replace(text, match => PersonalNumbers.PassesLuhn(match.Value) ? "[card]" : match.Value);
        return Phone.Replace(text, "[phone]");
    }

    [GeneratedRegex(@"(?<=://)[^/\s@]+@", Options, Limit)]
    private static partial Regex UrlCredentials { get; }

    // Connection strings (Password=…;), query strings (?token=…), headers and JSON ("api_key": "…").
    [GeneratedRegex(
        @"(?<name>\b(?:password|pwd|passwd|passphrase|secret|client_secret|token|access_token|refresh_token|ticket|api[-_ ]?key|x-api-key|signature|sig)[""']?\s*[=:]\s*)(?:""[^""]*""|'[^']*'|[^\s;&""',}]+)",
        AnyCase, Limit)]
    private static partial Regex SecretSettings { get; }

    [GeneratedRegex(@"\b(?<scheme>bearer|basic)\s+[A-Za-z0-9._~+/=\-]{6,}", AnyCase, Limit)]
    private static partial Regex Authorization { get; }

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_\-]{5,}\.[A-Za-z0-9_\-]{5,}(?:\.[A-Za-z0-9_\-]*)?", Options, Limit)]
    private static partial Regex Jwt { get; }

    [GeneratedRegex(@"\b(?:sk|pk|rk|hf|gsk|xai|xox[abprs]|gh[pousr]|github_pat|glpat|AKIA|ASIA|AIza|LTAI|AKID)[-_]?[A-Za-z0-9_\-]{12,}", Options, Limit)]
    private static partial Regex ApiKey { get; }

    [GeneratedRegex(@"[\p{L}\p{N}._%+\-]{1,64}@(?:[\p{L}\p{N}\-]{1,63}\.)+[\p{L}]{2,24}", Options, Limit)]
    private static partial Regex Email { get; }

    [GeneratedRegex(@"(?<![\w\-])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\w\-])", Options, Limit)]
    private static partial Regex ChineseId { get; }

    [GeneratedRegex(@"(?<![\w\-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![\w\-])", Options, Limit)]
    private static partial Regex Iban { get; }

    // Ids have digits between hyphens too: neither side may go on with one.
    [GeneratedRegex(@"(?<![\w\-+])\d(?:[ \-]?\d){12,18}(?![\w\-])", Options, Limit)]
    private static partial Regex Card { get; }

    [GeneratedRegex(
        @"(?<![\w\-.])(?:(?:\+?86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}|\+\d{1,3}[ ().\-]{0,2}\d(?:[ ().\-]{0,2}\d){6,12}|\(?\d{3}\)?[ .\-]\d{3}[ .\-]\d{4})(?![\w\-])",
        Options, Limit)]
    private static partial Regex Phone { get; }
}
