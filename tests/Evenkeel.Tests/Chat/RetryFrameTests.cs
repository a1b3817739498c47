using System.Net;
using System.Text.Json;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>What people see when a model fails and the turn goes on.</summary>
public sealed class RetryFrameTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_retry_is_told_with_its_wait_and_a_deadline_that_covers_it()
    {
        await using var scene = await Scene.StartAsync(ChatDriving.WithShortWaits);
        scene.Model.Play("doomed", new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 1, Times = 1 });

        var sent = await scene.Account.SendAsync("a doomed question", scene.Thread);

        var retrying = await scene.Socket.ReadAsync("retrying");
        retrying.Text("turn_id").ShouldBe(sent.TurnId.ToString());
        retrying.Number("attempt").ShouldBe(1);
        retrying.Number("model_call").ShouldBe(2);
        retrying.Number("retry_in_ms").ShouldBeInRange(1000, 1001);
        (retrying.GetProperty("deadline").GetDateTimeOffset() - TimeProvider.System.GetUtcNow()).ShouldBeGreaterThan(TimeSpan.FromSeconds(30));
        (await scene.Socket.ReadAsync("typing")).Text("turn_id").ShouldBe(sent.TurnId.ToString());
        var answer = await scene.Account.AnswerAsync(sent);
        answer.Status.ShouldBe(MessageStatus.Complete);
        answer.Meta!.RetryMeta.ShouldBe(new RetryMeta(1, 2));
        answer.Meta.Model.ShouldBe("scripted");
        answer.Meta.Fallback.ShouldBeNull();
    }

    [Fact]
    public async Task Text_shown_before_a_retry_is_withdrawn_and_the_answer_comes_under_a_new_attempt()
    {
        await using var scene = await Scene.StartAsync(ChatDriving.WithShortWaits);
        scene.Model.Play("doomed", new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = 3, Times = 1 });
        var gate = scene.Model.Hold(2, "doomed");

        var sent = await scene.Account.SendAsync("a doomed question", scene.Thread);

        (await scene.Socket.ReadAsync("chat_delta")).Number("attempt").ShouldBe(1);
        var reset = await scene.Socket.ReadAsync("chat_reset");
        reset.Number("attempt").ShouldBe(2);
        reset.Text("reason").ShouldBe("model_retry");
        (await scene.Socket.ReadAsync("retrying")).Number("attempt").ShouldBe(2);
        var again = await scene.Socket.ReadAsync("chat_delta");
        (again.Number("attempt"), again.Number("offset")).ShouldBe((2, 0));
        await gate.WaitUntilHeldAsync(Stop);
        await using var late = await scene.Server.ConnectAsync(scene.Account, scene.Thread, sent.Seq);
        (await late.ReadAsync("chat_delta")).Number("attempt").ShouldBe(2);
        gate.Release();
        var answer = await scene.Account.AnswerAsync(sent);
        answer.Text.ShouldStartWith("word1 word2 word3 word4");
        answer.Meta!.RetryMeta.ShouldBe(new RetryMeta(2, 2));
    }

    [Fact]
    public async Task The_timeline_tells_of_retries_and_fallbacks_without_a_word_of_the_provider()
    {
        await using var fallback = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var scene = await Scene.StartAsync(new(ChatDriving.WithShortWaits)
        {
            ["Models:Chat:Retries"] = "1", ["Models:Chat:Fallbacks:0:Provider"] = "anthropic", ["Models:Chat:Fallbacks:0:Model"] = "second",
            ["Models:Chat:Fallbacks:0:Endpoint"] = fallback.BaseAddress.ToString(), ["Models:Chat:Fallbacks:0:ApiKey"] = "planted-key",
        });
        scene.Model.Play("doomed", new Behaviour { Kind = BehaviourKind.ServerError, Status = 503 });

        var answer = await scene.Account.AnswerAsync(await scene.Account.SendAsync("a doomed question", scene.Thread));

        answer.Status.ShouldBe(MessageStatus.Complete);
        answer.Meta!.Model.ShouldBe("second");
        answer.Meta.Fallback.ShouldBe("scripted");
        answer.Meta.RetryMeta.ShouldBe(new RetryMeta(1, 3));
        var events = await scene.Account.TimelineAsync(scene.Thread, all => all.Any(one => one.TurnId == answer.TurnId && one.EventType == "saving_message"));
        var retry = events.Single(one => one.EventType == TimelineEventType.ModelRetry);
        retry.EventStatus.ShouldBe("progress");
        retry.UserMessage.ShouldContain("trying again");
        var facts = retry.EventData!.Value;
        (facts.Text("model"), facts.Text("error_code"), facts.Number("http_status"), facts.Number("model_call")).ShouldBe(("scripted", "llm_unavailable", 503, 2));
        var change = events.Single(one => one.EventType == TimelineEventType.ModelFallback).EventData!.Value;
        (change.Text("from"), change.Text("to"), change.GetProperty("breaker_open").GetBoolean()).ShouldBe(("scripted", "second", false));
        var all = JsonSerializer.Serialize(events);
        all.ShouldNotContain("scripted failure");
        all.ShouldNotContain("planted-key");
        all.ShouldNotContain("127.0.0.1");
    }

    [Fact]
    public async Task When_every_model_failed_the_documents_answer_and_the_message_says_so()
    {
        await using var scene = await Scene.StartAsync(new(ChatDriving.WithShortWaits) { ["Models:Chat:Retries"] = "1" });
        scene.Model.Play(new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = 2 });

        var sent = await scene.Account.SendAsync("How long is an access token valid?", scene.Thread);

        (await scene.Socket.ReadAsync("chat_reset")).Text("reason").ShouldBe("model_retry");
        var reset = await scene.Socket.ReadAsync("chat_reset");
        (reset.Text("reason"), reset.Number("attempt")).ShouldBe(("model_fallback", 3));
        var answer = await scene.Account.AnswerAsync(sent);
        answer.Status.ShouldBe(MessageStatus.Complete);
        answer.Text.ShouldContain("15 minutes");
        answer.Meta!.Model.ShouldBe("evenkeel-extractive");
        answer.Meta.Fallback.ShouldBe("scripted");
        answer.Meta.Citations.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_wait_too_long_for_the_turn_is_told_with_the_error()
    {
        await using var scene = await Scene.StartAsync(new(ChatDriving.WithShortWaits) { ["Models:Chat:ExtractiveFallback"] = "false" });
        scene.Model.Play("doomed", new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 600 });

        await scene.Account.SendAsync("a doomed question", scene.Thread);

        var error = await scene.Socket.ReadAsync("chat_error");
        error.Text("error_code").ShouldBe("llm_unavailable");
        error.Number("retry_after_s").ShouldBeInRange(600, 601);
        scene.Model.Requests.Count(request => request.LastUserMessage.Contains("doomed", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_stop_during_the_wait_ends_the_turn_at_once()
    {
        await using var scene = await Scene.StartAsync([]);
        scene.Model.Play("doomed", new Behaviour { Kind = BehaviourKind.RateLimit, RetryAfterS = 60 });
        var sent = await scene.Account.SendAsync("a doomed question", scene.Thread);
        await scene.Socket.ReadAsync("retrying");

        await scene.Account.StopAsync(scene.Thread, sent.TurnId);

        var answer = await scene.Account.AnswerAsync(sent);
        answer.Status.ShouldBe(MessageStatus.Stopped);
        answer.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_open_breaker_of_an_endpoint_holds_for_every_conversation()
    {
        await using var scene = await Scene.StartAsync(ChatDriving.WithoutSecondChance);
        scene.Model.Play("doomed", new Behaviour { Kind = BehaviourKind.ServerError });
        var strangers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scene.Server.RegisterAsync()));
        await Task.WhenAll(strangers.Select(stranger => stranger.AskAsync("a doomed question")));
        var asked = scene.Model.Requests.Count;

        var answer = await scene.Account.AskAsync("an ordinary question", scene.Thread);

        answer.Meta!.Error!.ErrorCode.ShouldBe("llm_unavailable");
        answer.Meta.Error.RetryAfterSeconds!.Value.ShouldBeInRange(1, 5);
        scene.Model.Requests.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task A_web_node_shows_administrators_the_breakers_of_its_workers()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var web = await ChatDriving.StartAsync(model, new() { ["Roles"] = "web" });
        await using var worker = await ChatDriving.StartAsync(
            model, new(ChatDriving.WithoutSecondChance) { ["Roles"] = "worker", ["Models:Chat:BreakSeconds"] = "600" }, web.Database);
        model.Play(new Behaviour { Kind = BehaviourKind.ServerError });
        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => web.RegisterAsync()));
        await Task.WhenAll(people.Select(person => person.AskAsync("a doomed question")));

        var check = await Eventually.SeeAsync("the open breaker", async () =>
        {
            var report = await people[0].GetAsync<JsonElement>("/health/ready");
            var found = report.GetProperty("checks").EnumerateArray().Single(one => one.Text("name") == "model");
            return found.Text("status") == "degraded" ? found.GetRawText() : null;
        });

        check.ShouldContain("\"breaker\":\"open\"");
        check.ShouldContain("\"retry_at\":");
        check.ShouldContain("llm_unavailable");
    }

    [Fact]
    public async Task A_web_node_says_when_nobody_runs_turns_and_when_somebody_does_again()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var web = await ChatDriving.StartAsync(model, new() { ["Roles"] = "web" });
        var owner = await web.RegisterAsync();

        await Eventually.HoldAsync("that there is none", async () => (await WorkersAsync(owner)).Text("status") == "degraded");
        var alone = await WorkersAsync(owner);
        await using var worker = await ChatDriving.StartAsync(model, new() { ["Roles"] = "worker" }, web.Database);
        await Eventually.HoldAsync("a worker", async () => (await WorkersAsync(owner)).Text("status") == "ok");

        (alone.Text("status"), alone.Text("found")).ShouldBe(("degraded", "no worker runs turns"));
        alone.Text("hint").ShouldContain("evenkeel worker");
        (await WorkersAsync(owner)).Text("found").ShouldBe("1 worker runs turns");

        static async Task<JsonElement> WorkersAsync(TestAccount owner) =>
            (await owner.GetAsync<JsonElement>("/health/ready")).GetProperty("checks").EnumerateArray().Single(one => one.Text("name") == "workers");
    }

    [Theory]
    [InlineData("llm_unavailable")]
    [InlineData("llm_timeout")]
    public async Task A_forced_failure_of_two_calls_is_told_like_a_real_one(string code)
    {
        await using var scene = await Scene.StartAsync(new(ChatDriving.WithShortWaits) { ["Debug:ForceErrors"] = "true" });
        var before = scene.Model.Requests.Count;

        using var response = await scene.Account.PostChatAsync("a question that is to fail twice", scene.Thread, force: $"{code};count=2");

        (await scene.Socket.ReadAsync("retrying")).Number("model_call").ShouldBe(2);
        (await scene.Socket.ReadAsync("retrying")).Number("model_call").ShouldBe(3);
        var answer = await scene.Account.AnswerAsync(await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted));
        answer.Status.ShouldBe(MessageStatus.Complete);
        answer.Meta!.RetryMeta.ShouldBe(new RetryMeta(1, 3));
        (scene.Model.Requests.Count - before).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_without_a_model_can_be_made_to_fail_too()
    {
        await using var server = await TestServer.StartAsync(new(ChatDriving.WithShortWaits) { ["Debug:ForceErrors"] = "true" });
        var account = await server.RegisterAsync();

        using var response = await account.PostChatAsync("a question that is to fail", force: "llm_unavailable");

        var answer = await account.AnswerAsync(await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted));
        answer.Meta!.Error!.ErrorCode.ShouldBe("llm_unavailable");
    }

    private sealed record Scene(ScriptedModelServer Model, TestServer Server, TestAccount Account, Guid Thread, SocketClient Socket) : IAsyncDisposable
    {
        /// <summary>A conversation with one answer, and a socket that is up to date.</summary>
        public static async Task<Scene> StartAsync(Dictionary<string, string?> settings)
        {
            var model = await ScriptedModelServer.StartAsync(ct: Stop);
            var server = await ChatDriving.StartAsync(model, settings);
            var account = await server.RegisterAsync();
            var first = await account.SendAsync("begins the thread");
            await account.AnswerAsync(first);
            var socket = await server.ConnectAsync(account, first.ThreadId, 2);
            await socket.ReadAsync("connected");
            return new Scene(model, server, account, first.ThreadId, socket);
        }

        public async ValueTask DisposeAsync()
        {
            await Socket.DisposeAsync();
            await Server.DisposeAsync();
            await Model.DisposeAsync();
        }
    }
}
