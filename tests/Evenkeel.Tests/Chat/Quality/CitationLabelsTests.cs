using System.Text.RegularExpressions;
using Evenkeel.Chat.Quality;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat.Quality;

/// <summary>The forms in which models write what they cite.</summary>
public sealed partial class CitationLabelsTests
{
    [Theory]
    [InlineData("So it is [1].", "So it is [1].")]
    [InlineData("So it is [1, 2] and [2][3].", "So it is [1][2] and [2][3].")]
    [InlineData("So it is [1-3], 〔1〕 and [ 1 ].", "So it is [1][2][3], 〔1〕 and [ 1 ].")]
    [InlineData("有效期为六十秒【1】。另见【1、2】和［3］。", "有效期为六十秒[1]。另见[1][2]和[3]。")]
    [InlineData("See 【2†source】 and [Source 1] and [^3].", "See [2] and [1] and [3].")]
    [InlineData("See 【1†guide.md, 2†faq】, 【1† 12】 and 【1†Guide, part 2】.", "See [1][2], [1] and 【1†Guide, part 2】.")]
    [InlineData("One [1, 99] invented, all [98] or [70-72] invented.", "One [1][99] invented, all [98] or [70-72] invented.")]
    [InlineData("(1) is a list, [1-300] and [0-3] are ranges, [1990] a year, [x, 2] a pair.", "(1) is a list, [1-300] and [0-3] are ranges, [1990] a year, [x, 2] a pair.")]
    [InlineData("In code `a[1, 2]` stays [1;2]", "In code `a[1, 2]` stays [1][2]")]
    [InlineData("An open [1, 2", "An open [1, 2")]
    [InlineData("[[1, 2]] and [see [3]]", "[[1][2]] and [see [3]]")]
    public void Labels_are_brought_into_one_form_whatever_pieces_they_come_in(string written, string expected)
    {
        Whole(written, written.Length).ShouldBe(expected);
        Whole(written, 1).ShouldBe(expected);
        Whole(written, 3).ShouldBe(expected);
    }

    [Fact]
    public void Nothing_else_is_changed_and_nothing_is_lost() =>
        Prop.ForAll(Arb.From(Gen.Elements("a", " ", "[", "]", "【", "】", "1", "12", ",", "-", "`", "\n", "。", "†", "😀").ListOf().Select(parts => string.Concat(parts))), text =>
        {
            var once = Whole(text, 2);
            Whole(once, 5).ShouldBe(once);
            Whole(text, text.Length).ShouldBe(once);
            Digits(Title.Replace(text, "")).IsSubsetOf(Digits(once).Concat(["2", "3", "4", "5", "6", "7", "8", "9", "10", "11"])).ShouldBeTrue();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Labels_are_found_outside_code_and_links() =>
        CitationLabels.Find("A [1] b `x[2]` c [3](https://e.org) d [12].\n```\n[4]\n```\ne [5] [٣] [1234]").Select(label => label.Number).ShouldBe([1, 12, 5]);

    // What stands behind a dagger names the source: digits in it are no labels, and go with it.
    [GeneratedRegex("†[^]】,]*")]
    private static partial Regex Title { get; }

    private static HashSet<string> Digits(string text) => [.. text.Split(['a', ' ', '[', ']', '【', '】', ',', '-', '`', '\n', '。', '†'], StringSplitOptions.RemoveEmptyEntries).Where(part => part.All(char.IsAsciiDigit) && part.Length < 4)];

    private static string Whole(string text, int size)
    {
        var labels = new LabelStream(() => 3);
        return string.Concat(text.Chunk(Math.Max(1, size)).Select(piece => labels.Take(new string(piece)))) + labels.End();
    }
}
