using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Clients;
using Evenkeel.Tests.Chat;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Fanout;

/// <summary>Separate processes that tell each other nothing: the database alone has to bring everything but live text.</summary>
public sealed class WithoutBrokerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_and_ends_reach_every_node()
    {
        await using var nodes = await TestNodes.StartAsync(broker: null);
        var (first, second) = (await nodes.WebAsync(), await nodes.WebAsync());
        await nodes.WorkerAsync();
        var account = await first.RegisterAsync();
        var thread = (await account.AnsweredAsync("hello")).ThreadId;
        await using var onFirst = await Watcher.StartAsync(first, account, thread);
        await using var onSecond = await Watcher.StartAsync(second, account, thread);
        var gate = nodes.Model.Hold(2);

        var sent = await account.SendAsync("tell me", thread);
        // Nobody tells the second node that somebody wrote: it sees that the turn runs.
        await Task.WhenAll(onFirst.TypingAsync(sent.TurnId), onSecond.TypingAsync(sent.TurnId));
        gate.Release();
        await Task.WhenAll(onFirst.IdleAsync(sent.TurnId), onSecond.IdleAsync(sent.TurnId));

        onFirst.State.Text.ShouldBe(onSecond.State.Text);
        onFirst.State.Text.ShouldBe(ShownThread.TextOf(await account.MessagesAsync(thread)));
        onFirst.State.ShowsTyping.ShouldBeFalse();
        using var deleted = await account.Http.DeleteAsync($"/api/v1/threads/{thread}", Stop);
        await Task.WhenAll(onFirst.ClosedAsync(4404), onSecond.ClosedAsync(4404));
    }

    [Fact]
    public async Task A_process_that_is_asked_to_stop_hands_back_its_turns_and_sends_its_clients_elsewhere()
    {
        await using var nodes = await TestNodes.StartAsync(broker: null);
        var (web, worker) = (await nodes.WebAsync(), await nodes.WorkerAsync());
        var account = await web.RegisterAsync();
        var gate = nodes.Model.Hold(2);
        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);
        await using var socket = await web.ConnectAsync(account, sent.ThreadId);
        await socket.ReadAsync("connected");

        worker.Terminate();
        (await worker.ExitAsync().WaitAsync(TimeSpan.FromSeconds(20), Stop)).ShouldBe(0);

        (await nodes.Database.LookAsync<string>("SELECT status FROM turns")).ShouldBe(TurnStatus.Queued);
        (await nodes.Database.LookAsync<int>("SELECT losses FROM turns")).ShouldBe(0);
        await nodes.WorkerAsync();
        (await account.AnswerAsync(sent)).Meta!.RetryMeta!.Attempts.ShouldBe(2);
        web.Terminate();
        (await socket.ReadToCloseAsync()).ShouldBe(1001);
        (await web.ExitAsync().WaitAsync(TimeSpan.FromSeconds(20), Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_without_the_database_of_its_web_nodes_says_what_it_needs()
    {
        var (code, output) = await Harness.EvenkeelProgram.RunAsync("worker", new() { ["Data:Directory"] = Harness.TestFolder.New("data") });

        code.ShouldBe(1);
        output.ShouldContain("ConnectionStrings__Evenkeel");
    }
}
