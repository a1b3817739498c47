using System.Text;
using Evenkeel.Knowledge.Fetching;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Fetching;

public sealed class PageRulesTests
{
    [Theory]
    [InlineData("http://site.test", "https://www.site.test:443/#part")]
    [InlineData("https://site.test/a?b=1&a=2", "https://site.test/a?utm_source=mail&a=2&b=1&gclid=x")]
    [InlineData("https://site.test/%7Euser/caf%c3%a9", "https://SITE.test/~user/café")]
    [InlineData("https://site.test/a;jsessionid=12AB", "https://site.test/a?PHPSESSID=9")]
    [InlineData("https://site.test./a", "https://site.test/a")]
    public void Addresses_of_one_page_are_known_as_one(string one, string other) =>
        WebAddress.KeyOf(new Uri(one)).ShouldBe(WebAddress.KeyOf(new Uri(other)));

    [Theory]
    [InlineData("https://site.test/a", "https://site.test/A")]
    [InlineData("https://site.test/a", "https://site.test/a/")]
    [InlineData("https://site.test/a?x=1", "https://site.test/a?x=2")]
    [InlineData("https://site.test/a", "https://site.test:8443/a")]
    [InlineData("https://site.test/a", "https://docs.site.test/a")]
    [InlineData("https://site.test/a%2Fb", "https://site.test/a/b")]
    [InlineData("https://www.test/a", "https://test/a")]
    public void Addresses_of_different_pages_are_not(string one, string other) =>
        WebAddress.KeyOf(new Uri(one)).ShouldNotBe(WebAddress.KeyOf(new Uri(other)));

    [Theory]
    [InlineData("https://site.test/docs/intro", "https://www.site.test/docs/other", true)]
    [InlineData("https://site.test/docs/intro", "http://site.test/docs/", true)]
    [InlineData("https://site.test/docs/", "https://site.test/docs/deep/page", true)]
    [InlineData("https://site.test/docs/", "https://site.test/documents/page", false)]
    [InlineData("https://site.test/docs/", "https://site.test/", false)]
    [InlineData("https://site.test/docs", "https://site.test/anything", true)]
    [InlineData("https://site.test/docs/", "https://other.test/docs/page", false)]
    [InlineData("https://site.test/docs/", "https://docs.site.test/docs/page", false)]
    [InlineData("https://site.test:8443/docs/", "https://site.test/docs/page", false)]
    [InlineData("https://site.test/docs/", "https://site.test/files/manual.pdf", true)]
    [InlineData("https://site.test/docs/", "https://other.test/files/manual.pdf", false)]
    public void One_site_is_one_host_below_the_folder_it_starts_from(string start, string address, bool expected) =>
        new SiteScope(new Uri(start), isWholeHost: false).Has(new Uri(address)).ShouldBe(expected);

    [Theory]
    [InlineData("https://site.test/a/b/c", false)]
    [InlineData("https://site.test/a/b/a/b/a", true)]
    [InlineData("https://site.test/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21", true)]
    [InlineData("https://site.test/list?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9", true)]
    [InlineData("https://site.test/list?a=1&b=2", false)]
    public void Addresses_that_only_programs_make_are_traps(string address, bool expected) => CrawlTraps.Catch(new Uri(address)).ShouldBe(expected);

    [Fact]
    public void An_address_that_is_too_long_is_one_too() => CrawlTraps.Catch(new Uri("https://site.test/" + new string('x', 1_000))).ShouldBeTrue();

    [Theory]
    [InlineData("text/html", "/page.php", ".html")]
    [InlineData("application/xhtml+xml", "/", ".html")]
    [InlineData("application/pdf", "/download?id=3", ".pdf")]
    [InlineData("application/octet-stream", "/manual.DOCX", ".docx")]
    [InlineData("text/plain", "/README.md", ".md")]
    [InlineData("text/plain", "/notes", ".txt")]
    [InlineData(null, "/page", ".html")]
    [InlineData(null, "/table.csv", ".csv")]
    [InlineData("image/png", "/page", null)]
    [InlineData("application/octet-stream", "/program", null)]
    [InlineData("application/json", "/data.pdf", null)]
    public void What_came_is_known_by_its_type_and_else_by_its_name(string? mediaType, string path, string? extension) =>
        PageType.ExtensionOf(mediaType, new Uri($"https://site.test{path}")).ShouldBe(extension);

