namespace Evenkeel.Knowledge.Fetching;

/// <summary>The pages that the sitemaps of a site list.</summary>
/// <param name="Site">What counts as the site.</param>
/// <param name="Pages">Its pages, in the order listed; those that changed last where there are too many.</param>
/// <param name="IsComplete">False where a sitemap could not be had this time.</param>
internal sealed record SitemapPages(SiteScope Site, IReadOnlyList<Uri> Pages, bool IsComplete);

/// <summary>Walks a sitemap, or the sitemaps of the site an address belongs to, through indexes.</summary>
internal sealed class ReadSitemaps(WebFetcher fetcher, SiteRobots robots)
{
    private const int MostFiles = 50;
    private const int MostPages = 50_000;

    // An index of indexes is not allowed, and met all the same.
    private const int MostDepth = 2;

    /// <summary>At most so many pages. Throws <see cref="FetchFailedException"/> where the address itself fails.</summary>
    public async Task<SitemapPages> RunAsync(Uri start, int mostPages, CancellationToken cancellationToken)
    {
        var walk = new Walk();
        var (first, address) = await ReadAsync(start, cancellationToken);
        var site = new SiteScope(address, isWholeHost: true);
        if (first is not null)
        {
            walk.Take(first, 0);
        }
        else
        {
            await AddNamedAsync(walk, address, cancellationToken);
        }

        while (walk.Waiting.TryDequeue(out var next) && walk.Files++ < MostFiles && walk.Pages.Count < MostPages)
        {
            await TakeAsync(walk, next.Address, next.Depth, cancellationToken);
        }

        return new SitemapPages(site, Choose(walk.Pages, site, mostPages), walk.IsComplete);
    }

    // The address is a page: the site's robots.txt says where its sitemaps are, or they are where everybody's are.
    private async Task AddNamedAsync(Walk walk, Uri page, CancellationToken cancellationToken)
    {
        var named = (await robots.OfAsync(page, cancellationToken)).Sitemaps
            .Select(text => Uri.TryCreate(page, text, out var address) ? address : null).OfType<Uri>().Take(MostFiles).ToArray();
        foreach (var address in named.Length > 0 ? named : [new Uri(page, "/sitemap.xml")])
        {
            walk.Waiting.Enqueue((address, 0));
        }
    }

    private async Task TakeAsync(Walk walk, Uri address, int depth, CancellationToken cancellationToken)
    {
        try
        {
            if ((await ReadAsync(address, cancellationToken)).Sitemap is { } sitemap)
            {
                walk.Take(sitemap, depth);
            }
        }
        catch (FetchFailedException failure)
        {
            // One of many: what it lists is not known, so nothing may be taken for gone, unless it is gone itself.
            walk.IsComplete &= failure.ReasonCode == KnowledgeReasons.PageGone;
        }
    }

    private async Task<(Sitemap? Sitemap, Uri Address)> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        var rules = await robots.OfAsync(address, cancellationToken);
        var request = new FetchRequest(address)
        {
            MaxBytes = SitemapFile.MostBytes,
            Pace = rules.CrawlDelay,
            BeforeRequest = robots.RequireAllowedAsync,
        };
        using var page = await fetcher.FetchAsync(request, cancellationToken);
        return (page.MediaType is "text/html" or "application/xhtml+xml" ? null : Sitemap.Read(page.Path!), page.Address);
    }

    private static Uri[] Choose(List<SitemapPage> pages, SiteScope site, int most)
    {
        var ours = pages.Where(page => site.Has(page.Address)).DistinctBy(page => WebAddress.KeyOf(page.Address), StringComparer.Ordinal).ToArray();
        var chosen = ours.Length <= most ? ours : ours.OrderByDescending(page => page.ChangedAt ?? DateTimeOffset.MinValue).Take(most);
        return [.. chosen.Select(page => site.Normalize(page.Address))];
    }

    private sealed class Walk
    {
        public List<SitemapPage> Pages { get; } = [];

        public Queue<(Uri Address, int Depth)> Waiting { get; } = new();

        public int Files { get; set; }

        public bool IsComplete { get; set; } = true;

        public void Take(Sitemap sitemap, int depth)
        {
            Pages.AddRange(sitemap.Pages);
            foreach (var address in depth < MostDepth ? sitemap.Sitemaps : [])
            {
                Waiting.Enqueue((address, depth + 1));
            }
        }
    }
}
