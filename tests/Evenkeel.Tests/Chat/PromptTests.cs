using System.Text.Json;
using System.Text.RegularExpressions;
using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>What reaches the model.</summary>
public sealed partial class PromptTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_conversation_reaches_the_next_prompt_in_order()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play("alpha", new Behaviour { Text = "answer to alpha" });
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("the question about alpha stands here");
        await account.AnswerAsync(first);

        await account.AskAsync("and here the question about beta", first.ThreadId);

        Conversation(model.Requests[^1]).ShouldBe(
            ["user: the question about alpha stands here", "assistant: answer to alpha", "user: and here the question about beta"]);
    }

    [Fact]
    public async Task Answers_to_questions_sent_ahead_stand_beside_their_questions()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(0, "alpha", "answer to alpha");
        model.Play("beta", new Behaviour { Text = "answer to beta" });
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("the long question about alpha");
        await gate.WaitUntilHeldAsync(Stop);
        await account.SendAsync("the long question about beta", first.ThreadId);
        var third = await account.SendAsync("the long question about gamma", first.ThreadId);
        gate.Release();

        await account.AnswerAsync(third);

        Conversation(model.Requests[^1]).ShouldBe(
        [
            "user: the long question about alpha", "assistant: answer to alpha", "user: the long question about beta", "assistant: answer to beta",
            "user: the long question about gamma",
        ]);
    }

    [Fact]
    public async Task Replaced_and_failed_answers_are_forgotten_even_when_a_failure_stands_between()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play("alpha", new Behaviour { Text = "first try", Times = 1 });
        model.Play("alpha", new Behaviour { Kind = BehaviourKind.ServerError, Times = 1 });
        model.Play("alpha", new Behaviour { Text = "last try", Times = 1 });
        await using var server = await ChatDriving.StartAsync(model, ChatDriving.WithoutSecondChance);
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("the long question about alpha");
        var first = await account.AnswerAsync(sent);
        var failed = await account.AnswerAsync(await account.RegenerateAsync(first.Id));
        failed.Status.ShouldBe(MessageStatus.Failed);
        await account.AnswerAsync(await account.RegenerateAsync(failed.Id));

        await account.AskAsync("the long question about beta", sent.ThreadId);

        Conversation(model.Requests[^1]).ShouldBe(
            ["user: the long question about alpha", "assistant: last try", "user: the long question about beta"]);
    }

    [Fact]
    public async Task Long_histories_and_many_passages_keep_within_the_budgets()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var settings = new Dictionary<string, string?> { ["Chat:HistoryTokens"] = "300", ["Chat:ContextTokens"] = "400" };
        await using var server = await ChatDriving.StartAsync(model, settings);
        var account = await server.RegisterAsync();
        var filler = string.Join(' ', Enumerable.Repeat("resume stream disconnect", 20));
        var first = await account.SendAsync($"number 0 {filler}");
        await account.AnswerAsync(first);
        for (var number = 1; number <= 6; number++)
        {
            await account.AskAsync($"number {number} {filler}", first.ThreadId);
        }

        await account.AskAsync("How do I resume a stream after a disconnect?", first.ThreadId);

        var prompt = model.Requests[^1];
        var conversation = Conversation(prompt);
        conversation.ShouldNotContain(line => line.Contains("number 0", StringComparison.Ordinal));
        conversation[^1].ShouldBe("user: How do I resume a stream after a disconnect?");
        conversation.SkipLast(1).Sum(line => line.Length).ShouldBeLessThan(300 * 4);
        // At least the best passage goes in, at most the budget and that one.
        var question = Messages(prompt).Last().Text;
        question.ShouldContain("\n[1] ");
        question.Length.ShouldBeLessThan((400 * 4) + 4000);
        Messages(prompt).First().Text.ShouldNotContain("[3]", customMessage: "passages have no authority");
    }

    /// <summary>What was said; the passages before the last question are left out.</summary>
    private static List<string> Conversation(ReceivedRequest request) =>
        [.. Messages(request).Where(message => message.Role != "system").Select(message => $"{message.Role}: {Material.Replace(message.Text, "")}")];

    [GeneratedRegex(@"^[\s\S]*</documents-[0-9a-f]+>\s*")]
    private static partial Regex Material { get; }

    private static IEnumerable<(string Role, string Text)> Messages(ReceivedRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return [.. body.RootElement.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString()!, Text(message.GetProperty("content"))))];
    }

    private static string Text(JsonElement content) =>
        content.ValueKind == JsonValueKind.String ? content.GetString()! : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
}
