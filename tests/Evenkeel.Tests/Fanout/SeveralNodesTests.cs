using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Clients;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Fanout;

/// <summary>Two web nodes and a worker, each a process of its own, with live frames over a real RabbitMQ.</summary>
public sealed class SeveralNodesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_sent_to_one_node_is_answered_live_on_both()
    {
        await using var nodes = await TestNodes.StartAsync(await TestBroker.SharedAsync());
        var (first, second) = (await nodes.WebAsync(), await nodes.WebAsync());
        await nodes.WorkerAsync();
        var account = await first.RegisterAsync();
        var thread = (await account.AnsweredAsync("hello")).ThreadId;
        var (onFirst, onSecond) = (await Watcher.StartAsync(first, account, thread), await Watcher.StartAsync(second, account, thread));
        var gate = nodes.Model.Hold(3, text: "An answer that both of them see grow, word by word.");

        var sent = await account.SendAsync("tell me", thread);
        var growing = await Task.WhenAll(onFirst.TextAsync(sent.TurnId), onSecond.TextAsync(sent.TurnId));
        gate.Release();
        await Task.WhenAll(onFirst.IdleAsync(sent.TurnId), onSecond.IdleAsync(sent.TurnId));

        growing.ShouldAllBe(text => text.Length > 0);
        onFirst.State.Text.ShouldBe(onSecond.State.Text);
        onFirst.State.Text.ShouldBe(ShownThread.TextOf(await account.At(second.Address).MessagesAsync(thread)));
        (onFirst.State.FollowedAnswers, onSecond.State.FollowedAnswers).ShouldBe((1, 1));
        await onFirst.DisposeAsync();
        await onSecond.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_comes_to_another_node_in_mid_answer_gets_the_text_so_far_and_then_every_word()
    {
        await using var nodes = await TestNodes.StartAsync(await TestBroker.SharedAsync());
        var (first, second) = (await nodes.WebAsync(), await nodes.WebAsync());
        await nodes.WorkerAsync();
        var account = await first.RegisterAsync();
        var gate = nodes.Model.Hold(4, text: "The beginning was said before anybody came to the second node.");
        var sent = await account.SendAsync("tell me");
        await gate.WaitUntilHeldAsync(Stop);

        await using var late = await Watcher.StartAsync(second, account, sent.ThreadId);
        var soFar = await late.TextAsync(sent.TurnId);
        gate.Release();
        await late.IdleAsync(sent.TurnId);

        soFar.ShouldStartWith("The beginning");
        late.FirstOffset.ShouldBe(0);
        late.State.FollowedAnswers.ShouldBe(1);
    }

    [Fact]
    public async Task A_turn_is_stopped_and_a_thread_deleted_from_any_node()
    {
        await using var nodes = await TestNodes.StartAsync(await TestBroker.SharedAsync());
        var (first, second) = (await nodes.WebAsync(), await nodes.WebAsync());
        await nodes.WorkerAsync();
        var account = await first.RegisterAsync();
        var gate = nodes.Model.Hold(2);
        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);

        await account.At(second.Address).StopAsync(sent.ThreadId, sent.TurnId);
        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Stopped);

        await using var socket = await second.ConnectAsync(account, sent.ThreadId);
        await socket.ReadAsync("connected");
        using var deleted = await account.Http.DeleteAsync($"/api/v1/threads/{sent.ThreadId}", Stop);
        deleted.EnsureSuccessStatusCode();
        (await socket.ReadToCloseAsync()).ShouldBe(4404);
    }

    [Fact]
    public async Task An_answer_survives_the_broker_and_answers_are_live_again_when_it_is_back()
    {
        await using var broker = await TestBroker.StartNewAsync();
        await using var nodes = await TestNodes.StartAsync(broker);
        var web = await nodes.WebAsync();
        await nodes.WorkerAsync();
        var account = await web.RegisterAsync();
        var gate = nodes.Model.Hold(2, text: "This one is finished while there is no broker.");
        var sent = await account.SendAsync("tell me");
        await using var watcher = await Watcher.StartAsync(web, account, sent.ThreadId);
        await watcher.TextAsync(sent.TurnId);

        watcher.State.LiveTextMayBeCut = true;
        broker.Kill();
        gate.Release();
        await watcher.IdleAsync(sent.TurnId);
        var without = await account.SendAsync("and one without it", sent.ThreadId);
        await watcher.IdleAsync(without.TurnId);

        await broker.StartAsync(Stop);
        watcher.State.LiveTextMayBeCut = false;
        gate = nodes.Model.Hold(2, text: "This one is live again.");
        sent = await account.SendAsync("tell me more", sent.ThreadId);
        (await watcher.TextAsync(sent.TurnId)).ShouldStartWith("This one");
        gate.Release();
        await watcher.IdleAsync(sent.TurnId);
        watcher.State.Text.ShouldBe(ShownThread.TextOf(await account.MessagesAsync(sent.ThreadId)));
    }

    [Fact]
    public async Task A_broker_that_stands_still_blocks_no_turn()
    {
        await using var broker = await TestBroker.StartNewAsync();
        await using var nodes = await TestNodes.StartAsync(broker);
        var web = await nodes.WebAsync();
        await nodes.WorkerAsync();
        var account = await web.RegisterAsync();
        var gate = nodes.Model.Hold(2);
        var sent = await account.SendAsync("tell me");
        await using var watcher = await Watcher.StartAsync(web, account, sent.ThreadId);
        await watcher.TextAsync(sent.TurnId);

        watcher.State.LiveTextMayBeCut = true;
        broker.Freeze();
        gate.Release();
        await watcher.IdleAsync(sent.TurnId);
        var next = await account.SendAsync("and the next", sent.ThreadId);
        await watcher.IdleAsync(next.TurnId);
        broker.Thaw();

        watcher.State.Text.ShouldBe(ShownThread.TextOf(await account.MessagesAsync(sent.ThreadId)));
    }
}
