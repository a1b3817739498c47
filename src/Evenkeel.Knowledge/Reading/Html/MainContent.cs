using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Evenkeel.Knowledge.Reading.Html;

/// <summary>Finds what a page is about, and knows what stands around it.</summary>
internal static class MainContent
{
    private const string Candidates = "main, [role=main], article, #content, #main-content, .markdown-body, .post-content, .entry-content";

    /// <summary>A candidate with less of the page's text than this share is a teaser, or empty until a script fills it.</summary>
    private const double LeastShare = 0.3;
    private const int LeastCharacters = 100;

    private static readonly HashSet<string> Around = new(StringComparer.OrdinalIgnoreCase)
    {
        "nav", "script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "audio", "video", "form", "button", "select", "textarea", "dialog", "menu", "head", "math",
    };

    /// <summary>Around the content, but part of it within an article.</summary>
    private static readonly HashSet<string> Frame = new(StringComparer.OrdinalIgnoreCase) { "header", "footer", "aside" };
    private static readonly HashSet<string> FrameRoles = new(StringComparer.OrdinalIgnoreCase) { "navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog" };

    /// <summary>The element that holds the content.</summary>
    public static IElement Find(IHtmlDocument document)
    {
        IElement body = document.Body ?? document.DocumentElement;
        var all = body.TextContent.Length;
        // One article of many is not the page: with several, what holds them all is.
        var candidates = document.QuerySelectorAll(Candidates).ToList();
        var articles = candidates.Count(element => element.LocalName == "article");
        return candidates.Where(element => element.LocalName != "article" || articles == 1)
            .FirstOrDefault(element => element.TextContent.Length is var length && length >= LeastCharacters && length >= LeastShare * all) ?? body;
    }

    /// <summary>Is it no content?</summary>
    public static bool IsAround(IElement element, bool isInMain) =>
        Around.Contains(element.LocalName)
        || (!isInMain && Frame.Contains(element.LocalName))
        || (element.LocalName == "aside" && isInMain)
        || element.HasAttribute("hidden")
        || element.GetAttribute("aria-hidden") == "true"
        || (element.GetAttribute("role") is { } role && FrameRoles.Contains(role))
        || IsInvisible(element.GetAttribute("style"));

    private static bool IsInvisible(string? style) =>
        style is not null && (style.Contains("display:none", StringComparison.OrdinalIgnoreCase) || style.Contains("display: none", StringComparison.OrdinalIgnoreCase)
            || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase));
}
