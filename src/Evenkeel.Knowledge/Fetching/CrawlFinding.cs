namespace Evenkeel.Knowledge.Fetching;

/// <summary>How a web source is fetched.</summary>
internal enum CrawlMode
{
    /// <summary>One page only.</summary>
    Page,

    /// <summary>The pages that a sitemap lists.</summary>
    Sitemap,

    /// <summary>The pages that links lead to.</summary>
    Crawl,
}

/// <summary>What to fetch of a site.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Mode">How.</param>
/// <param name="MaxPages">Most pages that are found.</param>
internal sealed record CrawlRequest(Uri Start, CrawlMode Mode, int MaxPages);

/// <summary>What became of a page.</summary>
/// <param name="Address">The page's address after redirects, or as it was asked for.</param>
internal abstract record CrawlFinding(Uri Address);

/// <summary>A page that came; its file is deleted when the next finding is asked for.</summary>
internal sealed record FoundPage(Uri Address, FetchedPage Page) : CrawlFinding(Address);

/// <summary>A known page that is as it was.</summary>
internal sealed record UnchangedPage(Uri Address) : CrawlFinding(Address);

/// <summary>A page that should be there and could not be fetched; what is known of it stays.</summary>
internal sealed record FailedPage(Uri Address, string ReasonCode) : CrawlFinding(Address);

/// <summary>A known page that is no longer part of the site.</summary>
internal sealed record GonePage(Uri Address) : CrawlFinding(Address);

/// <summary>A page of an earlier fetch.</summary>
internal sealed record KnownPage
{
    public required Uri Address { get; init; }

    public required FetchConditions Conditions { get; init; }

    /// <summary>Fetched by this very job before it was interrupted: not asked for again.</summary>
    public bool IsFresh { get; init; }

    /// <summary>SHA-256 of its content, as it is stored.</summary>
    public byte[]? Hash { get; init; }

    /// <summary>Whether it is HTML, so that its links are those of an unchanged page.</summary>
    public bool IsHtml { get; init; } = true;

    /// <summary>Its content, as a stream that can seek; null where it is not kept.</summary>
    public required Func<CancellationToken, Task<Stream?>> OpenAsync { get; init; }
}
