using System.Net;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat.Operations;

/// <summary>What operators see of turns and of the queue.</summary>
public sealed class TurnListTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_are_listed_newest_first_page_by_page_and_filtered()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Kind = BehaviourKind.ServerError, Times = 1 });
        await using var server = await ChatDriving.StartAsync(model, ChatDriving.WithoutSecondChance);
        var account = await server.RegisterAsync();
        var failed = await account.SendAsync("a question that fails");
        await account.AnswerAsync(failed);
        var second = await account.SendAsync("a question that is answered");
        await account.AnswerAsync(second);
        var third = await account.SendAsync("another one in the same thread", second.ThreadId);
        await account.AnswerAsync(third);

        var first = await account.GetAsync<Page<TurnSummary>>("/api/v1/admin/turns?limit=2");
        first.Items.Select(turn => turn.Id).ShouldBe([third.TurnId, second.TurnId]);
        var rest = await account.GetAsync<Page<TurnSummary>>($"/api/v1/admin/turns?limit=2&cursor={first.NextCursor}");
        rest.Items.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            turn => turn.Id.ShouldBe(failed.TurnId),
            turn => turn.Status.ShouldBe(TurnStatus.Failed),
            turn => turn.ErrorCode.ShouldBe(ErrorCode.LlmUnavailable),
            turn => turn.Model.ShouldBeNull("no model answered"),
            turn => turn.EndedAt.ShouldNotBeNull());
        rest.NextCursor.ShouldBeNull();
        first.Items.ShouldAllBe(turn => turn.Model == "scripted");

        await ShouldListAsync(account, "status=failed", failed);
        await ShouldListAsync(account, "status=failed,succeeded", third, second, failed);
        await ShouldListAsync(account, "error_code=llm_unavailable", failed);
        await ShouldListAsync(account, "error_code=-", third, second);
        await ShouldListAsync(account, "model=scripted", third, second);
        await ShouldListAsync(account, "model=-", failed);
        await ShouldListAsync(account, $"model=scripted&thread_id={failed.ThreadId}");
        await ShouldListAsync(account, $"ended_from={At(first.Items[1].EndedAt)}", third, second);
        await ShouldListAsync(account, $"ended_to={At(first.Items[1].EndedAt)}", failed);
        await ShouldListAsync(account, $"thread_id={second.ThreadId}", third, second);
        await ShouldListAsync(account, $"correlation_id={second.CorrelationId}", second);
        await ShouldListAsync(account, $"to={At(first.Items[1].QueuedAt)}", failed);
        var stranger = await server.RegisterAsync();
        (await stranger.GetAsync<Page<TurnSummary>>("/api/v1/admin/turns")).Items.ShouldBeEmpty("they are another organization's");
    }

    [Fact]
    public async Task A_turn_is_shown_with_its_own_events_in_the_readers_language()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync("zh");
        var first = await account.SendAsync("a question to begin with");
        await account.AnswerAsync(first);
        var sent = await account.SendAsync("a question in the same thread", first.ThreadId);
        await account.AnswerAsync(sent);

        var record = await account.GetAsync<TurnRecord>($"/api/v1/admin/turns/{sent.TurnId}");

        record.Turn.Id.ShouldBe(sent.TurnId);
        record.Events.ShouldAllBe(one => one.TurnId == sent.TurnId);
        record.Events[0].EventType.ShouldBe(TimelineEventType.MessageReceived);
        record.Events[0].UserMessage.ShouldBe("📥 已收到消息");
        record.Events[^1].EventType.ShouldBe(TimelineEventType.TurnEnded);
        (await ErrorCodeOfAsync(await server.RegisterAsync(), $"/api/v1/admin/turns/{sent.TurnId}")).ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task The_queue_shows_what_waits_and_runs_and_who_works()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(0);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var running = await account.SendAsync("the first of two");
        await gate.WaitUntilHeldAsync(Stop);
        var waiting = await account.SendAsync("the second of two", running.ThreadId);

        var queue = await account.GetAsync<QueueStatus>("/api/v1/admin/queue");

        queue.Queued.ShouldBe(1);
        queue.Running.ShouldBe(1);
        queue.OldestQueuedSeconds.ShouldBeGreaterThanOrEqualTo(0);
        queue.Workers!.ShouldHaveSingleItem().ShouldSatisfyAllConditions(worker => worker.IsAlive.ShouldBeTrue(), worker => worker.RunningTurns.ShouldBe(1));
        // What is open has not ended before any time, and not by any time either.
        await ShouldListAsync(account, "ended_from=2100-01-01T00:00:00Z", waiting, running);
        await ShouldListAsync(account, "ended_to=2100-01-01T00:00:00Z");
        gate.Release();
    }

    [Theory]
    [InlineData("status=done")]
    [InlineData("feedback=sideways")]
    [InlineData("feedback=")]
    [InlineData("limit=0")]
    [InlineData("cursor=first")]
    [InlineData("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z")]
    [InlineData("ended_from=2026-02-01T00:00:00Z&ended_to=2026-01-01T00:00:00Z")]
    public async Task A_filter_that_makes_no_sense_is_refused(string query)
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();

        (await ErrorCodeOfAsync(account, $"/api/v1/admin/turns?{query}")).ShouldBe(ErrorCode.InvalidRequest);
    }

    private static string At(DateTimeOffset? time) => Uri.EscapeDataString($"{time:O}");

    private static async Task ShouldListAsync(TestAccount account, string query, params SendMessageResponse[] sent) =>
        (await account.GetAsync<Page<TurnSummary>>($"/api/v1/admin/turns?{query}")).Items.Select(turn => turn.Id).ShouldBe(sent.Select(one => one.TurnId), query);

    private static async Task<string> ErrorCodeOfAsync(TestAccount account, string path)
    {
        using var response = await account.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        response.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        return (await response.ReadAsync<ErrorEnvelope>(response.StatusCode)).ErrorCode;
    }
}
