using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Fetching;
using Evenkeel.Tests.Models;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Fetching;

public sealed class RobotsTxtTests
{
    private const string Groups =
        """
        # everybody
        User-agent: *
        Disallow: /private

        User-Agent: Other
        Disallow: /

        user-agent: OTHER
        user-agent: evenkeel/2.0
        disallow: /drafts/   # not done
        Allow: /drafts/shown
        Crawl-delay: 2.5

        Sitemap: https://site.test/map.xml
        User-agent: evenkeel
        Disallow: /more
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/private/page", "the group for everybody is not ours", true)]
    [InlineData("/drafts/page", "ours", false)]
    [InlineData("/drafts/shown.html", "the longer rule wins", true)]
    [InlineData("/more/page", "a second group of ours counts too", false)]
    [InlineData("/robots.txt", "always", true)]
    [InlineData("/", "nothing said", true)]
    public void The_groups_for_us_decide_together(string path, string why, bool expected) =>
        RobotsTxt.Parse(Groups, "Evenkeel").Allows(new Uri($"https://site.test{path}")).ShouldBe(expected, why);

    [Theory]
    [InlineData("Disallow: /fish", "/fish.html", false)]
    [InlineData("Disallow: /fish", "/Fish.asp", true)]
    [InlineData("Disallow: /fish", "/catfish", true)]
    [InlineData("Disallow: /fish/", "/fish", true)]
    [InlineData("Disallow: /*.php", "/index.php?a=1", false)]
    [InlineData("Disallow: /*.php", "/windows.PHP", true)]
    [InlineData("Disallow: /*.php$", "/file.php", false)]
    [InlineData("Disallow: /*.php$", "/file.php?a=1", true)]
    [InlineData("Disallow: /fish*.php", "/fishheads/catfish.php?a=1", false)]
    [InlineData("Disallow: /fish*.php", "/fish.asp", true)]
    [InlineData("Disallow: /a$", "/a", false)]
    [InlineData("Disallow: /a$", "/ab", true)]
    [InlineData("Disallow: /*", "/anything", false)]
    [InlineData("Disallow: /*$", "/anything", false)]
    [InlineData("Disallow:", "/anything", true)]
    [InlineData("Disallow: /\nAllow: /p", "/page", true)]
    [InlineData("Disallow: /page\nAllow: /page", "/page", true)]
    [InlineData("Disallow: /*.htm\nAllow: /page", "/page.htm", false)]
    [InlineData("Disallow: /caf%c3%a9", "/café", false)]
    [InlineData("Disallow: /café", "/caf%C3%A9/menu", false)]
    [InlineData("Disallow: /%7Euser", "/~user", false)]
    [InlineData("Disallow: /a%2Fb", "/a/b", true)]
    [InlineData("Disallow: /search?q=", "/search?q=x", false)]
    public void The_longest_rule_that_matches_decides(string rules, string path, bool expected) =>
        RobotsTxt.Parse($"User-agent: *\n{rules}", "Evenkeel").Allows(new Uri($"https://site.test{path}")).ShouldBe(expected);

    [Fact]
    public void A_pause_and_sitemaps_are_read_whatever_stands_around_them()
    {
        var robots = RobotsTxt.Parse("\uFEFF" + Groups, "Evenkeel");

        robots.CrawlDelay.ShouldBe(TimeSpan.FromSeconds(2.5));
        robots.Sitemaps.ShouldBe(["https://site.test/map.xml"]);
        RobotsTxt.Parse("User-agent: *\nCrawl-delay: 86400", "Evenkeel").CrawlDelay.ShouldBe(TimeSpan.FromSeconds(10));
        RobotsTxt.Parse("<!doctype html><p>Not found: sorry\n:\nDisallow: /", "Evenkeel").Allows(new Uri("https://site.test/a")).ShouldBeTrue();
    }

    [Fact]
    public void A_pattern_made_to_take_long_does_not()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 1_000)) + "b";
        var address = new Uri("https://site.test/" + new string('a', 1_900));

        // Tried in every way there is, this would outlive the machine.
        RobotsTxt.Parse($"User-agent: *\nDisallow: {pattern}", "Evenkeel").Allows(address).ShouldBeTrue();
    }

    [Theory]
    [InlineData(404, null)]
    [InlineData(403, null)]
    [InlineData(429, KnowledgeReasons.HttpError)]
    [InlineData(500, KnowledgeReasons.HttpError)]
    public async Task A_site_without_rules_allows_everything_and_one_that_is_broken_nothing(int status, string? reason)
    {
        await using var site = await ScriptedSite.StartAsync();
        using var parts = new FetchingParts();
        parts.Network.Serve("site.test", site);
        site.Status("/robots.txt", status);

        if (reason is null)
        {
            await parts.Robots.RequireAllowedAsync(new Uri("http://site.test/page"), Cancelled);
        }
        else
        {
            var failure = await Should.ThrowAsync<FetchFailedException>(() => parts.Robots.RequireAllowedAsync(new Uri("http://site.test/page"), Cancelled));
            (failure.ReasonCode, failure.IsTransient).ShouldBe((reason, true));
        }
    }

    [Fact]
    public async Task The_rules_of_a_site_are_asked_for_once_an_hour_and_only_their_beginning_is_read()
    {
        var clock = new ManualClock();
        await using var site = await ScriptedSite.StartAsync();
        using var parts = new FetchingParts(clock);
        parts.Network.Serve("site.test", site);
        site.On("/robots.txt", async context =>
        {
            await context.Response.WriteAsync("User-agent: *\nDisallow: /private\n");
            var line = "# " + new string('x', 10_000) + "\n";
            for (var i = 0; i < 100; i++)
            {
                await context.Response.WriteAsync(line, context.RequestAborted);
            }

            await context.Response.WriteAsync("Disallow: /late", context.RequestAborted);
        });

        foreach (var pause in new[] { TimeSpan.Zero, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(1) })
        {
            clock.Advance(pause);
            await parts.Robots.RequireAllowedAsync(new Uri("http://site.test/late"), Cancelled);
            (await Should.ThrowAsync<FetchFailedException>(() => parts.Robots.RequireAllowedAsync(new Uri("http://site.test/private"), Cancelled)))
                .ReasonCode.ShouldBe(KnowledgeReasons.Robots);
        }

        site.Requests.Count.ShouldBe(2);
    }
}
