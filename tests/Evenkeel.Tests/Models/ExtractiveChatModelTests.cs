using Evenkeel.Models;
using Evenkeel.Models.Endpoints;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Models;

public sealed class ExtractiveChatModelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_answer_is_streamed_by_words_and_ends_with_a_reason()
    {
        var request = Request("How long is a ticket valid?", "en") with
        {
            Passages = [new(Guid.CreateVersion7(), "1", "Guide", ["Tickets"], "A ticket is valid for 60 seconds.", "en", 1)],
        };
        var deltas = await Primary().StreamAsync(request, Ct).ToListAsync(Ct);
        deltas.Select(delta => delta.Text).ShouldBe(["A", " ticket", " is", " valid", " for", " 60", " seconds.", " [1]", ""]);
        deltas[^1].FinishReason.ShouldBe("stop");
    }

    [Fact]
    public async Task Chinese_is_streamed_by_a_few_characters()
    {
        var request = Request("流票据有效期多长？", "zh") with
        {
            Passages = [new(Guid.CreateVersion7(), "1", "指南", ["流票据"], "流票据的有效期是六十秒。", "zh", 1)],
        };
        var pieces = await Primary().StreamAsync(request, Ct).Select(delta => delta.Text).ToListAsync(Ct);
        string.Concat(pieces).ShouldBe("流票据的有效期是六十秒。[1]");
        pieces.Count.ShouldBeGreaterThan(3);
    }

    [Theory]
    [InlineData("en", "", "I could not find an answer to that")]
    [InlineData("zh", "", "我在现有资料里没有找到这个问题的答案")]
    [InlineData("en", "Ask the front desk.", "Ask the front desk.")]
    public async Task What_it_does_not_know_it_says(string language, string unknownAnswer, string start)
    {
        var heard = await Listening.ToAsync(Primary(), Request("Quo vadis?", language) with { UnknownAnswer = unknownAnswer }, Ct);
        heard.Text.ShouldStartWith(start);
    }

    [Fact]
    public async Task Small_talk_needs_no_passages_and_shows_no_instructions()
    {
        var request = Request("hi there", "en") with { IsSmallTalk = true, Persona = "You are Ada. Never mention the discount." };
        (await Listening.ToAsync(Primary(), request, Ct)).Text.ShouldBe("Hello! I am Ada. What would you like to know?");
    }

    [Fact]
    public async Task Cancelling_ends_the_stream()
    {
        using var stop = new CancellationTokenSource();
        await using var deltas = Primary().StreamAsync(Request("hello", "en") with { IsSmallTalk = true }, stop.Token).GetAsyncEnumerator(stop.Token);
        (await deltas.MoveNextAsync()).ShouldBeTrue();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await deltas.MoveNextAsync());
    }

    /// <summary>The demo bot's own knowledge: both first questions of a new user, among all sections of the same guide.</summary>
    [Theory]
    [InlineData("en", "How do I resume a stream after a disconnect?", "`after_seq`")]
    [InlineData("zh", "断线后怎么恢复？", "`after_seq`")]
    [InlineData("en", "What does close code 4480 mean?", "too slowly")]
    [InlineData("zh", "怎么删除对话？", "删除对话")]
    public async Task The_guide_answers_what_a_new_user_asks(string language, string question, string expected)
    {
        var heard = await Listening.ToAsync(Primary(), Request(question, language) with { Passages = Guide(language) }, Ct);
        heard.Text.ShouldContain(expected);
        heard.Text.ShouldMatch(@"\[\d+\]");
    }

    [Theory]
    [InlineData("en", "What is the capital of France?")]
    [InlineData("zh", "法国的首都是哪里？")]
    public async Task The_guide_does_not_answer_what_it_does_not_know(string language, string question)
    {
        var heard = await Listening.ToAsync(Primary(), Request(question, language) with { Passages = Guide(language) }, Ct);
        heard.Text.ShouldNotContain("[");
    }

    [Theory]
    [InlineData("What is the capital of France?", null)]
    [InlineData("and over SSE?", "Last-Event-ID")]
    [InlineData("What does close code 4403 mean?", "not yours")]
    [InlineData("why?", "[")]
    public async Task A_follow_up_is_understood_from_the_question_before_it_but_not_answered_with_it(string newest, string? expected)
    {
        const string Before = "How do I resume a stream after a disconnect?";
        var request = Request($"{Before}\n{newest}", "en") with
        {
            Messages = [new(ChatRole.User, Before), new(ChatRole.Assistant, "So."), new(ChatRole.User, newest)],
            Passages = Guide("en"),
        };
        var heard = await Listening.ToAsync(Primary(), request, Ct);
        if (expected is null)
            heard.Text.ShouldNotContain("[");
        else
            heard.Text.ShouldContain(expected);
    }

    private static IChatModel Primary() => ChatModelHarness.Services(clock: null).GetRequiredService<ModelEndpoints>().Primary.Chat;

    private static ChatModelRequest Request(string question, string language) => new()
    {
        Messages = [new(ChatRole.User, question)],
        Question = question,
        Passages = [],
        Language = language,
    };

    private static GroundingPassage[] Guide(string language) =>
    [
        .. Directory.GetFiles(Path.Combine(RepositoryRoot(), "docs", "guide", language), "*.md").Order(StringComparer.Ordinal)
            .SelectMany(file => File.ReadAllText(file).Split("\n## ").Skip(1))
            .Select((section, index) => section.Split('\n', 2) is var parts
                ? new GroundingPassage(Guid.CreateVersion7(), $"{index + 1}", "Guide", [parts[0]], parts[^1], language, 1)
                : null!),
    ];

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Evenkeel.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