    [Fact]
    public void A_page_has_one_name_that_can_be_read()
    {
        var name = PageFileName.Of(new Uri("https://www.site.test/guide/%E5%85%A5%E9%97%A8/first%20steps.php?id=1&utm_source=x"), ".html");

        name.ShouldBe(PageFileName.Of(new Uri("http://site.test/guide/入门/first steps.php?id=1#a"), ".html"));
        name.ShouldMatch("^guide-入门-first-steps-[0-9a-f]{10}\\.html$");
        PageFileName.Of(new Uri("https://site.test/guide/入门/first steps.php?id=2"), ".html").ShouldNotBe(name);
        PageFileName.Of(new Uri("https://site.test/"), ".html").ShouldStartWith("index-");
        PageFileName.Of(new Uri("https://site.test/" + new string('x', 1_500)), ".html").Length.ShouldBeLessThan(130);
    }

    [Fact]
    public void Links_are_found_where_a_browser_finds_them()
    {
        var facts = Read(
            """
            <!doctype html><title><a href="title"></title><base href="/docs/">
            <script>document.write('<a href="script">')</script><style><a href="style"></style><!-- <a href="comment"> -->
            <textarea><a href="text"></textarea><noscript><a href="plain">
            <a href=" relative ">x</a><A HREF='/absolute?a=1&amp;b=2'>x</A><area href="//other.test/x"><a href="#part">x</a><a>none</a>
            <a href="mailto:a@site.test">x</a><a href="javascript:void(0)">x</a><a href="http://user:pw@site.test/">x</a>
            <a href="left" rel="external NoFollow">x</a><link rel="canonical" href="self"><link rel="stylesheet" href="x.css">
            """);

        facts.Links.Select(link => link.AbsoluteUri).ShouldBe([
            "https://site.test/docs/plain", "https://site.test/docs/relative", "https://site.test/absolute?a=1&b=2", "https://other.test/x"]);
        facts.Canonical.ShouldBe(new Uri("https://site.test/docs/self"));
        (facts.IsNoIndex, facts.IsNoFollow).ShouldBe((false, false));
    }

    [Theory]
    [InlineData("<meta name=robots content=noindex>", true, false)]
    [InlineData("<META NAME='Robots' CONTENT='NOFOLLOW, noarchive'>", false, true)]
    [InlineData("<meta name=evenkeel content=none>", true, true)]
    [InlineData("<meta name=otherbot content=none>", false, false)]
    public void What_a_page_says_to_programs_is_heard(string html, bool isNoIndex, bool isNoFollow)
    {
        var facts = Read(html + "<a href=a>a</a>");

        (facts.IsNoIndex, facts.IsNoFollow, facts.Links.Count).ShouldBe((isNoIndex, isNoFollow, isNoFollow ? 0 : 1));
    }

    [Fact]
    public void A_page_of_a_million_nested_links_is_read_to_its_limit()
    {
        var facts = Read(string.Concat(Enumerable.Range(0, 200_000).Select(i => $"<div><a href={i}>")));

        facts.Links.Count.ShouldBe(5_000);
    }

    [Fact]
    public void Links_are_read_in_the_encoding_of_the_page()
    {
        var chinese = PageEncoding.Of("GB2312")!;
        var html = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><a href='/入门'>x</a>";

        foreach (var charset in new[] { null, "gb2312" })
        {
            using var content = new MemoryStream(chinese.GetBytes(html));
            HtmlFacts.Read(content, charset, new Uri("https://site.test/")).Links.ShouldHaveSingleItem().AbsolutePath.ShouldBe("/%E5%85%A5%E9%97%A8");
        }
    }

    private static HtmlFacts Read(string html)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(html));
        return HtmlFacts.Read(content, "utf-8", new Uri("https://site.test/start/page"));
    }
}
