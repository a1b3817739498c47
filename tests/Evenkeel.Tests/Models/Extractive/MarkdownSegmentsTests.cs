using Evenkeel.Models.Extractive;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Extractive;

public sealed class MarkdownSegmentsTests
{
    [Theory]
    [InlineData("It works. It scales! Does it? Yes.", "It works.|It scales!|Does it?|Yes.")]
    [InlineData("Use a broker, e.g. RabbitMQ, from version 3.2 on. Dr. Who agrees.", "Use a broker, e.g. RabbitMQ, from version 3.2 on.|Dr. Who agrees.")]
    [InlineData("Open config.json and run `a. B? C!` first. Then wait.", "Open config.json and run `a. B? C!` first.|Then wait.")]
    [InlineData("He said \"stop.\" Then it stopped.", "He said \"stop.\"|Then it stopped.")]
    [InlineData("断线后重新连接。服务器会补发！明白吗？好。", "断线后重新连接。|服务器会补发！|明白吗？|好。")]
    [InlineData("先停止服务器；再复制数据目录。“完成。”然后启动。", "先停止服务器；再复制数据目录。|“完成。”|然后启动。")]
    [InlineData("J.R.R. Tolkien (c. 1892) wrote \"It rose... It fell.\" to Dr. Who in the U.S. army at 3.5 km. He left?! Yes.",
        "J.R.R. Tolkien (c. 1892) wrote \"It rose... It fell.\" to Dr. Who in the U.S. army at 3.5 km.|He left?!|Yes.")]
    [InlineData("Am 3. Oktober kam er, d. h. z. B. mit Nr. 7. Danach ging er.", "Am 3. Oktober kam er, d. h. z. B. mit Nr. 7.|Danach ging er.")]
    [InlineData("他说：“好。走吧。”然后离开。真的？！是的……对。", "他说：“好。走吧。”|然后离开。|真的？！|是的……对。")]
    public void Prose_is_split_into_whole_sentences(string prose, string sentences) =>
        Texts(prose).ShouldBe(sentences.Split('|'));

    [Fact]
    public void Wrapped_lines_are_joined_with_a_space_only_where_the_language_has_one()
    {
        Texts("One sentence over\ntwo lines.").ShouldBe(["One sentence over two lines."]);
        Texts("一句话分成\n两行。").ShouldBe(["一句话分成两行。"]);
    }

    [Fact]
    public void Steps_list_items_and_code_stay_whole()
    {
        var segments = MarkdownSegments.Split("""
            ## Install

            Do this:

            1. Clone it. Then enter the folder.
            2. Start it:
               `./run`

            - one
              - nested
            - two

            ```bash
            ./run --urls http://a. B

            ./test
            ```
            """);
        segments.Select(segment => segment.Kind).ShouldBe(
        [
            SegmentKind.Sentence, SegmentKind.Step, SegmentKind.Step, SegmentKind.ListItem, SegmentKind.ListItem, SegmentKind.Code,
        ]);
        segments[1].Text.ShouldBe("1. Clone it. Then enter the folder.");
        segments[2].Text.ShouldBe("2. Start it: `./run`");
        segments[3].Text.ShouldBe("- one\n  - nested");
        segments[5].Text.ShouldBe("```bash\n./run --urls http://a. B\n\n./test\n```");
        segments.ShouldAllBe(segment => segment.Heading == "Install");
        segments[1].Block.ShouldBe(segments[2].Block);
        segments[3].Block.ShouldNotBe(segments[2].Block);
    }

    [Fact]
    public void Table_rows_are_read_as_name_and_meaning() =>
        Texts("| setting | meaning |\n|---|---|\n| `Urls` | where to listen |\n| `Roles` | web, worker |")
            .ShouldBe(["- `Urls`: where to listen", "- `Roles`: web, worker"]);

    [Fact]
    public void Cells_of_wide_tables_are_named_by_their_head() =>
        Texts("| plan | users | price |\n|---|---|---|\n| Basic | 5 | 10 |\n| Pro | | 20 |\n\n| a | b | c |")
            .ShouldBe(["- Basic – users: 5; price: 10", "- Pro – price: 20", "- a: b; c"]);

    [Fact]
    public void Relative_links_images_and_foot_notes_lose_their_brackets() =>
        Texts("See [the guide](guide.md#top), ![a picture](x.png)[the site](https://example.org) and the source [3].")
            .ShouldBe(["See the guide, [the site](https://example.org) and the source."]);

    [Fact]
    public void Empty_and_unfinished_Markdown_is_survived()
    {
        MarkdownSegments.Split("").ShouldBeEmpty();
        MarkdownSegments.Split("\n\n---\n\n# \n>\n|\n").ShouldBeEmpty();
        Texts("```\nnever closed").ShouldBe(["```\nnever closed\n```"]);
    }

    private static string[] Texts(string markdown) => [.. MarkdownSegments.Split(markdown).Select(segment => segment.Text)];
}
