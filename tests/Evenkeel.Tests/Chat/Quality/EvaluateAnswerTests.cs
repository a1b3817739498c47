using Evenkeel.Chat.Quality;
using Evenkeel.Contracts.Chats;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat.Quality;

/// <summary>What can be told of an answer by its labels and words.</summary>
public sealed class EvaluateAnswerTests
{
    private static readonly string[] Passages =
    [
        "A stream ticket is valid for 60 seconds and can be used once.", "The Harbour Museum opens at nine on Mondays. Ada Stone built it in 1902.", "流票据的有效期是六十秒，只能使用一次。",
    ];

    [Fact]
    public void Sentences_are_tied_to_the_passages_they_name()
    {
        const string Answer = "A stream ticket is valid for 60 seconds [1]. The museum was built by Ada Stone in 1902. [2]\n\nWould you like to know more?";

        var quality = Of(Answer);

        quality.Answered.ShouldBeTrue();
        quality.CitationCoverage.ShouldBe(1);
        quality.Groundedness.ShouldNotBeNull().ShouldBeGreaterThan(0.85);
        quality.Sentences.Select(sentence => Answer[sentence.Start..sentence.End]).ShouldBe(
            ["A stream ticket is valid for 60 seconds [1].", "The museum was built by Ada Stone in 1902. [2]"]);
        quality.Sentences.Select(sentence => sentence.Citations.ShouldHaveSingleItem()).ShouldBe([1, 2]);
    }

    [Fact]
    public void What_no_passage_holds_weighs_most_where_it_is_a_number_or_a_name()
    {
        var right = Of("The museum was built by Ada Stone in 1902 [2].").Groundedness;
        var wrongWord = Of("The museum was painted by Ada Stone in 1902 [2].").Groundedness;
        var wrongYear = Of("The museum was built by Ada Stone in 1950 [2].").Groundedness;
        var wrongPassage = Of("The museum was built by Ada Stone in 1902 [1].");

        right.ShouldBe(1);
        wrongWord.ShouldNotBeNull().ShouldBeLessThan(1);
        wrongYear.ShouldNotBeNull().ShouldBeLessThan(wrongWord.Value);
        wrongPassage.Groundedness.ShouldBe(0);
        wrongPassage.UnsupportedCitations.ShouldBe(1);
    }

    [Fact]
    public void Invented_labels_are_counted_and_cite_nothing()
    {
        var quality = Of("A stream ticket is valid for 60 seconds [7], and it can be used once [9][7].");

        quality.InventedLabels.ShouldBe(2);
        quality.CitationCoverage.ShouldBe(0);
        quality.Groundedness.ShouldBe(1);
    }

    [Fact]
    public void A_label_at_the_end_of_a_paragraph_stands_for_what_its_passage_holds()
    {
        var quality = Of("A stream ticket is valid for 60 seconds. It can be used once. Bananas grow in warm countries. [1]");

        quality.Sentences.Select(sentence => sentence.Citations.Count).ShouldBe([1, 1, 1]);
        Of("A stream ticket is valid for 60 seconds. Bananas grow in warm countries. A ticket can be used once. [1]").Sentences
            .Select(sentence => sentence.Citations.Count).ShouldBe([1, 0, 1]);
    }

    [Fact]
    public void Chinese_is_measured_by_pairs_of_characters()
    {
        var quality = Of("流票据的有效期是六十秒。[3]香蕉生长在温暖的国家。");

        quality.Sentences.Count.ShouldBe(2);
        quality.Sentences[0].Support.ShouldBe(1);
        quality.Sentences[1].Support.ShouldBeLessThan(0.2);
        quality.CitationCoverage.ShouldBe(0.5);
    }

    [Theory]
    [InlineData("I don't know.")]
    [InlineData("Sorry, I could not find that in the passages.")]
    [InlineData("The passages do not mention the price.")]
    [InlineData("抱歉，资料中没有提到价格。")]
    [InlineData("我不知道。")]
    [InlineData("Ask the front desk. Thank you!")]
    public void Who_says_that_he_does_not_know_has_not_answered(string answer) => Of(answer).Answered.ShouldBeFalse();

    [Fact]
    public void Without_passages_nothing_is_answered() =>
        EvaluateAnswer.Of("The museum opens at nine.", new AnswerBasis([], "")).ShouldSatisfyAllConditions(
            quality => quality.Answered.ShouldBeFalse(), quality => quality.Groundedness.ShouldBe(0), quality => quality.CitationCoverage.ShouldBe(0));

    [Fact]
    public void Measures_stay_within_their_range_and_a_supported_citation_never_lowers_them()
    {
        string[] words = ["The ticket", " is valid", " for 60 seconds", ". ", " Ada Stone", " built it", " in 1902", "。", "流票据的有效期", "是六十秒", " [1]", "[2]", "[9]", "\n", "- ", "?", "`code`"];
        Prop.ForAll(Arb.From(Gen.Elements(words).ListOf().Select(parts => string.Concat(parts))), text =>
        {
            var before = Of(text);
            (before.CitationCoverage ?? 0).ShouldBeInRange(0, 1);
            (before.Groundedness ?? 0).ShouldBeInRange(0, 1);
            before.Sentences.ShouldAllBe(sentence => sentence.Start >= 0 && sentence.Start < sentence.End && sentence.End <= text.Length);
            // A passage that holds all of it supports whatever is said.
            string[] passages = [.. Passages, string.Join('\n', Passages) + "\n" + text];
            var basis = new AnswerBasis(passages, "");
            before = EvaluateAnswer.Of(text, basis);
            if (before.Sentences.Count > 0 && before.Sentences[0] is var first && text[first.End - 1] is '.' or '。')
            {
                var after = EvaluateAnswer.Of(text.Insert(first.End, "[4]"), basis);
                (after.CitationCoverage ?? 0).ShouldBeGreaterThanOrEqualTo(before.CitationCoverage ?? 0);
                (after.Groundedness ?? 0).ShouldBeGreaterThanOrEqualTo(before.Groundedness ?? 0);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    private static AnswerQuality Of(string answer) => EvaluateAnswer.Of(answer, new AnswerBasis(Passages, "Ask the front desk."));
}
