namespace Evenkeel.Knowledge.Fetching;

/// <summary>What a crawl has seen and has still to do.</summary>
internal sealed class Crawl
{
    // Requests for each page that is stored, at most: pages that must not be found, duplicates and dead links are no reason to go on for ever.
    private const int MostRequestsPerPage = 5;

    private readonly CrawlRequest _request;
    private readonly Dictionary<string, KnownPage> _known;
    private readonly HashSet<string> _settled = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hashes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _yielded = new(StringComparer.Ordinal);
    private bool _isComplete = true;
    private int _requests;
    private int _pages;

    public Crawl(CrawlRequest request, IReadOnlyCollection<KnownPage> known)
    {
        _request = request;
        _known = known.DistinctBy(page => WebAddress.KeyOf(page.Address), StringComparer.Ordinal)
            .ToDictionary(page => WebAddress.KeyOf(page.Address), StringComparer.Ordinal);
    }

    public CrawlFrontier Frontier { get; } = new();

    /// <summary>Null until the start has been fetched: only then it is known where it leads.</summary>
    public SiteScope? Site { get; private set; }

    public bool FollowsLinks => _request.Mode == CrawlMode.Crawl;

    /// <summary>One page that somebody named: what it says to search engines is not for it.</summary>
    public bool IsOnePage => _request.Mode == CrawlMode.Page;

    /// <summary>Whether every address was named by the source, so that each that fails is worth a word.</summary>
    public bool IsListed => _request.Mode != CrawlMode.Crawl;

    public void Begin(Uri start) => Frontier.Add(start, 0);

    public void Begin(SiteScope site, IReadOnlyList<Uri> pages, bool isComplete)
    {
        Site = site;
        _isComplete = isComplete;
        foreach (var page in pages)
        {
            Frontier.Add(page, 1);
        }
    }

    /// <summary>The start led here.</summary>
    public void Settle(Uri start) => Site ??= new SiteScope(start, isWholeHost: IsOnePage);

    public bool TryTakeNext(out CrawlLink link)
    {
        link = null!;
        return _pages < _request.MaxPages && _requests++ < 10 + (_request.MaxPages * MostRequestsPerPage) && Frontier.TryTake(out link);
    }

    public void Follow(HtmlFacts facts, int depth)
    {
        if (!FollowsLinks || depth >= CrawlTraps.MostDepth)
        {
            return;
        }

        foreach (var address in facts.Links.Select(Site!.Normalize).Where(address => Site.Has(address) && !PageType.IsOther(address) && !CrawlTraps.Catch(address)))
        {
            Frontier.Add(address, depth + 1);
        }
    }

    public KnownPage? Known(Uri address) => _known.GetValueOrDefault(WebAddress.KeyOf(address));

    /// <summary>Whether a page with just this content came under another address already.</summary>
    public bool IsCopy(byte[]? hash) => hash is not null && !_hashes.Add(Convert.ToHexString(hash));

    /// <summary>A page names another one as itself: true where that one is asked for instead, false where the two name each other.</summary>
    public bool YieldTo(Uri address, Uri canonical, int depth)
    {
        if (_yielded.Contains(WebAddress.KeyOf(canonical)))
        {
            return false;
        }

        _yielded.Add(WebAddress.KeyOf(address));
        Frontier.Add(canonical, depth);
        return true;
    }

    /// <summary>A page failed for now, so that nothing can be said of pages that only it leads to.</summary>
    public void Miss() => _isComplete = false;

    public void Count(CrawlFinding finding)
    {
        _settled.Add(WebAddress.KeyOf(finding.Address));
        _pages += finding is GonePage ? 0 : 1;
    }

    /// <summary>Known pages that a complete crawl did not meet, or not among the most pages there may be.</summary>
    public IEnumerable<KnownPage> NoLongerThere() =>
        _isComplete ? _known.Where(page => !_settled.Contains(page.Key)).Select(page => page.Value) : [];
}
