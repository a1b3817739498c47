using System.Text;
using Evenkeel.Knowledge;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Reading;

public sealed class TextReadingTests(ReadingFiles files) : IClassFixture<ReadingFiles>
{
    private const string Chinese = "龙骨让船在风中保持平稳，这就是它的作用。海港的导航每个季节都需要一双稳定的手，船长们都知道这一点。";

    static TextReadingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string, bool> Encodings => new()
    {
        { "utf-8", false }, { "utf-8", true }, { "utf-16", true }, { "utf-16BE", true }, { "utf-16", false }, { "gb18030", false }, { "big5", false },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Text_of_any_usual_encoding_is_read(string name, bool withMark)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = name == "big5" ? "龍骨讓船在風中保持平穩，這就是它的作用。海港的導航每個季節都需要一雙穩定的手，船長們都知道這一點。" : name == "utf-16" && !withMark ? "Plain words in wide letters." : Chinese;
        byte[] bytes = [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];

        ReadingFiles.Here(files.Write("text.txt", bytes)).Passages.ShouldHaveSingleItem().Text.ShouldBe(text);
    }

    [Fact]
    public void A_page_is_read_by_its_declared_charset_and_loses_what_stands_around_the_content()
    {
        var page = $$"""
            <!-- c --><!DOCTYPE html><html><head><meta charset="gb2312"><title>Site title</title><style>p{}</style></head><body>
            <nav><a href="/x">Menu</a></nav><header>Logo</header>
            <main><h1 id="top">手册 <a href="#top">#</a></h1><p>{{Chinese}}</p>
            <script>alert("never")</script><p hidden>never</p>
            <h2 id="fees">Fees &amp; more</h2><p>See <a href="../list.html">the   list</a>,<br>use <code>a_b</code>.</p>
            <ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul><ol start="3"><li><p>three</p></li></ol>
            <p id="p2">Below.</p><table><caption>Prices</caption><thead><tr><th>Boat<th>Fee<tbody><tr><td>Sloop<td>12</table>
            <h2><a name="code"></a>Code</h2><pre><code>if (x) {
              y();
            }</code></pre></main><aside>Advertisement</aside><footer>Imprint</footer></body></html>
            """;
        var file = files.Write("page.html", Encoding.GetEncoding("gb2312").GetBytes(page)) with { Url = "https://example.org/docs/page.html" };

        var read = ReadingFiles.Here(file);

        read.Title.ShouldBe("手册");
        ReadingFiles.Shown(read).ShouldBe(
        [
            $" [#top] {Chinese}",
            "Fees & more [#fees] See [the list](https://example.org/list.html),\nuse `a_b`.\n\n- one\n  - inner\n- two\n\n3. three\n\nBelow.\n\nPrices\n\n| Boat | Fee |\n| --- | --- |\n| Sloop | 12 |",
            "Code [#code] ```\nif (x) {\n  y();\n}\n```",
        ]);
    }

    [Theory]
    [InlineData("a.csv", "Boat;Built;Price\nSloop;2001;12,5\n\"Ke;tch\";1999;\"18\"\"\"\n", "| Boat | Built | Price |\n| --- | --- | --- |\n| Sloop | 2001 | 12,5 |\n| Ke;tch | 1999 | 18\" |")]
    [InlineData("a.tsv", "Boat\tPrice\nSloop, old\t12\nKetch\t\n", "| Boat | Price |\n| --- | --- |\n| Sloop, old | 12 |\n| Ketch |  |")]
    public void Delimited_rows_become_a_table(string name, string text, string expected)
    {
        var passage = ReadingFiles.Here(files.Write(name, text)).Passages.ShouldHaveSingleItem();

        passage.Text.ShouldBe(expected);
        (passage.Place!.FirstRow, passage.Place.LastRow).ShouldBe((2, 3));
    }

    [Fact]
    public void The_type_is_what_content_name_and_media_type_agree_on()
    {
        byte[] markdown = "# Title\n\ntext"u8.ToArray();

        ReadingFiles.Here(files.Write("page.php", "<html><p>x</p>"u8.ToArray(), "text/html; charset=utf-8")).Passages[0].Text.ShouldBe("x");
        ReadingFiles.Here(files.Write("fetched", markdown, "text/markdown")).Title.ShouldBe("Title");
        ReadingFiles.Here(files.Write("README", markdown)).Passages[0].Text.ShouldStartWith("# Title");
        ReadingFiles.ReasonHere(files.Write("code.cs", markdown, "text/x-csharp")).ShouldBe(KnowledgeReasons.UnsupportedType);
        ReadingFiles.ReasonHere(files.Write("notes.pdf", markdown)).ShouldBe(KnowledgeReasons.WrongType);
        ReadingFiles.ReasonHere(files.Write("login.csv", "<!DOCTYPE html><title>Sign in</title>")).ShouldBe(KnowledgeReasons.WrongType);
    }

    [Fact]
    public void A_given_title_wins_and_no_title_is_longer_than_may_be_stored()
    {
        ReadingFiles.Here(files.Write("a.md", "# Found\n\nx") with { Title = "Given" }).Title.ShouldBe("Given");
        ReadingFiles.Here(files.Write("a.md", "# " + new string('x', 500) + "\n\nx")).Title.Length.ShouldBe(200);
        ReadingFiles.Here(files.Write("a.txt", "one\u0000two\uFFFD " + string.Concat(Enumerable.Repeat("many words ", 200)))).Passages.ShouldAllBe(passage => !passage.Text.Contains('\0'));
    }
}
