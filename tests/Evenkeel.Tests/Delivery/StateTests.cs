using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Clients;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Delivery;

/// <summary>For every action: an older list and the frames after it give what a fresh list gives.</summary>
public sealed class StateTests
{
    private static readonly Dictionary<string, string?> OneRetry = new(ChatDriving.WithShortWaits)
    {
        ["Models:Chat:Retries"] = "1", ["Models:Chat:ExtractiveFallback"] = "false",
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task Sending_and_answering() => VerifyActionAsync(scene => scene.SendAsync("tell me a story"));

    [Fact]
    public Task Sending_several_at_once() => VerifyActionAsync(scene =>
        Task.WhenAll(Enumerable.Range(1, 4).Select(number => scene.SendAsync($"tell me story {number}"))));

    [Fact]
    public Task Trying_again_after_some_text() => VerifyActionAsync(async scene =>
    {
        scene.Model.Play(new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = 5, Times = 1 });
        await scene.SendAsync("tell me a story");
    });

    [Fact]
    public Task Failing() => VerifyActionAsync(async scene =>
    {
        scene.Model.Play(new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = 5, Times = 2 });
        await scene.SendAsync("tell me a story");
    });

    [Fact]
    public Task Stopping_in_mid_answer() => VerifyActionAsync(async scene =>
    {
        var gate = scene.Model.Hold(3);
        var turn = await scene.SendAsync("tell me a story");
        await gate.WaitUntilHeldAsync(Stop);
        await scene.Account.StopAsync(scene.Thread, turn);
    });

    [Fact]
    public Task Stopping_what_waits() => VerifyActionAsync(async scene =>
    {
        var gate = scene.Model.Hold(3);
        await scene.SendAsync("tell me a story");
        await gate.WaitUntilHeldAsync(Stop);
        var waiting = await scene.SendAsync("tell me another");
        await scene.Account.StopAsync(scene.Thread, waiting);
        gate.Release();
    });

    [Fact]
    public Task Answering_again() => VerifyActionAsync(async scene =>
    {
        var newest = (await scene.Account.MessagesAsync(scene.Thread)).Items[^1];
        await scene.Account.RegenerateAsync(newest.Id);
    });

    [Fact]
    public Task Sending_from_a_second_device_through_its_socket() => VerifyActionAsync(async scene =>
    {
        await using var device = await scene.Server.ConnectAsync(scene.Account, scene.Thread, 2);
        await device.ReadAsync("connected");
        await device.SendAsync(new { type = "send", message = "sent from my phone", client_message_id = "phone-1" });
        await device.ReadAsync("chat_message");
    });

    [Fact]
    public Task Sending_twice_with_one_id() => VerifyActionAsync(async scene =>
    {
        await scene.Account.SendAsync("tell me a story", scene.Thread, "twice");
        await scene.Account.SendAsync("tell me a story", scene.Thread, "twice");
    });

    [Fact]
    public Task Renaming_changes_no_message() => VerifyActionAsync(async scene =>
    {
        using var response = await scene.Account.Http.PatchAsJsonAsync(
            $"/api/v1/threads/{scene.Thread}", new UpdateThreadRequest { Title = "renamed" }, Wire.Json, Stop);
        response.EnsureSuccessStatusCode();
    });

    private static async Task VerifyActionAsync(Func<Scene, Task> actAsync)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, OneRetry);
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("begins the thread");
        await account.AnswerAsync(first);
        var scene = new Scene(server, model, account, first.ThreadId);
        var before = await account.MessagesAsync(first.ThreadId);
        await using var socket = await StreamClient.ConnectAsync(server, account, first.ThreadId, before.LastSeq, isSocket: true);
        await using var stream = await StreamClient.ConnectAsync(server, account, first.ThreadId, before.LastSeq, isSocket: false);

        await actAsync(scene);

        var fresh = await Eventually.SeeAsync("an idle thread", async () =>
        {
            var page = await account.MessagesAsync(first.ThreadId);
            return page.RunningTurnId is null ? page : null;
        });
        // What was connected all the time, and what comes back with the old position.
        await using var laterSocket = await StreamClient.ConnectAsync(server, account, first.ThreadId, before.LastSeq, isSocket: true);
        await using var laterStream = await StreamClient.ConnectAsync(server, account, first.ThreadId, before.LastSeq, isSocket: false);
        foreach (var client in new[] { socket, stream, laterSocket, laterStream })
        {
            var state = new ShownThread(before);
            while (state.LastSeq < fresh.LastSeq || state.ShowsTyping)
            {
                state.Apply(await client.ReadAsync());
            }

            state.Text.ShouldBe(ShownThread.TextOf(fresh));
        }
    }

    private sealed record Scene(TestServer Server, ScriptedModelServer Model, TestAccount Account, Guid Thread)
    {
        public async Task<Guid> SendAsync(string message) => (await Account.SendAsync(message, Thread)).TurnId;
    }
}
