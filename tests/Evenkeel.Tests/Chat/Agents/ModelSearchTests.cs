using System.Text.RegularExpressions;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Moderation;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat.Agents;

/// <summary>A model that searches the documents by itself while it answers.</summary>
public sealed partial class ModelSearchTests
{
    private const string Question = "How do I resume a stream after a disconnect?";
    private static readonly ScriptedToolCall Search = new("search_documents", """{"query":"password rules"}""");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task What_it_finds_is_numbered_on_and_can_be_cited(string provider)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(Question, new Behaviour { Text = "Let me look.", ToolCalls = [Search], Times = 1 });
        model.Play(Question, new Behaviour { Compose = request => $"Passwords have 10 to 128 characters [{LabelOf(request, "10 to 128")}], see also [1]." });
        await using var server = await (provider == "openai" ? ChatDriving.StartAsync(model) : TestServer.StartAsync(Anthropic(model)));
        var account = await server.RegisterAsync();

        using var response = await account.PostChatAsync(Question, stream: true);
        await response.Content.ReadAsStringAsync(Stop);
        var sent = (await account.GetAsync<Page<ChatThread>>("/api/v1/threads")).Items.ShouldHaveSingleItem();
        var answer = (await account.MessagesAsync(sent.Id)).Items.Single(message => message.Role == "assistant");

        answer.Text.ShouldMatch(@"^Passwords have 10 to 128 characters \[\d+\], see also \[1\]\.$");
        answer.Meta!.Citations!.Count.ShouldBe(2);
        answer.Meta.Citations[1].Index.ShouldBeGreaterThan(1);
        answer.Meta.Citations[1].Snippet.ShouldContain("10 to 128");
        answer.Meta.RetryMeta!.ModelCalls.ShouldBe(2);
        answer.Meta.Quality!.InventedLabels.ShouldBe(0);
        // What was shown before the search was withdrawn; a client that connects later never sees it.
        answer.Meta.RetryMeta.Attempts.ShouldBe(2);
        model.Requests.Count.ShouldBe(2);
        var events = await account.TimelineAsync(sent.Id, all => all.Any(one => one.EventType == TimelineEventType.SavingMessage));
        var search = events.Single(one => one.EventType == TimelineEventType.ToolSearchDocuments && one.EventStatus == TimelineEventStatus.Progress).EventData!.Value;
        search.GetProperty("origin").GetString().ShouldBe("model");
        search.GetProperty("round").GetInt32().ShouldBe(1);
        search.GetRawText().ShouldNotContain("password");
        events.ShouldContain(one => one.EventType == TimelineEventType.AnswerEvaluation);
    }

    [Fact]
    public async Task A_model_that_only_searches_is_made_to_answer_and_searches_nothing_twice()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(Question, new Behaviour { ToolCalls = [Search, new("list", "{}"), new("search_documents", "{}")], OnlyWithTools = true });
        model.Play(Question, new Behaviour { Text = "Reconnect with after_seq [1]." });
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();

        var answer = await account.AskAsync(Question);

        answer.Status.ShouldBe(MessageStatus.Complete);
        answer.Text.ShouldBe("Reconnect with after_seq [1].");
        // The first call, three searches, of which the last asks although it may not, and one without tools.
        model.Requests.Count.ShouldBe(5);
        model.Requests.Count(request => request.HasTools).ShouldBe(4);
        model.Requests[2].Body.ShouldContain("was searched already and found");
        model.Requests[1].Body.ShouldContain("There is no such tool.");
        model.Requests[1].Body.ShouldContain("The query is missing.");
        LabelOf(model.Requests[4], "10 to 128").ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Whoever_takes_over_in_the_middle_gets_what_was_found()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var second = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(Question, new Behaviour { ToolCalls = [Search], Times = 1 });
        model.Play(Question, new Behaviour { Kind = BehaviourKind.ServerError });
        second.Play(Question, new Behaviour { Compose = request => $"As written [{LabelOf(request, "10 to 128")}]." });
        await using var server = await ChatDriving.StartAsync(model, new()
        {
            ["Models:Chat:Retries"] = "0", ["Models:Chat:Fallbacks:0:Provider"] = "openai", ["Models:Chat:Fallbacks:0:Endpoint"] = second.OpenAiEndpoint.ToString(),
            ["Models:Chat:Fallbacks:0:Model"] = "second", ["Models:Chat:Fallbacks:0:Tools"] = "off",
        });
        var account = await server.RegisterAsync();

        var answer = await account.AskAsync(Question);

        answer.Meta!.Fallback.ShouldNotBeNull();
        answer.Meta.Citations!.ShouldHaveSingleItem().Snippet.ShouldContain("10 to 128");
    }

    [Fact]
    public async Task A_chatbot_that_does_not_want_it_and_small_talk_offer_no_tools()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        await account.AskAsync("Hello!");
        await account.SetAsync(new ChatbotSettingsRequest { UseTools = false });
        await account.AskAsync(Question);

        model.Requests.Count.ShouldBe(2);
        model.Requests.ShouldAllBe(request => !request.HasTools);
    }

    [Fact]
    public async Task Stopping_while_the_model_goes_on_after_a_search_keeps_only_what_was_shown()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(Question, new Behaviour { Text = "Let me look.", ToolCalls = [Search], Times = 1 });
        var gate = model.Hold(2, Question, "Passwords are long indeed");
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync(Question);
        await gate.WaitUntilHeldAsync(Stop);

        await account.StopAsync(sent.ThreadId);

        var answer = await account.AnswerAsync(sent);
        answer.Status.ShouldBe(MessageStatus.Stopped);
        answer.Text.ShouldStartWith("Passwords");
        answer.Text.ShouldNotContain("look");
    }

    private static Dictionary<string, string?> Anthropic(ScriptedModelServer model) => new()
    {
        ["Models:Chat:Provider"] = "anthropic", ["Models:Chat:Endpoint"] = model.BaseAddress.ToString(), ["Models:Chat:Model"] = "scripted",
    };

    /// <summary>The label under which a request gives the passage that holds <paramref name="words"/>.</summary>
    private static int LabelOf(ReceivedRequest request, string words)
    {
        var body = Regex.Unescape(request.Body.Replace("\\\"", "'", StringComparison.Ordinal));
        var at = body.IndexOf(words, StringComparison.Ordinal);
        return int.Parse(LabelLine.Matches(body[..at])[^1].Groups[1].ValueSpan);
    }

    [GeneratedRegex(@"\n\[(\d+)\] ")]
    private static partial Regex LabelLine { get; }
}
