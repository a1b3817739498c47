using System.Text;
using AngleSharp.Dom;

namespace Evenkeel.Knowledge.Reading.Html;

/// <summary>Text within a block as Markdown: code and links stay, other markup goes.</summary>
internal static class HtmlInline
{
    private const int MostAddressCharacters = 300;

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "details", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "hr", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    };

    public static bool IsBlock(IElement element) => Blocks.Contains(element.LocalName);

    /// <summary>Does it hold blocks, as links around whole teasers do?</summary>
    public static bool HasBlocks(IElement element) => element.Children.Any(child => IsBlock(child) || HasBlocks(child));

    /// <summary>A heading without its permalink signs.</summary>
    public static string Heading(IElement element) => Collapse(element.TextContent).Replace('\n', ' ').TrimEnd('¶', '#', '§', '\uE157', ' ').Trim();

    /// <summary>The text of an element.</summary>
    /// <param name="element">A block without blocks in it, or a piece of a line.</param>
    /// <param name="url">The page's address, which links are relative to.</param>
    /// <param name="keepsSpace">True for a piece of a line, whose surroundings matter.</param>
    public static string Text(IElement element, string? url, bool keepsSpace = false)
    {
        var text = new StringBuilder();
        Append(text, element, url);
        return keepsSpace ? text.ToString() : Collapse(text.ToString());
    }

    /// <summary>Runs of space become one; line breaks of the author stay.</summary>
    public static string Collapse(string text) =>
        string.Join('\n', text.Split('\v').Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))).Trim();

    private static void Append(StringBuilder text, INode node, string? url)
    {
        if (node is IText { Data: var data })
        {
            text.Append(data);
            return;
        }

        if (node is not IElement element || MainContent.IsAround(element, isInMain: true))
        {
            return;
        }

        switch (element.LocalName)
        {
            case "br":
                text.Append('\v');
                break;
            case "code" or "kbd" or "samp" when element.TextContent is { Length: > 0 } code && !code.Contains('`', StringComparison.Ordinal):
                text.Append('`').Append(code).Append('`');
                break;
            case "a" when Address(element, url) is { } address && Collapse(element.TextContent) is { Length: > 0 } name && !name.Contains(']', StringComparison.Ordinal):
                text.Append('[').Append(name).Append("](").Append(address).Append(')');
                break;
            default:
                foreach (var child in element.ChildNodes)
                {
                    Append(text, child, url);
                }

                break;
        }
    }

    /// <summary>Where a link leads: an address on the web; null for anything else, and for places on the page itself.</summary>
    private static string? Address(IElement link, string? url)
    {
        var target = link.GetAttribute("href");
        if (target is null or "" || target[0] == '#')
        {
            return null;
        }

        var isKnown = Uri.TryCreate(url, UriKind.Absolute, out var page) ? Uri.TryCreate(page, target, out var address) : Uri.TryCreate(target, UriKind.Absolute, out address);
        return isKnown && address!.Scheme is "http" or "https" && address!.AbsoluteUri is { Length: <= MostAddressCharacters } text && !text.Contains(')', StringComparison.Ordinal) ? text : null;
    }
}
