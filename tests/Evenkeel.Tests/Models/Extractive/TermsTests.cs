using Evenkeel.Models.Extractive;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models.Extractive;

public sealed class TermsTests
{
    [Theory]
    [InlineData("resume", "resuming")]
    [InlineData("stream", "streamed")]
    [InlineData("retry", "retries")]
    [InlineData("retry", "retried")]
    [InlineData("box", "boxes")]
    [InlineData("message", "messages")]
    [InlineData("stop", "stopping")]
    [InlineData("install", "installed")]
    [InlineData("close", "closed")]
    [InlineData("guess", "guesses")]
    public void Forms_of_a_word_have_one_stem(string word, string form) => Stemming.Stem(form).ShouldBe(Stemming.Stem(word));

    [Theory]
    [InlineData("status")]
    [InlineData("process")]
    [InlineData("string")]
    [InlineData("speed")]
    [InlineData("4401")]
    [InlineData("this")]
    public void Words_that_only_look_like_forms_stay(string word) => Stemming.Stem(word).ShouldBe(word);

    [Fact]
    public void Relatives_count_less_than_the_word_itself()
    {
        var terms = Terms.Of("The connection was lost; reconnect.");
        terms.Match(Stemming.Stem("reconnecting")).ShouldBe(1);
        terms.Match(Stemming.Stem("disconnect")).ShouldBe(0.6);
        terms.Match("stream").ShouldBe(0);
    }

    [Fact]
    public void Questions_lose_the_words_that_every_question_has()
    {
        QuestionTerms.Of("How do I resume a stream after a disconnect?").Terms.ShouldBe(["resum", "stream", "disconnect"]);
        QuestionTerms.Of("请问断线怎么恢复？").Terms.ShouldBe(["断线", "恢复"]);
        QuestionTerms.Of("what is this?").Terms.ShouldBeEmpty();
        QuestionTerms.Of("").Terms.ShouldBeEmpty();
    }

    [Fact]
    public void Small_words_count_in_pairs() =>
        QuestionTerms.Of("How do I sign up?").Pairs.ShouldContain(("sign", "up"));
}
