namespace Evenkeel.Knowledge.Fetching;

/// <summary>An address that waits to be asked for.</summary>
/// <param name="Address">As it is asked for.</param>
/// <param name="Depth">Links from the start.</param>
/// <param name="Attempt">From 1.</param>
internal sealed record CrawlLink(Uri Address, int Depth, int Attempt = 1);

/// <summary>The addresses of a crawl, first found first asked, each once.</summary>
internal sealed class CrawlFrontier
{
    // Far more than are ever asked for; what a page with endless links would make of it else.
    private const int MostWaiting = 20_000;

    private readonly Queue<CrawlLink> _waiting = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Adds an address unless it was added before.</summary>
    public bool Add(Uri address, int depth)
    {
        if (_waiting.Count >= MostWaiting || !_seen.Add(WebAddress.KeyOf(address)))
        {
            return false;
        }

        _waiting.Enqueue(new CrawlLink(address, depth));
        return true;
    }

    /// <summary>Notes an address that a redirect led to; false where it had been seen.</summary>
    public bool Note(Uri address) => _seen.Add(WebAddress.KeyOf(address));

    /// <summary>Puts a link that failed for the moment behind the others.</summary>
    public void AddAgain(CrawlLink link) => _waiting.Enqueue(link with { Attempt = link.Attempt + 1 });

    public bool TryTake(out CrawlLink link) => _waiting.TryDequeue(out link!);
}
