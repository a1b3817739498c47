using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>Whatever the model does, the turn ends visibly exactly once and the next one works.</summary>
public sealed class FailureTests
{
    private static readonly Dictionary<string, string?> OneRetry = new()
    {
        ["Models:Chat:FirstRetrySeconds"] = "0.001",
        ["Models:Chat:Retries"] = "1",
        ["Models:Chat:ExtractiveFallback"] = "false",
    };

    /// <summary>Short, and long enough for the questions that are to be answered on a machine that is busy.</summary>
    private static readonly Dictionary<string, string?> ShortTimeouts = new(OneRetry)
    {
        ["Models:Chat:FirstTokenTimeoutSeconds"] = "2",
        ["Models:Chat:IdleTimeoutSeconds"] = "2",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<BehaviourKind, int, int?, string> Failures => new()
    {
        { BehaviourKind.ServerError, 0, 500, "llm_unavailable" },
        { BehaviourKind.ServerError, 0, 503, "llm_unavailable" },
        { BehaviourKind.ServerError, 0, 401, "llm_unavailable" },
        { BehaviourKind.RateLimit, 0, null, "llm_unavailable" },
        { BehaviourKind.Cut, 0, null, "llm_unavailable" },
        { BehaviourKind.Cut, 3, null, "llm_unavailable" },
        { BehaviourKind.Garbage, 0, null, "llm_unavailable" },
        { BehaviourKind.Garbage, 3, null, "llm_unavailable" },
        { BehaviourKind.Empty, 0, null, "llm_unavailable" },
        { BehaviourKind.Hang, 0, null, "llm_timeout" },
        { BehaviourKind.Hang, 3, null, "llm_timeout" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_model_that_fails_ends_the_turn_with_one_error_and_the_next_turn_works(BehaviourKind kind, int afterTokens, int? status, string code)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(0, "warm");
        model.Play("doomed", new Behaviour { Kind = kind, AfterTokens = afterTokens, Status = status });
        await using var server = await ChatDriving.StartAsync(model, kind == BehaviourKind.Hang ? ShortTimeouts : OneRetry);
        var account = await server.RegisterAsync("zh");
        gate.Release();
        var first = await account.SendAsync("warm up the engine first");
        (await account.AnswerAsync(first)).Status.ShouldBe(MessageStatus.Complete);
        await using var socket = await server.ConnectAsync(account, first.ThreadId, 2);
        await socket.ReadAsync("connected");

        var sent = await account.SendAsync("a doomed question", first.ThreadId);

        var frame = await socket.ReadAsync("chat_error");
        frame.Text("error_code").ShouldBe(code);
        frame.Text("error").ShouldContain("语言模型");
        frame.Text("correlation_id").ShouldBe(sent.CorrelationId.ToString());
        frame.Number("seq").ShouldBe(4);
        frame.GetProperty("retryable").GetBoolean().ShouldBeTrue();
        (await socket.ReadAsync())!.Value.Text("event").ShouldBe("idle");
        var failed = (await account.MessagesAsync(first.ThreadId)).Items.Where(message => message.TurnId == sent.TurnId && message.Role == "assistant").ShouldHaveSingleItem();
        failed.Status.ShouldBe(MessageStatus.Failed);
        failed.Text.ShouldBeEmpty();
        failed.Meta!.Error!.ErrorCode.ShouldBe(code);
        (await server.Database.LookAsync<string>("SELECT status || ' ' || error_code FROM turns WHERE id = $1", sent.TurnId)).ShouldBe($"failed {code}");
        var events = await account.TimelineAsync(first.ThreadId, all => all.Any(one => one.TurnId == sent.TurnId && one.EventType == "error"));
        events.ShouldContain(one => one.EventType == "response_generation" && one.EventStatus == "failed" && one.ErrorType == "llm_error");
        (await account.AskAsync("a question that works again", first.ThreadId)).Status.ShouldBe(MessageStatus.Complete);
    }

    [Fact]
    public async Task A_chatbot_that_is_deleted_while_its_turn_waits_ends_the_turn()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(0);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var running = await account.SendAsync("the first of two questions");
        await gate.WaitUntilHeldAsync(Stop);
        var waiting = await account.SendAsync("the second of two questions", running.ThreadId);
        var thread = await account.GetAsync<ChatThread>($"/api/v1/threads/{running.ThreadId}");
        // The last chatbot of an organization cannot be deleted.
        using var another = await account.Http.PostAsJsonAsync("/api/v1/chatbots", new { name = "Another" }, Wire.Json, Stop);
        another.EnsureSuccessStatusCode();
        var slug = (await account.GetAsync<Chatbot>($"/api/v1/chatbots/{thread.ChatbotId}")).Slug;
        using var deleted = await account.Http.DeleteAsync($"/api/v1/chatbots/{thread.ChatbotId}?confirm={slug}", Stop);
        deleted.IsSuccessStatusCode.ShouldBeTrue(await deleted.Content.ReadAsStringAsync(Stop));

        gate.Release();

        (await account.AnswerAsync(running)).Status.ShouldBe(MessageStatus.Complete);
        (await account.AnswerAsync(waiting)).Meta!.Error!.ErrorCode.ShouldBe("not_found");
    }

    [Theory]
    [InlineData("DROP TABLE chat_events CASCADE")]
    [InlineData("REVOKE ALL ON timeline_sessions FROM evenkeel_app")]
    [InlineData("ALTER TABLE timeline_sessions ADD CONSTRAINT never CHECK (false) NOT VALID")]
    public async Task Chat_goes_on_when_the_timeline_cannot_be_written(string damage)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        server.ExpectErrors();
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("a question while all is well");
        await account.AnswerAsync(first);

        await server.Database.ChangeAsync(damage);

        (await account.AskAsync("a question without a timeline", first.ThreadId)).Status.ShouldBe(MessageStatus.Complete);
        (await account.AskAsync("a new thread without a timeline")).Status.ShouldBe(MessageStatus.Complete);
    }

