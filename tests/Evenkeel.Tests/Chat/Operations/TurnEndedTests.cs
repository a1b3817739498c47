using System.Text.Json;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat.Operations;

/// <summary>Each turn that ends leaves one event with all that is measured of it.</summary>
public sealed class TurnEndedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answered_turn_leaves_its_times_model_tokens_and_quality()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Text = "Evenkeel is a chat server [1].", Times = 1 });
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("What is Evenkeel and what does it do?");

        var (ended, data) = await EndedAsync(account, sent);

        ended.EventStatus.ShouldBe(TimelineEventStatus.Completed);
        ended.Attempt.ShouldBe(1);
        data.GetProperty("status").GetString().ShouldBe(TurnStatus.Succeeded);
        data.TryGetProperty("error_code", out _).ShouldBeFalse();
        data.GetProperty("chatbot_id").GetGuid().ShouldNotBe(Guid.Empty);
        data.GetProperty("model").GetString().ShouldBe("scripted");
        data.GetProperty("model_calls").GetInt32().ShouldBe(1);
        data.GetProperty("fallback").GetBoolean().ShouldBeFalse();
        data.GetProperty("input_tokens").GetInt32().ShouldBeGreaterThan(0);
        data.GetProperty("output_tokens").GetInt32().ShouldBeGreaterThan(0);
        data.GetProperty("credits").GetDouble().ShouldBe(1);
        data.GetProperty("passages").GetInt32().ShouldBeGreaterThan(0);
        data.GetProperty("best_score").GetDouble().ShouldBeInRange(0.01, 1);
        data.GetProperty("answered").GetBoolean().ShouldBeTrue();
        var total = data.GetProperty("total_ms").GetDouble();
        ended.ProcessingTimeMs.ShouldBe(total);
        data.GetProperty("first_token_ms").GetDouble().ShouldBeInRange(0, total);
        data.GetProperty("queue_ms").GetDouble().ShouldBeInRange(0, total);
    }

    [Fact]
    public async Task A_failed_turn_leaves_its_error_and_how_often_the_model_was_called()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Kind = BehaviourKind.ServerError });
        await using var server = await ChatDriving.StartAsync(model, ChatDriving.WithoutSecondChance);
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("a question that fails");

        var (ended, data) = await EndedAsync(account, sent);

        ended.EventStatus.ShouldBe(TimelineEventStatus.Failed);
        data.GetProperty("status").GetString().ShouldBe(TurnStatus.Failed);
        data.GetProperty("error_code").GetString().ShouldBe("llm_unavailable");
        data.TryGetProperty("first_token_ms", out _).ShouldBeFalse();
        data.TryGetProperty("credits", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_turn_stopped_while_it_runs_or_waits_leaves_that_it_was_cancelled()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(0);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var running = await account.SendAsync("the first of two");
        await gate.WaitUntilHeldAsync(Stop);
        var waiting = await account.SendAsync("the second of two", running.ThreadId);

        await account.StopAsync(running.ThreadId);

        foreach (var sent in new[] { running, waiting })
        {
            var (ended, data) = await EndedAsync(account, sent);
            ended.EventStatus.ShouldBe(TimelineEventStatus.Completed);
            data.GetProperty("status").GetString().ShouldBe(TurnStatus.Cancelled);
            data.GetProperty("attempts").GetInt32().ShouldBe(sent == running ? 1 : 0);
        }
    }

    private static async Task<(TimelineEvent Event, JsonElement Data)> EndedAsync(TestAccount account, SendMessageResponse sent)
    {
        var events = await account.TimelineAsync(sent.ThreadId, all => all.Any(one => one.EventType == TimelineEventType.TurnEnded && one.TurnId == sent.TurnId));
        var ended = events.Where(one => one.EventType == TimelineEventType.TurnEnded && one.TurnId == sent.TurnId).ShouldHaveSingleItem();
        ended.CorrelationId.ShouldBe(sent.CorrelationId);
        return (ended, ended.EventData!.Value);
    }
}
