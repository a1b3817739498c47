namespace Evenkeel.Knowledge.Sources;

/// <summary>What a web source fetches, as stored in <c>knowledge_sources.web</c>.</summary>
/// <param name="Url">Where it begins.</param>
/// <param name="Mode">One of <see cref="WebMode"/>.</param>
/// <param name="MaxPages">Most pages, from 1.</param>
/// <param name="RefreshHours">Hours between two fetches; null = only when asked.</param>
internal sealed record WebSourceSettings(string Url, string Mode, int MaxPages, int? RefreshHours);

/// <summary>How far a web source goes.</summary>
internal static class WebMode
{
    public const string Page = "page";
    public const string Sitemap = "sitemap";
    public const string Crawl = "crawl";
}
