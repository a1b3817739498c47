using System.Collections.Concurrent;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>The robots.txt of each site, asked for once in a while.</summary>
internal sealed class SiteRobots(WebFetcher fetcher, TimeProvider time)
{
    private const int MostSites = 1_000;

    // The RFC allows a day; an hour lets a site change its mind.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    // A site that is away is not asked again for each of its pages.
    private static readonly TimeSpan FailureKept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Entry> _sites = new(StringComparer.Ordinal);

    /// <summary>
    /// The rules of an address' site: none where it has none (4xx). Throws <see cref="FetchFailedException"/> where they could not be had (5xx, 429,
    /// away, forbidden), since nothing may be fetched then.
    /// </summary>
    public async Task<RobotsTxt> OfAsync(Uri address, CancellationToken cancellationToken)
    {
        var site = address.GetLeftPart(UriPartial.Authority);
        if (!_sites.TryGetValue(site, out var entry) || entry.Until <= time.GetUtcNow())
        {
            entry = await AskAsync(new Uri(address, "/robots.txt"), cancellationToken);
            MakeRoom();
            _sites[site] = entry;
        }

        return entry.Failure is { } failure ? throw new FetchFailedException(failure.ReasonCode, failure.IsTransient, failure.RetryAfter, failure) : entry.Rules;
    }

    /// <summary>Throws <see cref="FetchFailedException"/> where the site's rules forbid an address.</summary>
    public async Task RequireAllowedAsync(Uri address, CancellationToken cancellationToken)
    {
        if (!(await OfAsync(address, cancellationToken)).Allows(address))
        {
            throw new FetchFailedException(KnowledgeReasons.Robots);
        }
    }

    private async Task<Entry> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var page = await fetcher.FetchAsync(new FetchRequest(address) { MaxBytes = RobotsTxt.MostBytes, CutsShort = true }, cancellationToken);
            return new Entry(RobotsTxt.Parse(await File.ReadAllTextAsync(page.Path!, cancellationToken), FetchingAgent.Name), null, time.GetUtcNow() + Kept);
        }
        catch (FetchFailedException failure) when (MeansNoRules(failure))
        {
            return new Entry(RobotsTxt.Empty, null, time.GetUtcNow() + Kept);
        }
        catch (FetchFailedException failure)
        {
            return new Entry(RobotsTxt.Empty, failure, time.GetUtcNow() + FailureKept);
        }
    }

    // Any refusal but "later": the site answers, and has no rules for us. Redirects without end count as none too, says the RFC.
    private static bool MeansNoRules(FetchFailedException failure) => !failure.IsTransient
        && failure.ReasonCode is KnowledgeReasons.PageGone or KnowledgeReasons.HttpError or KnowledgeReasons.Empty or KnowledgeReasons.TooManyRedirects;

    private void MakeRoom()
    {
        if (_sites.Count < MostSites)
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var (site, entry) in _sites)
        {
            if (entry.Until <= now)
            {
                _sites.TryRemove(site, out _);
            }
        }

        if (_sites.Count >= MostSites)
        {
            _sites.Clear();
        }
    }

    private sealed record Entry(RobotsTxt Rules, FetchFailedException? Failure, DateTimeOffset Until);
}
