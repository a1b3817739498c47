using System.IO.Compression;
using System.Text;
using Evenkeel.Knowledge;
using Evenkeel.Knowledge.Fetching;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Fetching;

public sealed class SitemapTests
{
    private const string Pages =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
          <url><loc> https://site.test/a?x=1&amp;y=2 </loc><lastmod>2026-03-04</lastmod><changefreq>daily</changefreq></url>
          <url><image:image><image:loc>https://site.test/picture.png</image:loc></image:image><loc><![CDATA[https://site.test/b]]></loc><lastmod>2026-03-04T10:00:00+02:00</lastmod></url>
          <url><loc>mailto:somebody@site.test</loc></url>
          <url/><url><lastmod>2026</lastmod></url>
        </urlset>
        """;

    [Fact]
    public void Pages_are_read_with_the_moment_they_changed()
    {
        foreach (var content in new[] { Encoding.UTF8.GetBytes(Pages), Packed(Encoding.UTF8.GetBytes(Pages)), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Pages)] })
        {
            Read(content)!.Pages.ShouldBe([
                new SitemapPage(new Uri("https://site.test/a?x=1&y=2"), new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero)),
                new SitemapPage(new Uri("https://site.test/b"), new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.FromHours(2))),
            ]);
        }
    }

    [Fact]
    public void An_index_names_sitemaps_and_a_list_of_lines_names_pages()
    {
        var index = Read("<sitemapindex><sitemap><loc>https://site.test/1.xml</loc></sitemap><sitemap><loc>https://site.test/2.xml.gz</loc></sitemap></sitemapindex>"u8.ToArray())!;
        var lines = Read(Encoding.UTF8.GetBytes($"\r\nhttps://site.test/a\r\n# no\nhttps://site.test/{new string('x', 3_000)}\nhttps://site.test/b"))!;

        (index.Pages.Count, index.Sitemaps.Count).ShouldBe((0, 2));
        lines.Pages.Select(page => page.Address.AbsolutePath).ShouldBe(["/a", "/b"]);
        Read("<html><body>No map</body></html>"u8.ToArray()).ShouldBeNull();
        Read("nothing of the kind"u8.ToArray()).ShouldBeNull();
        Read([]).ShouldBeNull();
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&a;</loc></url></urlset>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><urlset><url><loc>&b;</loc></url></urlset>")]
    [InlineData("<urlset><url><loc>https://site.test/")]
    [InlineData("<urlset><url><loc><b>https://site.test/</b></loc></url></urlset>")]
    public void A_file_that_is_made_to_do_harm_or_broken_is_damaged(string content) =>
        Should.Throw<FetchFailedException>(() => Read(Encoding.UTF8.GetBytes(content))).ReasonCode.ShouldBe(KnowledgeReasons.Corrupt);

    [Fact]
    public void A_file_that_unpacks_without_an_end_is_too_large()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("<urlset>"u8);
            var spaces = new byte[1024 * 1024];
            Array.Fill(spaces, (byte)' ');
            for (var i = 0; i < 52; i++)
            {
                gzip.Write(spaces);
            }
        }

        Should.Throw<FetchFailedException>(() => Read(packed.ToArray())).ReasonCode.ShouldBeOneOf(KnowledgeReasons.TooLarge, KnowledgeReasons.Corrupt);
    }

    private static Sitemap? Read(byte[] content)
    {
        var path = Path.Combine(TestFolder.New("sitemap"), "file");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return Sitemap.Read(path);
    }

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
