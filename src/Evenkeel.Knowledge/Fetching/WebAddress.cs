using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Evenkeel.Platform.Outgoing;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>What an address of the web must be like, and which addresses are the same page.</summary>
internal static partial class WebAddress
{
    /// <summary>Characters of the longest address; longer ones are made by programs, for programs.</summary>
    public const int Longest = 2_000;

    /// <summary>An address that may be requested. Throws <see cref="FetchFailedException"/> for any other.</summary>
    public static Uri Require(Uri address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo.Length: 0, Host.Length: > 0 } && address.AbsoluteUri.Length <= Longest
            ? address
            : throw new FetchFailedException(KnowledgeReasons.ForbiddenAddress);

    /// <summary>The address to ask for a page: without fragment, and without parameters that only say where a reader came from.</summary>
    public static Uri WithoutTracking(Uri address)
    {
        var parts = new UriBuilder(address) { Fragment = "", Path = SessionInPath.Replace(address.AbsolutePath, "") };
        parts.Query = string.Join('&', Parameters(address));
        return parts.Uri;
    }

    /// <summary>
    /// The same for all addresses of one page: scheme, <c>www.</c>, the order of parameters, the case of percent-encoding and everything that
    /// <see cref="WithoutTracking"/> drops make no difference.
    /// </summary>
    public static string KeyOf(Uri address)
    {
        var plain = WithoutTracking(address);
        var port = plain.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{plain.Port}");
        var query = string.Join('&', Parameters(plain).Order(StringComparer.Ordinal).Select(NormalizeEscapes));
        return $"{BareHost(plain)}{port}{NormalizeEscapes(plain.AbsolutePath)}{(query.Length > 0 ? "?" : "")}{query}";
    }

    /// <summary>The host without <c>www.</c></summary>
    public static string BareHost(Uri address)
    {
        var name = AllowedHost.NameOf(address.IdnHost);
        return name.StartsWith("www.", StringComparison.Ordinal) && name.IndexOf('.', 4) > 0 ? name[4..] : name;
    }

    /// <summary>One spelling of percent-encoding: unreserved characters plain, everything else in UTF-8 with capital digits.</summary>
    public static string NormalizeEscapes(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                _ = IsUnreserved((char)code) ? result.Append((char)code) : result.Append('%').Append(code.ToString("X2", CultureInfo.InvariantCulture));
                i += 2;
            }
            else if (char.IsAscii(text[i]))
            {
                result.Append(text[i]);
            }
            else
            {
                var length = char.IsSurrogatePair(text, i) ? 2 : 1;
                result.Append(Uri.EscapeDataString(text.AsSpan(i, length)));
                i += length - 1;
            }
        }

        return result.ToString();
    }

    private static bool IsUnreserved(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~';

    private static IEnumerable<string> Parameters(Uri address) =>
        address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(parameter => !Tracking.IsMatch(parameter));

    [GeneratedRegex(@"^(?:utm_[a-z_]+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|_hs(?:enc|mi)|phpsessid|jsessionid)(?:=|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tracking { get; }

    [GeneratedRegex(";jsessionid=[^/?;]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SessionInPath { get; }
}
