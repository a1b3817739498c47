using Evenkeel.Search.Lexical;
using Shouldly;
using Xunit;
using static Evenkeel.Tests.Search.MadeUpPassages;

namespace Evenkeel.Tests.Search;

public sealed class Bm25Tests
{
    private static readonly RankingWeights Plain = RankingWeights.PlainBm25;

    [Fact]
    public void Scores_are_those_of_the_formula()
    {
        // Three passages of lengths 3, 2 and 1: the average is 2. "keel" stands twice in the first and once in the second.
        // idf(keel) = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6 = 0.4700036
        // first:  0.4700036 * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2)) = 2.0680160 / 3.65 = 0.5665797
        // second: 0.4700036 * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2 / 2)) = 1.0340080 / 2.2 = 0.4700036
        var index = IndexWith(Plain, new("en", "keel", "keel", "sail"), new("en", "keel", "mast"), new("en", "rope"));

        var answer = index.Find("keel");

        answer.Candidates.ShouldBe(2);
        index.Numbers(answer.Best).ShouldBe([0, 1]);
        answer.Best[0].Score.ShouldBe(0.5665797, 0.00001);
        answer.Best[1].Score.ShouldBe(0.4700036, 0.00001);
    }

    [Fact]
    public void Terms_add_up_and_a_repeated_one_counts_twice()
    {
        var index = IndexWith(Plain, new("en", "keel", "sail"), new("en", "mast", "sail"));

        var keel = index.Find("keel").Best[0].Score;
        var sail = index.Find("sail").Best[0].Score;

        index.Find("keel sail keel unknown").Best[0].Score.ShouldBe((2 * keel) + sail, 0.00001);
    }

    [Fact]
    public void A_word_of_the_heading_outweighs_one_of_the_text()
    {
        var index = Index(new("en", "keel", "sail", "mast"), new("en", "sail", "mast") { Headings = ["keel"] });

        index.Numbers(index.Find("keel").Best).ShouldBe([1, 0]);
    }

    [Fact]
    public void Words_that_stand_together_in_the_question_count_more_where_they_stand_together()
    {
        var index = Index(
            new("en", "sail", "mast", "rope", "deck", "helm", "keel", "hull", "fin", "bow", "stern", "jib", "boom", "spar"),
            new("en", "keel", "mast", "rope", "deck", "helm", "hull", "fin", "bow", "stern", "sail", "jib", "boom", "spar"),
            new("en", "mast", "rope", "deck", "helm", "keel", "sail", "hull", "fin", "bow", "stern", "jib", "boom", "spar"));

        var best = index.Find("keel sail").Best;

        index.Numbers(best)[0].ShouldBe(2);
        (best[0].Score - best[2].Score).ShouldBeLessThanOrEqualTo(index.Weights.Proximity * best[2].Score);
    }

    [Fact]
    public void The_best_are_kept_in_order_and_of_equals_the_first()
    {
        var passages = Enumerable.Range(0, 50).Select(number => new MadeUpPassage(
            "en", [.. Enumerable.Repeat("keel", 1 + (number % 5)), .. Enumerable.Repeat("x", 4 - (number % 5))])).ToArray();
        var index = Index(passages);

        index.Numbers(index.Find("keel", limit: 12).Best).ShouldBe([4, 9, 14, 19, 24, 29, 34, 39, 44, 49, 3, 8]);
    }

    [Fact]
    public void Passages_in_the_questions_language_come_alone_when_both_match()
    {
        var index = Index(new("en", "4401", "token"), new("zh", "4401", "令牌"), new("zh", "过期"));

        index.Numbers(index.Find("4401 token").Best).ShouldBe([0]);
        index.Numbers(index.Find("4401 token").OtherLanguage).ShouldBe([1]);
        index.Numbers(index.Find("4401 令牌", "zh").Best).ShouldBe([1]);
    }

    [Fact]
    public void What_only_the_other_language_says_is_found_too()
    {
        var index = Index(new("zh", "ollama", "配置"), new("en", "rope"));

        index.Numbers(index.Find("ollama").Best).ShouldBe([0]);
    }

    [Fact]
    public void Coverage_is_the_share_of_what_the_questions_words_tell()
    {
        var index = Index(new("en", "keel", "sail"), new("en", "keel", "mast"), new("en", "rope"));

        var best = index.Find("keel sail").Best;

        best[0].Coverage.ShouldBe(1, 0.00001);
        // keel in two, sail in one passage, of a hundred.
        var (keel, sail) = (Math.Log(1 + (98.5 / 2.5)), Math.Log(1 + (99.5 / 1.5)));
        best[1].Coverage.ShouldBe(keel / (keel + sail), 0.00001);
        index.Find("rope unknown").Best[0].Coverage.ShouldBeLessThan(0.5);
    }

    [Fact]
    public void An_empty_index_finds_nothing()
    {
        Index().Find("keel").Best.ShouldBeEmpty();
    }
}
