using System.Net;
using System.Text.Json;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>A conversation in which turn after turn fails pauses itself, lets one turn probe, and opens again when it succeeds.</summary>
public sealed class BreakerTests
{
    private static readonly Dictionary<string, string?> Forcing = new() { ["Debug:ForceErrors"] = "true" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(3, 0, null)]
    [InlineData(4, 0, 30)]
    [InlineData(9, 0, 30)]
    [InlineData(5, 1, 60)]
    [InlineData(6, 2, 120)]
    [InlineData(7, 3, 240)]
    [InlineData(8, 4, 300)]
    [InlineData(90, 86, 300)]
    public void The_cool_down_doubles_with_each_opening_up_to_five_minutes(int failures, int openings, int? seconds) =>
        new ConversationBreaker(failures, openings, null).CoolDownAfterFailure().ShouldBe(seconds is { } value ? TimeSpan.FromSeconds(value) : null);

    [Fact]
    public void Only_failures_of_ours_count()
    {
        var counted = ErrorCatalogue.All.Where(row => ConversationBreaker.OutcomeOf(row.Code) == BreakerOutcome.Failure).Select(row => row.Code);

        counted.ShouldBe([ErrorCode.LlmUnavailable, ErrorCode.LlmTimeout, ErrorCode.RagError, ErrorCode.WorkerLost, ErrorCode.ServerError], ignoreOrder: true);
        ConversationBreaker.OutcomeOf(null).ShouldBe(BreakerOutcome.Success);
        ConversationBreaker.OutcomeOf(ErrorCode.ContentBlocked).ShouldBe(BreakerOutcome.None);
    }

