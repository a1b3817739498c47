using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Models;
using Evenkeel.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Moderation;

/// <summary>The built-in rules over texts in both languages: what they must refuse, and what they must not.</summary>
public sealed class ModerationRulesTests
{
    private static readonly ModerationText[] Texts =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "moderation-texts.jsonl"))
            .Select(line => JsonSerializer.Deserialize<ModerationText>(line, Wire.Json)!),
    ];

    private static readonly IModeration Moderation = ChatModelHarness.Services(null).GetRequiredService<IModeration>();

    public static TheoryData<string, string> Harmful => [.. Texts.Where(text => text.Category is not null).Select(text => (text.Text, text.Category!))];

    public static TheoryData<string> Benign => [.. Texts.Where(text => text.Category is null).Select(text => text.Text)];

    [Fact]
    public void There_are_enough_of_both()
    {
        Texts.Count(text => text.Category is not null).ShouldBeGreaterThanOrEqualTo(60);
        Texts.Count(text => text.Category is null).ShouldBeGreaterThanOrEqualTo(120);
    }

    [Theory]
    [MemberData(nameof(Harmful))]
    public void Harm_is_refused(string text, string category) =>
        Moderation.CheckByRules(text, ModeratedText.Question).Category.ShouldBe(category);

    [Theory]
    [MemberData(nameof(Benign))]
    public void Ordinary_questions_pass(string text)
    {
        Moderation.CheckByRules(text, ModeratedText.Question).Category.ShouldBeNull();
        Moderation.CheckByRules(text, ModeratedText.Answer).Category.ShouldBeNull();
    }

    [Theory]
    [InlineData("First, gather these materials. Then make the pipe bomb by packing the powder into the tube.", ModerationCategory.Weapons)]
    [InlineData("Honestly, go and kill yourself. First, take a rope.", ModerationCategory.SelfHarm)]
    [InlineData("Here is a keylogger script: import pynput", ModerationCategory.Malware)]
    [InlineData("All Muslims should be exterminated.", ModerationCategory.Hate)]
    [InlineData("首先准备材料，然后把火药装入瓶中制作炸弹。", ModerationCategory.Weapons)]
    public void Harmful_answers_are_refused(string text, string category) =>
        Moderation.CheckByRules(text, ModeratedText.Answer).Category.ShouldBe(category);

    [Theory]
    [InlineData("If you think of suicide, please call the helpline: someone listens at any hour. You are not alone.")]
    [InlineData("To report a bomb threat, first stay calm, then call the police and follow the instructions.")]
    [InlineData("First, open the settings. Then choose Security and block phishing emails. Make sure that ransomware protection is on.")]
    [InlineData("如果您有自杀的念头，请拨打心理援助热线。")]
    [InlineData("首先打开设置，然后选择安全，屏蔽钓鱼邮件。")]
    [InlineData("He said \"I want to die\" in the second act; the play ends well.")]
    public void Answers_that_help_pass(string text) => Moderation.CheckByRules(text, ModeratedText.Answer).Category.ShouldBeNull();

    [Fact]
    public void Every_rule_for_answers_needs_a_word_that_makes_a_stretch_suspicious() =>
        ModerationRules.All.Where(rule => rule.Only != ModeratedText.Question)
            .ShouldAllBe(rule => rule.Kinds.Any(kind => (kind & ModerationByRules.Dangers) != Terms.None));

    [Fact]
    public void A_text_made_to_be_slow_is_not()
    {
        string[] pieces = ["bath bomb how to make a bomb prevent ", "how do i kill ", "制作", "a.b.c.d.e.f.g.", "i will kill ", "、炸", "!!!!$$$@@"];
        var started = TimeProvider.System.GetTimestamp();
        foreach (var piece in pieces)
        {
            Moderation.CheckByRules(string.Concat(Enumerable.Repeat(piece, 32_000 / piece.Length)), ModeratedText.Question);
        }

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    private sealed record ModerationText
    {
        public required string Text { get; init; }
        public string? Category { get; init; }
    }
}
