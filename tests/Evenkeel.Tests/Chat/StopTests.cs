using System.Net;
using System.Text;
using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>Stopping keeps what was written, at whatever moment it comes.</summary>
public sealed class StopTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stopping_in_mid_answer_keeps_exactly_the_text_that_was_shown()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(3, text: "one two three four five");
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("tell me a long story");
        await using var socket = await server.ConnectAsync(account, sent.ThreadId, sent.Seq);
        await gate.WaitUntilHeldAsync(Stop);
        var shown = new StringBuilder();
        while (shown.ToString() != "one two three")
        {
            var delta = await socket.ReadAsync("chat_delta");
            delta.Number("offset").ShouldBe(shown.Length);
            shown.Append(delta.Text("token"));
        }

        (await account.StopAsync(sent.ThreadId)).ShouldBe(new StopTurnResponse(sent.TurnId, TurnStatus.Running));

        var frame = await socket.ReadAsync("chat_message");
        frame.Text("status").ShouldBe(MessageStatus.Stopped);
        frame.Text("text").ShouldBe("one two three");
        (await socket.ReadAsync("idle")).Text("turn_id").ShouldBe(sent.TurnId.ToString());
        (await account.AnswerAsync(sent)).Text.ShouldBe("one two three");
        (await server.Database.LookAsync<string>("SELECT status FROM turns WHERE id = $1", sent.TurnId)).ShouldBe(TurnStatus.Cancelled);
        (await model.Requests[0].Ended).ShouldBeFalse("the model is not left to write for nobody");
        (await account.AskAsync("go on then with the story", sent.ThreadId)).Status.ShouldBe(MessageStatus.Complete);
    }

    [Fact]
    public async Task Stopping_before_any_output_leaves_an_empty_stopped_answer()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(0);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);

        await account.StopAsync(sent.ThreadId, sent.TurnId);

        var answer = await account.AnswerAsync(sent);
        answer.Status.ShouldBe(MessageStatus.Stopped);
        answer.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stopping_one_waiting_turn_leaves_the_others()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(0);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var running = await account.SendAsync("the first of three");
        await gate.WaitUntilHeldAsync(Stop);
        var waiting = await account.SendAsync("the second of three", running.ThreadId);
        var last = await account.SendAsync("the third of three", running.ThreadId);

        (await account.StopAsync(running.ThreadId, waiting.TurnId)).ShouldBe(new StopTurnResponse(waiting.TurnId, TurnStatus.Cancelled));

        (await account.AnswerAsync(waiting)).Status.ShouldBe(MessageStatus.Stopped);
        gate.Release();
        (await account.AnswerAsync(running)).Status.ShouldBe(MessageStatus.Complete);
        (await account.AnswerAsync(last)).Status.ShouldBe(MessageStatus.Complete);
        model.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Stopping_a_thread_stops_what_runs_and_what_waits()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(1, times: null);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var running = await account.SendAsync("the first of three");
        await gate.WaitUntilHeldAsync(Stop);
        var waiting = await account.SendAsync("the second of three", running.ThreadId);
        var last = await account.SendAsync("the third of three", running.ThreadId);

        (await account.StopAsync(running.ThreadId)).TurnId.ShouldBe(running.TurnId);

        foreach (var sent in new[] { running, waiting, last })
        {
            (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Stopped);
        }

        model.Requests.Count.ShouldBe(1, "nothing that waited was started");
        (await account.MessagesAsync(running.ThreadId)).RunningTurnId.ShouldBeNull();
    }

    [Fact]
    public async Task A_stop_asked_for_through_another_server_arrives()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(1);
        await using var worker = await ChatDriving.StartAsync(model);
        await using var web = await ChatDriving.StartAsync(model, new() { ["Roles"] = "web", ["Data:Directory"] = worker.DataDirectory }, worker.Database);
        var account = await worker.RegisterAsync();
        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(web.Address, $"/api/v1/chat/{sent.ThreadId}/stop"));

        using var response = await account.Http.SendAsync(request, Stop);

        (await response.ReadAsync<StopTurnResponse>(HttpStatusCode.Accepted)).TurnId.ShouldBe(sent.TurnId);

        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Stopped);
    }

    [Fact]
    public async Task A_turn_stopped_before_it_was_claimed_ends_without_asking_the_model()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var web = await ChatDriving.StartAsync(model, new() { ["Roles"] = "web" });
        var account = await web.RegisterAsync();
        var sent = await account.SendAsync("tell me a long story");
        // As when the server that cancels dies between its two steps.
        await web.Database.ChangeAsync("UPDATE turns SET stop_requested = true");

        await using var worker = await ChatDriving.StartAsync(model, new() { ["Roles"] = "worker" }, web.Database);

        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Stopped);
        model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stopping_what_has_ended_says_how_it_ended_and_changes_nothing()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("Thanks!");
        await account.AnswerAsync(sent);
        await Eventually.HoldAsync("the end", async () => (await account.MessagesAsync(sent.ThreadId)).RunningTurnId is null);

        (await account.StopAsync(sent.ThreadId, sent.TurnId)).ShouldBe(new StopTurnResponse(sent.TurnId, TurnStatus.Succeeded));
        (await account.StopAsync(sent.ThreadId)).ShouldBe(new StopTurnResponse(null, null));
        (await account.StopAsync(sent.ThreadId, Guid.CreateVersion7())).ShouldBe(new StopTurnResponse(null, null));
        (await account.MessagesAsync(sent.ThreadId)).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Only_the_owner_of_the_thread_stops_its_turns()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(1);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var stranger = await server.RegisterAsync();
        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);
        var elsewhere = await account.SendAsync("another thread of mine");

        await stranger.PostStopAsync(sent.ThreadId, sent.TurnId).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        await account.PostStopAsync(Guid.CreateVersion7(), sent.TurnId).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        await account.StopAsync(elsewhere.ThreadId, sent.TurnId);

        gate.Release();
        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Complete);
    }
}