    [Fact]
    public async Task Five_failed_turns_in_a_row_open_it_and_sending_is_refused_with_nothing_stored()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Forcing);
        var account = await server.RegisterAsync();
        var thread = await OpenAsync(account);
        var before = await account.MessagesAsync(thread);

        using var refused = await account.PostChatAsync("one more", thread);

        (await refused.ReadAsync<ErrorEnvelope>(HttpStatusCode.ServiceUnavailable)).ErrorCode.ShouldBe("circuit_open");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 30);
        await account.PostRegenerateAsync(before.Items[^1].Id).RefusedAsync(HttpStatusCode.ServiceUnavailable, "circuit_open");
        before.Breaker.ShouldSatisfyAllConditions(
            breaker => breaker.State.ShouldBe("open"),
            breaker => breaker.Failures.ShouldBe(5),
            breaker => breaker.RetryAfterSeconds!.Value.ShouldBeInRange(1, 30));
        before.Items[^1].Meta!.Error!.RetryAfterSeconds.ShouldBe(30);
        var after = await account.MessagesAsync(thread);
        after.LastSeq.ShouldBe(before.LastSeq);
        after.Items.Count.ShouldBe(10);
        var events = await account.TimelineAsync(thread, all => all.Any(one => one.EventType == "breaker_opened"));
        events.Last(one => one.EventType == "breaker_opened").EventData!.Value.GetProperty("cool_down_s").GetDouble().ShouldBe(30);
        var health = await account.GetAsync<JsonElement>("/health/ready");
        health.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "conversation_breakers")
            .GetProperty("details").GetProperty("open").GetInt32().ShouldBe(1);
        // Another conversation of the same person is not affected.
        (await account.AskAsync("a question in a conversation of its own")).Status.ShouldBe(MessageStatus.Complete);
    }

    [Fact]
    public async Task A_success_in_between_begins_the_count_again_and_a_stop_does_not_count()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Forcing);
        var account = await server.RegisterAsync();
        var (stopped, gate) = await FailFourTimesAndHoldAsync(account, model);
        var thread = stopped.ThreadId;
        await account.StopAsync(thread);
        gate.Release();
        await account.AnswerAsync(stopped);
        (await account.MessagesAsync(thread)).Breaker.Failures.ShouldBe(4);

        (await account.AskAsync("a question that works", thread)).Status.ShouldBe(MessageStatus.Complete);

        (await account.MessagesAsync(thread)).Breaker.ShouldBe(new ThreadBreaker { State = "closed", Failures = 0 });
    }

    [Fact]
    public async Task After_the_cool_down_one_probe_goes_through_and_its_success_closes_it()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Forcing);
        var account = await server.RegisterAsync();
        var thread = await OpenAsync(account);
        await CoolDownAsync(server, thread);
        (await account.GetAsync<ChatThread>($"/api/v1/threads/{thread}")).Breaker.State.ShouldBe("half_open");
        var gate = model.Hold(0, "probe");

        var probe = await account.SendAsync("the probe", thread, "probe-1");
        await gate.WaitUntilHeldAsync(Stop);

        await account.PostChatAsync("beside the probe", thread).RefusedAsync(HttpStatusCode.ServiceUnavailable, "circuit_open");
        (await account.SendAsync("the probe", thread, "probe-1")).TurnId.ShouldBe(probe.TurnId);
        // A send whose connection was lost at the commit comes again under the same ids.
        await server.Database.ChangeAsync("SELECT admit_turn($1, $2, $3)", thread, account.SignedIn.User.Id, probe.TurnId);
        gate.Release();
        (await account.AnswerAsync(probe)).Status.ShouldBe(MessageStatus.Complete);
        (await account.MessagesAsync(thread)).Breaker.ShouldBe(new ThreadBreaker { State = "closed", Failures = 0 });
        await account.TimelineAsync(thread, all => all.Any(one => one.EventType == "breaker_closed" && one.TurnId == probe.TurnId));
        (await account.AskAsync("and everything works again", thread)).Status.ShouldBe(MessageStatus.Complete);
    }

    [Fact]
    public async Task A_probe_that_fails_opens_it_for_twice_as_long_and_a_stopped_one_leaves_the_place_to_the_next()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Forcing);
        var account = await server.RegisterAsync();
        var thread = await OpenAsync(account);
        await CoolDownAsync(server, thread);
        var (stopped, gate) = await HoldAsync(account, model, thread);
        await account.StopAsync(thread);
        gate.Release();
        await account.AnswerAsync(stopped);
        (await account.MessagesAsync(thread)).Breaker.State.ShouldBe("half_open");

        await FailAsync(account, thread);

        var breaker = (await account.MessagesAsync(thread)).Breaker;
        breaker.State.ShouldBe("open");
        breaker.RetryAfterSeconds!.Value.ShouldBeInRange(31, 60);
    }

    [Fact]
    public async Task What_waits_when_it_opens_ends_as_refused_and_does_not_count()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Forcing);
        var account = await server.RegisterAsync();
        var (stopped, gate) = await FailFourTimesAndHoldAsync(account, model);
        var thread = stopped.ThreadId;
        using var response = await account.PostChatAsync("the fifth that fails", thread, force: "rag_error");
        var fifth = await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted);
        var waiting = await account.SendAsync("a question behind it", thread);
        await account.StopAsync(thread, stopped.TurnId);
        gate.Release();

        (await account.AnswerAsync(fifth)).Meta!.Error!.ErrorCode.ShouldBe("rag_error");
        var refused = (await account.AnswerAsync(waiting)).Meta!.Error!;
        refused.ErrorCode.ShouldBe("circuit_open");
        refused.RetryAfterSeconds!.Value.ShouldBeInRange(1, 30);
        (await account.MessagesAsync(thread)).Breaker.Failures.ShouldBe(5);
    }

    [Fact]
    public async Task It_is_the_same_on_another_node()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var first = await ChatDriving.StartAsync(model, Forcing);
        var account = await first.RegisterAsync();
        var thread = await OpenAsync(account);

        await using var second = await ChatDriving.StartAsync(model, new() { ["Data:Directory"] = first.DataDirectory }, first.Database);

        using var http = new HttpClient { BaseAddress = second.Address };
        http.DefaultRequestHeaders.Authorization = account.Http.DefaultRequestHeaders.Authorization;
        await account.PostChatAsync("one more", thread, through: http).RefusedAsync(HttpStatusCode.ServiceUnavailable, "circuit_open");
    }

    private static Task<Guid> OpenAsync(TestAccount account) => FailAsync(account, ConversationBreaker.FailuresToOpen);

    /// <summary>A conversation that one more failure pauses, with a turn under way that is to be stopped.</summary>
    private static async Task<(SendMessageResponse Running, Gate Gate)> FailFourTimesAndHoldAsync(TestAccount account, ScriptedModelServer model) =>
        await HoldAsync(account, model, await FailAsync(account, ConversationBreaker.FailuresToOpen - 1));

    private static async Task<(SendMessageResponse Running, Gate Gate)> HoldAsync(TestAccount account, ScriptedModelServer model, Guid thread)
    {
        var gate = model.Hold(0, "stopped");
        var running = await account.SendAsync("a question that is stopped", thread);
        await gate.WaitUntilHeldAsync(Stop);
        return (running, gate);
    }

    private static async Task<Guid> FailAsync(TestAccount account, int times)
    {
        var thread = await FailAsync(account, null);
        for (var failed = 1; failed < times; failed++)
        {
            await FailAsync(account, thread);
        }

        return thread;
    }

    private static async Task<Guid> FailAsync(TestAccount account, Guid? thread)
    {
        using var response = await account.PostChatAsync("a question that fails", thread, force: "rag_error");
        var sent = await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted);
        (await account.AnswerAsync(sent)).Meta!.Error!.ErrorCode.ShouldBe("rag_error");
        return sent.ThreadId;
    }

    private static Task CoolDownAsync(TestServer server, Guid thread) =>
        server.Database.ChangeAsync("UPDATE conversations SET breaker_open_until = now() - interval '1 second' WHERE id = $1", thread);
}