    [Fact]
    public async Task What_the_timeline_could_not_take_is_written_when_it_can()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        await server.Database.ChangeAsync("REVOKE ALL ON timeline_sessions FROM evenkeel_app");
        var sent = await account.SendAsync("a question without a timeline");
        await account.AnswerAsync(sent);

        await server.Database.ChangeAsync("GRANT ALL ON timeline_sessions TO evenkeel_app");

        await Eventually.HoldAsync("every event", async () =>
            await server.Database.LookAsync<long>("SELECT count(*) FROM chat_events WHERE turn_id = $1", sent.TurnId) == 16);
        await account.TimelineAsync(sent.ThreadId, all => all.Count(one => one.EventType == "saving_message") == 1);
    }

    [Fact]
    public async Task A_search_that_is_broken_answers_without_documents_unless_the_chatbot_requires_them()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        server.ExpectErrors();
        var account = await server.RegisterAsync();
        await server.Database.ChangeAsync("REVOKE ALL ON knowledge_passages, knowledge_versions FROM evenkeel_app");

        var sent = await account.SendAsync("How do I resume a stream after a disconnect?");
        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Complete);
        var events = await account.TimelineAsync(sent.ThreadId, all => all.Any(one => one.EventType == "tool_search_documents" && one.EventStatus == "completed"));
        events.ShouldContain(one => one.EventType == "tool_search_documents" && one.ErrorSeverity == "warning"
            && one.EventData!.Value.GetProperty("degraded").GetString() == "search_failed");

        var chatbot = (await account.GetAsync<Page<ChatThread>>("/api/v1/threads")).Items[0].ChatbotId;
        var settings = await account.GetAsync<ChatbotSettings>($"/api/v1/chatbots/{chatbot}/settings");
        using var changed = await account.Http.PutAsJsonAsync($"/api/v1/chatbots/{chatbot}/settings", settings with { RequireRetrieval = true }, Wire.Json, Stop);
        changed.EnsureSuccessStatusCode();
        (await account.AskAsync("How do I resume a stream, with documents?")).Meta!.Error!.ErrorCode.ShouldBe("rag_error");
    }
}
