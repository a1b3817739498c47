namespace Evenkeel.Knowledge.Fetching;

/// <summary>Whether a page that came is one to keep, and which pages it leads to.</summary>
internal sealed class JudgePage(Crawl crawl, PageText pageText)
{
    /// <summary>What a page is for the crawl; null where it is nothing. The file of one that is not kept is deleted.</summary>
    public async Task<CrawlFinding?> RunAsync(FetchedPage page, CrawlLink link, CancellationToken cancellationToken)
    {
        if (page.LeadsTo is not null)
        {
            return Gone(crawl.Known(link.Address));
        }

        crawl.Settle(page.Address);
        if (IsElsewhere(page.Address, link.Address) && !crawl.Frontier.Note(page.Address))
        {
            page.Dispose();
            return Gone(crawl.Known(link.Address));
        }

        return page.IsNotModified
            ? await UnchangedAsync(crawl.Known(page.Address)!, link, cancellationToken)
            : await FoundAsync(page, link, cancellationToken);
    }

    /// <summary>A known page that is as it was: its links are read again from what is stored of it.</summary>
    public async Task<CrawlFinding?> UnchangedAsync(KnownPage known, CrawlLink link, CancellationToken cancellationToken)
    {
        if (known.IsHtml && await known.OpenAsync(cancellationToken) is { } stored)
        {
            await using (stored)
            {
                if (!Keeps(HtmlFacts.Read(stored, null, known.Address), null, known.Address, link))
                {
                    return Gone(known);
                }
            }
        }

        return crawl.IsCopy(known.Hash) ? Gone(known) : new UnchangedPage(known.Address);
    }

    private async Task<CrawlFinding?> FoundAsync(FetchedPage page, CrawlLink link, CancellationToken cancellationToken)
    {
        var stored = page;
        try
        {
            if (page.Bytes == 0)
            {
                throw new FetchFailedException(KnowledgeReasons.Empty);
            }

            stored = await pageText.StoredAsync(page, cancellationToken);
            if (await IsKeptAsync(stored, link))
            {
                return new FoundPage(crawl.Site!.Normalize(stored.Address), stored);
            }
        }
        catch (Exception)
        {
            stored.Dispose();
            throw;
        }

        stored.Dispose();
        return Gone(crawl.Known(stored.Address));
    }

    private async Task<bool> IsKeptAsync(FetchedPage page, CrawlLink link)
    {
        if (PageType.ExtensionOf(page.MediaType, page.Address) != PageType.Html)
        {
            return (crawl.IsOnePage || page.RobotsTag?.Contains("noindex", StringComparison.OrdinalIgnoreCase) != true) && !crawl.IsCopy(page.Hash);
        }

        await using var content = File.OpenRead(page.Path!);
        return Keeps(HtmlFacts.Read(content, page.Charset, page.Address), page.RobotsTag, page.Address, link) && !crawl.IsCopy(page.Hash);
    }

    /// <summary>Follows a page's links, and says whether it is to be stored.</summary>
    private bool Keeps(HtmlFacts facts, string? header, Uri address, CrawlLink link)
    {
        if (crawl.IsOnePage)
        {
            return true;
        }

        facts.Obey(header ?? "");
        crawl.Follow(facts, link.Depth);
        if (facts.IsNoIndex)
        {
            return false;
        }

        var canonical = facts.Canonical is null ? null : crawl.Site!.Normalize(facts.Canonical);
        return canonical is null || !crawl.Site!.Has(canonical) || !IsElsewhere(canonical, address) || !crawl.YieldTo(address, canonical, link.Depth);
    }

    private static bool IsElsewhere(Uri one, Uri other) => WebAddress.KeyOf(one) != WebAddress.KeyOf(other);

    private static GonePage? Gone(KnownPage? known) => known is null ? null : new GonePage(known.Address);
}
