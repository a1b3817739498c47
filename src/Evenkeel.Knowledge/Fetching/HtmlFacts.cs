using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>What an HTML page says to a crawler.</summary>
internal sealed partial class HtmlFacts
{
    // More is a list made by a program; the sitemap is the way to give one.
    private const int MostLinks = 5_000;

    // Bytes looked at. Links further down are not followed; the page is stored whole all the same.
    public const int MostBytes = 5 * 1024 * 1024;

    private readonly List<Uri> _links = [];
    private Uri _base;

    private HtmlFacts(Uri address) => _base = address;

    /// <summary>What its links lead to, without those marked <c>nofollow</c>; none where the page forbids to follow them.</summary>
    public IReadOnlyList<Uri> Links => IsNoFollow ? [] : _links;

    /// <summary>The address the page says is its own.</summary>
    public Uri? Canonical { get; private set; }

    /// <summary>The page does not want to be found.</summary>
    public bool IsNoIndex { get; private set; }

    /// <summary>The page does not want its links followed.</summary>
    public bool IsNoFollow { get; private set; }

    /// <summary>Reads what is in a page.</summary>
    /// <param name="content">The page's bytes.</param>
    /// <param name="charset">As its server names it; null = as the page does.</param>
    /// <param name="address">Where it came from: relative links start there.</param>
    public static HtmlFacts Read(Stream content, string? charset, Uri address)
    {
        var buffer = new byte[(int)Math.Min(MostBytes, Math.Max(content.Length, 1))];
        var length = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var bytes = buffer.AsSpan(0, length);
        var encoding = PageEncoding.Of(bytes.StartsWith(Encoding.UTF8.Preamble) ? "utf-8" : charset) ?? PageEncoding.Of(DeclaredCharset(bytes)) ?? Encoding.UTF8;
        var facts = new HtmlFacts(address);
        facts.Scan(encoding.GetString(bytes));
        return facts;
    }

    /// <summary>Takes the words of a robots <c>meta</c> or header.</summary>
    public void Obey(string words)
    {
        IsNoIndex |= words.Contains("noindex", StringComparison.OrdinalIgnoreCase) || words.Contains("none", StringComparison.OrdinalIgnoreCase);
        IsNoFollow |= words.Contains("nofollow", StringComparison.OrdinalIgnoreCase) || words.Contains("none", StringComparison.OrdinalIgnoreCase);
    }

    // Only the tokens: a tree is what pages made to do harm make dear.
    private void Scan(string text)
    {
        using var source = new TextSource(text);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { SkipComments = true };
        for (var token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile && _links.Count < MostLinks; token = tokenizer.Get())
        {
            if (token is HtmlTagToken { Type: HtmlTokenType.StartTag } tag)
            {
                Take(tag);
                tokenizer.State = StateAfter(tag.Name);
            }
        }
    }

    // What the tree builder would tell the tokenizer: tags in there are text.
    private static HtmlParseMode StateAfter(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

    private void Take(HtmlTagToken tag)
    {
        switch (tag.Name)
        {
            case "base" when Resolve(tag.GetAttribute("href")) is { } address:
                _base = address;
                break;
            case "a" or "area" when !Relates(tag, "nofollow") && Resolve(tag.GetAttribute("href")) is { } link:
                _links.Add(link);
                break;
            case "link" when Relates(tag, "canonical"):
                Canonical ??= Resolve(tag.GetAttribute("href"));
                break;
            case "meta" when tag.GetAttribute("name").Trim().ToLowerInvariant() is "robots" or "evenkeel":
                Obey(tag.GetAttribute("content"));
                break;
        }
    }

    private static bool Relates(HtmlTagToken tag, string kind) =>
        tag.GetAttribute("rel").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Contains(kind, StringComparer.OrdinalIgnoreCase);

    private Uri? Resolve(string reference) =>
        reference.Length is > 0 and <= WebAddress.Longest && !reference.StartsWith('#')
        && Uri.TryCreate(_base, reference.Trim(), out var address) && address is { Scheme: "http" or "https", UserInfo.Length: 0, Host.Length: > 0 }
            ? address
            : null;

    private static string? DeclaredCharset(ReadOnlySpan<byte> bytes) =>
        MetaCharset.Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1_024)])) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex("""<meta[^>]{1,200}?charset\s*=\s*["']?\s*(?<name>[\w.:-]{1,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MetaCharset { get; }
}
