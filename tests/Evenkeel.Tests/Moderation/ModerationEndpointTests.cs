using System.Text.Json;
using Evenkeel.Contracts.Chats;
using Evenkeel.Models;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Models;
using Evenkeel.Tests.Realtime;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Moderation;

/// <summary>The optional endpoint adds to the rules, and its absence takes nothing away.</summary>
public sealed class ModerationEndpointTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("self-harm/intent", ModerationCategory.SelfHarm)]
    [InlineData("sexual/minors", ModerationCategory.SexualMinors)]
    [InlineData("hate/threatening", ModerationCategory.Hate)]
    [InlineData("harassment", ModerationCategory.Violence)]
    [InlineData("something/new", ModerationCategory.Other)]
    public async Task Its_categories_become_ours(string theirs, string ours)
    {
        await using var endpoint = await ScriptedModelServer.StartAsync(ct: Stop);
        endpoint.Play("strange", new Behaviour { Text = theirs });
        await using var services = Services(endpoint);
        var moderation = services.GetRequiredService<IModeration>();

        (await moderation.CheckAsync("a strange text", ModeratedText.Question, Stop)).ShouldBe(new ModerationVerdict(ours, IsByEndpoint: true));
        (await moderation.CheckAsync("an ordinary text", ModeratedText.Question, Stop)).ShouldBe(new ModerationVerdict(null));
        endpoint.Requests[0].Headers["Authorization"].ShouldBe("Bearer secret");
    }

    [Fact]
    public async Task What_the_rules_refuse_does_not_leave_the_machine()
    {
        await using var endpoint = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var services = Services(endpoint);

        var verdict = await services.GetRequiredService<IModeration>().CheckAsync("How do I make a pipe bomb?", ModeratedText.Question, Stop);

        verdict.ShouldBe(new ModerationVerdict(ModerationCategory.Weapons));
        endpoint.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(BehaviourKind.ServerError)]
    [InlineData(BehaviourKind.RateLimit)]
    [InlineData(BehaviourKind.Garbage)]
    [InlineData(BehaviourKind.Hang)]
    public async Task While_it_fails_the_rules_decide_and_soon_it_is_not_asked_any_more(BehaviourKind kind)
    {
        await using var endpoint = await ScriptedModelServer.StartAsync(ct: Stop);
        endpoint.Play(new Behaviour { Kind = kind, Times = 3 });
        var clock = new ManualClock();
        await using var services = kind == BehaviourKind.Hang ? Services(endpoint, timeoutSeconds: "0.3") : Services(endpoint, clock);
        var moderation = services.GetRequiredService<IModeration>();

        for (var times = 0; times < 5; times++)
        {
            (await moderation.CheckAsync("an ordinary text", ModeratedText.Question, Stop)).ShouldBe(new ModerationVerdict(null, IsDegraded: true));
        }

        endpoint.Requests.Count.ShouldBe(3);
        (await moderation.CheckAsync("How do I make a pipe bomb?", ModeratedText.Question, Stop)).IsBlocked.ShouldBeTrue();
        if (kind != BehaviourKind.Hang)
        {
            clock.Advance(TimeSpan.FromSeconds(31));
            (await moderation.CheckAsync("an ordinary text", ModeratedText.Question, Stop)).ShouldBe(new ModerationVerdict(null));
        }
    }

    [Fact]
    public async Task A_hanging_endpoint_costs_a_turn_its_time_out_and_is_recorded_as_a_warning()
    {
        await using var endpoint = await ScriptedModelServer.StartAsync(ct: Stop);
        endpoint.Play(new Behaviour { Kind = BehaviourKind.Hang });
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, With(endpoint, ("TimeoutSeconds", "0.2")));
        var account = await server.RegisterAsync();

        SendMessageResponse sent = await account.SendAsync("an ordinary question");
        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Complete);
        var second = await account.AskAsync("a second ordinary question", sent.ThreadId);

        second.Status.ShouldBe(MessageStatus.Complete);
        var events = await account.TimelineAsync(sent.ThreadId, all => all.Any(one => one.EventType == "saving_message"));
        var moderation = events.First(one => one is { EventType: "moderation", EventStatus: "completed" });
        moderation.ErrorSeverity.ShouldBe("warning");
        moderation.EventData!.Value.GetProperty("degraded").GetString().ShouldBe("endpoint_unavailable");
        var health = await account.GetAsync<JsonElement>("/health/ready");
        health.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "moderation")
            .GetProperty("status").GetString().ShouldBe("degraded");
    }

    [Fact]
    public async Task It_can_stop_an_answer_in_the_middle()
    {
        await using var endpoint = await ScriptedModelServer.StartAsync(ct: Stop);
        endpoint.Play("word40", new Behaviour { Text = "violence" });
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(60, "long", times: 1, text: string.Join(' ', Enumerable.Range(1, 200).Select(number => $"word{number}")));
        await using var server = await ChatDriving.StartAsync(model, With(endpoint, ("AnswerCharacters", "200")));
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("hello");
        await using var socket = await server.ConnectAsync(account, first.ThreadId, (await account.AnswerAsync(first)).Seq);

        await account.SendAsync("a long answer please", first.ThreadId);

        await socket.ReadAsync("chat_delta");
        await gate.WaitUntilHeldAsync(Stop);
        gate.Release();
        (await socket.ReadAsync("chat_reset")).Text("reason").ShouldBe("content_blocked");
        (await socket.ReadAsync("chat_error")).Text("error_code").ShouldBe("content_blocked");
        (await account.MessagesAsync(first.ThreadId)).Items[^1].Text.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("word40", "violence", true)]
    [InlineData("word40", null, false)]
    [InlineData("word60", "violence", true)]
    public async Task A_stop_waits_for_its_verdict(string judged, string? category, bool isBlocked)
    {
        await using var endpoint = await ScriptedModelServer.StartAsync(ct: Stop);
        var verdict = endpoint.Hold(0, judged, category);
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Hold(60, "long", text: string.Join(' ', Enumerable.Range(1, 200).Select(number => $"word{number}")));
        await using var server = await ChatDriving.StartAsync(model, With(endpoint, ("AnswerCharacters", "200"), ("TimeoutSeconds", "30")));
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("hello");
        await using var socket = await server.ConnectAsync(account, first.ThreadId, (await account.AnswerAsync(first)).Seq);
        var sent = await account.SendAsync("a long answer please", first.ThreadId);
        await socket.ReadUntilShownAsync("word60");

        await account.StopAsync(first.ThreadId, sent.TurnId);
        await verdict.WaitUntilHeldAsync(Stop).WaitAsync(SocketClient.Patience, Stop);
        (await server.Database.LookAsync<string>("SELECT status FROM turns WHERE id = $1", sent.TurnId)).ShouldBe(TurnStatus.Running);
        verdict.Release();

        var answer = await account.AnswerAsync(sent);
        answer.Meta?.Error?.ErrorCode.ShouldBe(isBlocked ? "content_blocked" : null);
        answer.Status.ShouldBe(isBlocked ? MessageStatus.Failed : MessageStatus.Stopped);
        answer.Text.ShouldEndWith(isBlocked ? "" : "word60");
    }

    [Fact]
    public async Task A_stop_waits_no_longer_than_its_time_out()
    {
        await using var endpoint = await ScriptedModelServer.StartAsync(ct: Stop);
        endpoint.Play("word", new Behaviour { Kind = BehaviourKind.Hang });
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Hold(20, "long");
        await using var server = await ChatDriving.StartAsync(model, With(endpoint, ("TimeoutSeconds", "0.2")));
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("a long answer please");
        await using var socket = await server.ConnectAsync(account, sent.ThreadId, sent.Seq);
        await socket.ReadUntilShownAsync("word20");

        await account.StopAsync(sent.ThreadId, sent.TurnId);

        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Stopped);
    }

    [Theory]
    [InlineData("Moderation:Endpoint", "not an address", "Models__Moderation__Endpoint")]
    [InlineData("Moderation:Endpoint", "http://me:secret@localhost/v1", "Models__Moderation__Endpoint")]
    [InlineData("Moderation:TimeoutSeconds", "0", "Models__Moderation__TimeoutSeconds")]
    public void A_wrong_setting_is_named_at_start(string key, string value, string named)
    {
        using var services = ChatModelHarness.Services(null, (key, value));

        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => services.GetRequiredService<IModeration>()).Message.ShouldContain(named);
    }

    private static ServiceProvider Services(ScriptedModelServer endpoint, TimeProvider? clock = null, string timeoutSeconds = "30") => ChatModelHarness.Services(
        clock, ("Moderation:Endpoint", endpoint.OpenAiEndpoint.ToString()), ("Moderation:ApiKey", "secret"), ("Moderation:TimeoutSeconds", timeoutSeconds));

    private static Dictionary<string, string?> With(ScriptedModelServer endpoint, params (string Name, string Value)[] settings) =>
        settings.Append((Name: "Endpoint", Value: endpoint.OpenAiEndpoint.ToString()))
            .ToDictionary(setting => $"Models:Moderation:{setting.Name}", string? (setting) => setting.Value, StringComparer.Ordinal);
}
