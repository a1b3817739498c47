using Evenkeel.Knowledge;
using Evenkeel.Search.Lexical;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search;

public sealed class Bm25Tests
{
    [Fact]
    public void Scores_are_those_of_the_formula()
    {
        // Three passages of lengths 3, 2 and 1: the average is 2. "keel" stands twice in the first and once in the second.
        // idf(keel) = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6 = 0.4700036
        // first:  0.4700036 * 2 * 1.9 / (2 + 0.9 * (0.4 + 0.6 * 3 / 2)) = 1.7860138 / 3.17 = 0.5634113
        // second: 0.4700036 * 1 * 1.9 / (1 + 0.9 * (0.4 + 0.6 * 2 / 2)) = 0.8930069 / 1.9 = 0.4700036
        var index = Index(Passage("en", "keel", "keel", "sail"), Passage("en", "keel", "mast"), Passage("en", "rope"));

        var answer = index.Find(["keel"], "en", 10);

        answer.Candidates.ShouldBe(2);
        answer.Best.Select(hit => hit.Place).ShouldBe([0, 1]);
        answer.Best[0].Score.ShouldBe(0.5634113, 0.00001);
        answer.Best[1].Score.ShouldBe(0.4700036, 0.00001);
    }

    [Fact]
    public void Terms_add_up_and_a_repeated_one_counts_twice()
    {
        var index = Index(Passage("en", "keel", "sail"), Passage("en", "mast", "sail"));

        var keel = index.Find(["keel"], "en", 1).Best[0].Score;
        var sail = index.Find(["sail"], "en", 1).Best[0].Score;

        index.Find(["keel", "sail", "keel", "unknown"], "en", 1).Best[0].Score.ShouldBe((2 * keel) + sail, 0.00001);
    }

    [Fact]
    public void A_word_of_the_heading_outweighs_one_of_the_text()
    {
        var inHeading = Passage("en", "sail", "mast") with { HeadingTerms = ["keel"] };

        Index(Passage("en", "keel", "sail", "mast"), inHeading).Find(["keel"], "en", 2).Best.Select(hit => hit.Place).ShouldBe([1, 0]);
    }

    [Fact]
    public void The_best_are_kept_in_order_and_of_equals_the_first()
    {
        var passages = Enumerable.Range(0, 50).Select(number => Passage("en", [.. Enumerable.Repeat("keel", 1 + (number % 5)), .. Enumerable.Repeat("x", 4 - (number % 5))])).ToArray();

        Index(passages).Find(["keel"], "en", 12).Best.Select(hit => hit.Place).ShouldBe([4, 9, 14, 19, 24, 29, 34, 39, 44, 49, 3, 8]);
    }

    [Fact]
    public void Passages_in_the_questions_language_come_alone_when_both_match()
    {
        var index = Index(Passage("en", "4401", "token"), Passage("zh", "4401", "令牌"), Passage("zh", "过期"));

        index.Find(["4401", "token"], "en", 5).Best.Select(hit => hit.Place).ShouldBe([0]);
        index.Find(["4401", "令牌"], "zh", 5).Best.Select(hit => hit.Place).ShouldBe([1]);
        index.Find(["4401"], "und", 5).Best.Count.ShouldBe(2);
    }

    [Fact]
    public void What_only_the_other_language_says_is_found_too()
    {
        var index = Index(Passage("zh", "ollama", "配置"), Passage("en", "rope"));

        index.Find(["ollama"], "en", 5).Best.ShouldHaveSingleItem().Place.ShouldBe(0);
    }

    [Fact]
    public void An_empty_index_finds_nothing()
    {
        Index().Find(["keel"], "en", 5).Best.ShouldBeEmpty();
    }

    private static PassageIndex Index(params IndexedPassage[] passages)
    {
        var builder = new PassageIndexBuilder();
        foreach (var passage in passages)
        {
            builder.Add(passage);
        }

        return builder.Build();
    }

    private static IndexedPassage Passage(string language, params string[] words)
    {
        var counts = words.CountBy(word => word).ToList();
        return new IndexedPassage
        {
            Id = Guid.CreateVersion7(),
            DocumentId = Guid.CreateVersion7(),
            Title = "",
            HeadingPath = [],
            Text = string.Join(' ', words),
            Language = language,
            Terms = [.. counts.Select(count => count.Key)],
            Frequencies = [.. counts.Select(count => (short)count.Value)],
            HeadingTerms = [],
            TitleTerms = [],
        };
    }
}
