namespace Evenkeel.Knowledge.Fetching;

/// <summary>Asks for one address of a crawl and says what became of it.</summary>
internal sealed class VisitPage(WebFetcher fetcher, SiteRobots robots, HostPace pace, PageText pageText, Crawl crawl)
{
    private const int MostAttempts = 3;

    // Pages in a row that the site could not give: it is down, and asking for the rest of them would not help it.
    private const int MostFailuresInRow = 5;

    // A site that wants to be left alone for longer is asked when the source is fetched again.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly JudgePage _judge = new(crawl, pageText);
    private int _failuresInRow;

    /// <summary>What became of the page; null where there is nothing to tell. Throws <see cref="FetchFailedException"/> where the crawl cannot go on.</summary>
    public async Task<CrawlFinding?> RunAsync(CrawlLink link, CancellationToken cancellationToken)
    {
        var known = crawl.Known(link.Address);
        try
        {
            if (known?.IsFresh == true)
            {
                crawl.Settle(known.Address);
                return await _judge.UnchangedAsync(known, link, cancellationToken);
            }

            var page = await FetchAsync(link.Address, cancellationToken);
            _failuresInRow = 0;
            return await _judge.RunAsync(page, link, cancellationToken);
        }
        catch (FetchFailedException failure) when (link.Depth > 0)
        {
            return failure.IsTransient ? Later(failure, link) : FailureOf(failure, link, known);
        }
        catch (FetchFailedException failure) when (failure.ReasonCode == KnowledgeReasons.PageGone && known is not null && crawl.IsOnePage)
        {
            // The one page there was: its document goes, and the source has nothing.
            return new GonePage(known.Address);
        }
    }

    private async Task<FetchedPage> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        var rules = await robots.OfAsync(address, cancellationToken);
        return await fetcher.FetchAsync(
            new FetchRequest(address)
            {
                KnownAt = place => crawl.Known(place)?.Conditions ?? FetchConditions.None,
                Pace = rules.CrawlDelay,
                BeforeRequest = robots.RequireAllowedAsync,
                Follows = next => crawl.Site?.Has(next) != false,
                Accepts = (mediaType, place) => PageType.ExtensionOf(mediaType, place) is not null,
            },
            cancellationToken);
    }

    private CrawlFinding? FailureOf(FetchFailedException failure, CrawlLink link, KnownPage? known)
    {
        _failuresInRow = 0;
        return failure.ReasonCode switch
        {
            KnowledgeReasons.PageGone => known is null ? null : new GonePage(known.Address),
            // Of links it is no failure that they lead to what is not for us.
            KnowledgeReasons.UnsupportedType or KnowledgeReasons.Robots or KnowledgeReasons.Empty when !crawl.IsListed && known is null => null,
            _ => new FailedPage(link.Address, failure.ReasonCode),
        };
    }

    private FailedPage? Later(FetchFailedException failure, CrawlLink link)
    {
        if (++_failuresInRow >= MostFailuresInRow)
        {
            throw new FetchFailedException(failure.ReasonCode, isTransient: true, failure.RetryAfter, failure);
        }

        var pause = failure.RetryAfter ?? TimeSpan.Zero;
        if (link.Attempt < MostAttempts && pause <= LongestPause)
        {
            pace.Postpone(link.Address, pause);
            crawl.Frontier.AddAgain(link);
            return null;
        }

        crawl.Miss();
        return new FailedPage(link.Address, failure.ReasonCode);
    }
}
