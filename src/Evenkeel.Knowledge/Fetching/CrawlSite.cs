using System.Runtime.CompilerServices;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>
/// Fetches the pages of one site, breadth first and within bounds, and tells of each as it comes: whoever stops listening stops the crawl, and
/// whoever listens again, giving what is known as fresh, goes on where it ended.
/// </summary>
internal sealed class CrawlSite(WebFetcher fetcher, SiteRobots robots, ReadSitemaps sitemaps, HostPace pace, PageText pageText)
{
    /// <summary>The site's pages. Throws <see cref="FetchFailedException"/> where its start cannot be fetched, or it goes away on the way.</summary>
    /// <param name="request">What to fetch.</param>
    /// <param name="known">The pages of earlier fetches.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<CrawlFinding> RunAsync(
        CrawlRequest request, IReadOnlyCollection<KnownPage> known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var crawl = new Crawl(request, known);
        var visits = new VisitPage(fetcher, robots, pace, pageText, crawl);
        if (request.Mode == CrawlMode.Sitemap)
        {
            var listed = await sitemaps.RunAsync(request.Start, request.MaxPages, cancellationToken);
            crawl.Begin(listed.Site, listed.Pages, listed.IsComplete);
        }
        else
        {
            crawl.Begin(WebAddress.WithoutTracking(WebAddress.Require(request.Start)));
        }

        while (crawl.TryTakeNext(out var link))
        {
            if (await visits.RunAsync(link, cancellationToken) is { } finding)
            {
                using var file = (finding as FoundPage)?.Page;
                crawl.Count(finding);
                yield return finding;
            }
        }

        foreach (var page in crawl.NoLongerThere())
        {
            yield return new GonePage(page.Address);
        }
    }
}
