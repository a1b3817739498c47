using System.Text;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Fetching;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Fetching;

public sealed class CrawlSiteTests : IAsyncLifetime
{
    private readonly FetchingParts _parts = new();
    private ScriptedSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await ScriptedSite.StartAsync();
        _parts.Network.Serve("site.test", _site).Serve("www.site.test", _site);
    }

    public async ValueTask DisposeAsync()
    {
        _parts.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_crawl_goes_through_the_pages_below_its_start_breadth_first_and_once_each()
    {
        _site.Page("/docs/", Html("Start", "a", "b?utm_source=x", "/other", "http://elsewhere.test/docs/", "/files/manual.pdf", "picture.png", "http://www.site.test/docs/a#part"))
            .Page("/docs/a", Html("A", "c", "./", "b"))
            .Page("/docs/b", Html("B"))
            .Page("/docs/c", Html("C", "a"))
            .Page("/files/manual.pdf", "%PDF-1.7", "application/pdf")
            .Page("/other", Html("Other"));

        var findings = await CrawlAsync("http://site.test/docs/");

        findings.ShouldBe(["found /docs/", "found /docs/a", "found /docs/b", "found /files/manual.pdf", "found /docs/c"]);
        _site.Paths.ShouldBe(["/docs/", "/docs/a", "/docs/b", "/files/manual.pdf", "/docs/c"]);
    }

    [Fact]
    public async Task What_a_site_does_not_want_is_left_alone()
    {
        _site.On("/robots.txt", context => context.Response.WriteAsync("User-agent: *\nDisallow: /private"))
            .Page("/", $"{Html("Start", "private/a", "hidden", "quiet", "to-private")}<a rel=nofollow href=left>x</a>")
            .Page("/hidden", $"<meta name=robots content=noindex>{Html("Hidden", "behind")}")
            .Page("/quiet", $"<meta name=robots content=nofollow>{Html("Quiet", "unseen")}")
            .Page("/behind", Html("Behind")).Page("/left", Html("Left")).Page("/unseen", Html("Unseen")).Page("/private/a", Html("Private"))
            .Redirect("/to-private", "/private/a");

        (await CrawlAsync("http://site.test/")).ShouldBe(["found /", "found /quiet", "found /behind"]);
        _site.Paths.ShouldNotContain("/private/a");
        _site.Paths.ShouldNotContain("/left");
    }

    [Fact]
    public async Task A_page_under_several_addresses_is_found_once()
    {
        _site.Page("/", Html("Start", "print", "copy", "moved", "moved2", "one", "two", "away"))
            .Page("/print", $"<link rel=canonical href=/page>{Html("Print")}").Page("/page", $"<link rel=canonical href=/page>{Html("Page")}")
            .Page("/copy", Html("Start", "print", "copy", "moved", "moved2", "one", "two", "away"))
            .Redirect("/moved", "/target").Redirect("/moved2", "/target").Page("/target", Html("Target"))
            .Page("/one", $"<link rel=canonical href=/two>{Html("One")}").Page("/two", $"<link rel=canonical href=/one>{Html("Two")}")
            .Redirect("/away", "http://elsewhere.test/");

        (await CrawlAsync("http://site.test/")).ShouldBe(["found /", "found /target", "found /two", "found /page"]);
    }

    [Fact]
    public async Task A_trap_is_bounded()
    {
        // A calendar without an end, and a relative link that grows.
        _site.Page("/", Html("Start", "calendar?month=0", "deep/"));
        _site.Otherwise = context =>
        {
            context.Response.ContentType = "text/html";
            return int.TryParse(context.Request.Query["month"], out var month)
                ? context.Response.WriteAsync(Html($"Month {month}", $"calendar?month={month + 1}"))
                : context.Response.WriteAsync(Html($"Deep {context.Request.Path}", "deep/"));
        };

        var findings = await CrawlAsync("http://site.test/", maxPages: 1_000);

        findings.Count(finding => finding.Contains("calendar", StringComparison.Ordinal)).ShouldBe(CrawlTraps.MostDepth);
        findings.Count(finding => finding.Contains("deep", StringComparison.Ordinal)).ShouldBe(2);
        (await CrawlAsync("http://site.test/", maxPages: 7)).Count.ShouldBe(7);
    }

    [Fact]
    public async Task Pages_that_must_not_be_found_are_no_reason_to_go_on_for_ever()
    {
        _site.Otherwise = context =>
        {
            context.Response.ContentType = "text/html";
            context.Response.Headers["X-Robots-Tag"] = "noindex";
            return context.Response.WriteAsync(Html(context.Request.Path, [.. Enumerable.Range(0, 50).Select(i => $"/{context.Request.Path.Value!.Length}x{i}")]));
        };

        (await CrawlAsync("http://site.test/", maxPages: 4)).ShouldBeEmpty();
        _site.Paths.Count.ShouldBe(30);
    }

    [Fact]
    public async Task A_second_crawl_asks_only_what_changed_and_says_what_is_gone()
    {
        _site.Page("/", Html("Start", "same", "changed", "removed", "unlinked")).Page("/same", Html("Same", "below")).Page("/below", Html("Below"))
            .Page("/changed", Html("Changed")).Page("/removed", Html("Removed")).Page("/unlinked", Html("Unlinked"));
        var known = new List<KnownPage>();
        await CrawlAsync("http://site.test/", known: known);
        known.Count.ShouldBe(6);

        _site.Page("/", Html("Start", "same", "changed", "removed")).Page("/changed", Html("Changed again")).Status("/removed", StatusCodes.Status410Gone);
        var findings = await CrawlAsync("http://site.test/", known: known);

        findings.ShouldBe(["found /", "unchanged /same", "found /changed", "gone /removed", "unchanged /below", "gone /unlinked"]);
        _site.Requests.Count(request => request.Headers.ContainsKey("If-None-Match")).ShouldBe(5);
    }

    [Fact]
    public async Task An_interrupted_crawl_goes_on_without_asking_again()
    {
        _site.Page("/", Html("Start", "a")).Page("/a", Html("A", "b")).Page("/b", Html("B"));
        var known = new List<KnownPage>();
        await CrawlAsync("http://site.test/", known: known, stopAfter: 2);
        var asked = _site.Paths.Count;

        (await CrawlAsync("http://site.test/", known: [.. known.Select(page => page with { IsFresh = true })])).ShouldBe(["unchanged /", "unchanged /a", "found /b"]);
        _site.Paths.Skip(asked).ShouldBe(["/b"]);
    }

    [Fact]
    public async Task A_page_that_fails_keeps_what_is_known_of_it_and_of_what_it_leads_to()
    {
        _site.Page("/", Html("Start", "shop", "big")).Page("/shop", Html("Shop", "item")).Page("/item", Html("Item")).Page("/big", Html("Big"));
        var known = new List<KnownPage>();
        await CrawlAsync("http://site.test/", known: known);

        _site.Status("/shop", 503).On("/big", context =>
        {
            context.Response.ContentLength = 1_000_000_000;
            return context.Response.Body.FlushAsync();
        });
        var findings = await CrawlAsync("http://site.test/", known: known);

        findings.ShouldBe(["unchanged /", $"failed /big {KnowledgeReasons.TooLarge}", $"failed /shop {KnowledgeReasons.HttpError}"]);
        _site.Paths.Count(path => path == "/shop").ShouldBe(4);
    }

    [Fact]
    public async Task A_busy_page_is_asked_for_again_when_it_said()
    {
        var times = 0;
        _site.Page("/", Html("Start", "busy")).On("/busy", context =>
        {
            if (times++ == 0)
            {
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                context.Response.Headers.RetryAfter = "0";
                return Task.CompletedTask;
            }

            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(Html("Busy"));
        });

        (await CrawlAsync("http://site.test/")).ShouldBe(["found /", "found /busy"]);
    }

    [Fact]
    public async Task A_site_that_goes_away_ends_the_crawl()
    {
        _site.Page("/", Html("Start", [.. Enumerable.Range(0, 20).Select(i => $"p{i}")]));
        _site.Otherwise = context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        };

        var failure = await Should.ThrowAsync<FetchFailedException>(() => CrawlAsync("http://site.test/"));

        (failure.ReasonCode, failure.IsTransient).ShouldBe((KnowledgeReasons.HttpError, true));
        _site.Paths.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData("http://10.0.0.1/", KnowledgeReasons.ForbiddenAddress)]
    [InlineData("http://site.test/private", KnowledgeReasons.Robots)]
    [InlineData("http://site.test/missing", KnowledgeReasons.PageGone)]
    [InlineData("http://unknown.test/", KnowledgeReasons.Unreachable)]
    [InlineData("http://site.test/picture", KnowledgeReasons.UnsupportedType)]
    [InlineData("http://site.test/empty", KnowledgeReasons.Empty)]
    public async Task A_start_that_cannot_be_fetched_says_why(string start, string reason)
    {
        _site.On("/robots.txt", context => context.Response.WriteAsync("User-agent: *\nDisallow: /private")).Page("/picture", "PNG", "image/png").Page("/empty", "");

        foreach (var mode in new[] { CrawlMode.Page, CrawlMode.Crawl })
        {
            (await Should.ThrowAsync<FetchFailedException>(() => CrawlAsync(start, mode))).ReasonCode.ShouldBe(reason);
        }
    }

    [Fact]
    public async Task A_single_page_is_taken_as_it_is_and_goes_when_it_is_gone()
    {
        _site.Redirect("/page", "/final").Page("/final", $"<meta name=robots content=noindex><link rel=canonical href=/>{Html("Page", "other")}").Page("/other", Html("Other"));
        var known = new List<KnownPage>();

        (await CrawlAsync("http://site.test/page", CrawlMode.Page, known: known)).ShouldBe(["found /final"]);
        (await CrawlAsync("http://site.test/page", CrawlMode.Page, known: known)).ShouldBe(["unchanged /final"]);
        _site.Status("/final", 404);
        var failure = await Should.ThrowAsync<FetchFailedException>(() => CrawlAsync("http://site.test/page", CrawlMode.Page, known: known));
        _site.Status("/final", 404);

        failure.ReasonCode.ShouldBe(KnowledgeReasons.PageGone);
        (await CrawlAsync("http://site.test/final", CrawlMode.Page, known: known)).ShouldBe(["gone /final"]);
    }

    [Theory]
    [InlineData("/index.xml")]
    [InlineData("/")]
    public async Task The_pages_of_a_sitemap_are_fetched_through_its_index_or_the_site_that_names_it(string start)
    {
        _site.On("/robots.txt", context => context.Response.WriteAsync("Sitemap: http://site.test/index.xml\nUser-agent: *\nDisallow: /private"))
            .Page("/", Html("Home", "unlisted"))
            .Page("/index.xml", "<sitemapindex><sitemap><loc>http://site.test/1.xml</loc></sitemap><sitemap><loc>http://site.test/2.txt</loc></sitemap></sitemapindex>", "application/xml")
            .Page("/1.xml", "<urlset><url><loc>http://site.test/a</loc></url><url><loc>http://elsewhere.test/</loc></url><url><loc>http://www.site.test/a#x</loc></url></urlset>", "application/xml")
            .Page("/2.txt", "http://site.test/deep/b\nhttp://site.test/private\nhttp://site.test/missing", "text/plain")
            .Page("/a", Html("A", "unlisted")).Page("/deep/b", Html("B"));

        (await CrawlAsync($"http://site.test{start}", CrawlMode.Sitemap))
            .ShouldBe(["found /a", "found /deep/b", $"failed /private {KnowledgeReasons.Robots}"]);
        _site.Paths.ShouldNotContain("/unlisted");
    }

    [Fact]
    public async Task A_sitemap_that_cannot_be_read_this_time_takes_no_page_away()
    {
        _site.Page("/index.xml", "<sitemapindex><sitemap><loc>http://site.test/1.xml</loc></sitemap><sitemap><loc>http://site.test/2.xml</loc></sitemap></sitemapindex>", "application/xml")
            .Page("/1.xml", "<urlset><url><loc>http://site.test/a</loc></url></urlset>", "application/xml")
            .Page("/2.xml", "<urlset><url><loc>http://site.test/b</loc></url></urlset>", "application/xml")
            .Page("/a", Html("A")).Page("/b", Html("B"));
        var known = new List<KnownPage>();
        await CrawlAsync("http://site.test/index.xml", CrawlMode.Sitemap, known: known);

        _site.Status("/2.xml", 500);
        (await CrawlAsync("http://site.test/index.xml", CrawlMode.Sitemap, known: known)).ShouldBe(["unchanged /a"]);
        _site.Status("/2.xml", 404);
        (await CrawlAsync("http://site.test/index.xml", CrawlMode.Sitemap, known: known)).ShouldBe(["unchanged /a", "gone /b"]);
    }

    [Fact]
    public async Task Of_too_many_listed_pages_those_that_changed_last_are_taken()
    {
        _site.Page("/map.xml", "<urlset><url><loc>http://site.test/old</loc><lastmod>2020-01-01</lastmod></url><url><loc>http://site.test/new</loc><lastmod>2026-01-01</lastmod></url></urlset>", "text/xml")
            .Page("/old", Html("Old")).Page("/new", Html("New"));

        (await CrawlAsync("http://site.test/map.xml", CrawlMode.Sitemap, maxPages: 1)).ShouldBe(["found /new"]);
    }

    [Fact]
    public async Task A_page_in_an_encoding_that_only_its_header_names_is_stored_as_unicode()
    {
        _site.On("/", context =>
        {
            context.Response.ContentType = "text/html; charset=gb2312";
            return context.Response.Body.WriteAsync(PageEncoding.Of("gb2312")!.GetBytes("<p>每月二十五日发放工资。")).AsTask();
        });

        await foreach (var finding in _parts.Crawl.RunAsync(new CrawlRequest(new Uri("http://site.test/"), CrawlMode.Page, 1), [], TestContext.Current.CancellationToken))
        {
            var bytes = await File.ReadAllBytesAsync(finding.ShouldBeOfType<FoundPage>().Page.Path!, TestContext.Current.CancellationToken);
            bytes.ShouldBe([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("<p>每月二十五日发放工资。")]);
        }

        _parts.Files.ShouldNotBeEmpty();
        _parts.Files.ShouldAllBe(path => !File.Exists(path) && !File.Exists(path + "-utf8"));
    }

    /// <summary>What a crawl tells, in short; pages found are added to those known.</summary>
    private async Task<List<string>> CrawlAsync(string start, CrawlMode mode = CrawlMode.Crawl, int maxPages = 50, List<KnownPage>? known = null, int stopAfter = int.MaxValue)
    {
        var told = new List<string>();
        var found = new List<KnownPage>();
        await foreach (var finding in _parts.Crawl.RunAsync(new CrawlRequest(new Uri(start), mode, maxPages), known ?? [], TestContext.Current.CancellationToken))
        {
            var name = finding.GetType().Name.Replace("Page", "", StringComparison.Ordinal).ToLowerInvariant();
            told.Add($"{name} {finding.Address.PathAndQuery}{(finding is FailedPage failed ? " " + failed.ReasonCode : "")}");
            if (finding is FoundPage { Page: var page })
            {
                var content = await File.ReadAllBytesAsync(page.Path!, TestContext.Current.CancellationToken);
                found.Add(new KnownPage
                {
                    Address = finding.Address,
                    Conditions = new FetchConditions(page.ETag, page.LastModified),
                    Hash = page.Hash,
                    OpenAsync = _ => Task.FromResult<Stream?>(new MemoryStream(content)),
                });
            }

            if (told.Count == stopAfter)
            {
                break;
            }
        }

        known?.AddRange(found.ExceptBy(known.Select(page => page.Address), page => page.Address));
        return told;
    }

    private static string Html(string title, params string[] links) =>
        $"<title>{title}</title><h1>{title}</h1>{string.Concat(links.Select(link => $"<a href=\"{link}\">{link}</a>"))}";
}
