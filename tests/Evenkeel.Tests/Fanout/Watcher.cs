using System.Text.Json;
using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Clients;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Shouldly;

namespace Evenkeel.Tests.Fanout;

/// <summary>Somebody who looks at a thread through one node, and checks every frame against what came before.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private readonly SocketClient _socket;

    private Watcher(SocketClient socket) => _socket = socket;

    public ShownThread State { get; } = new(new() { Items = [], LastSeq = 0, Breaker = new() { State = "closed", Failures = 0 } });

    /// <summary>Where the first piece of text began.</summary>
    public long? FirstOffset { get; private set; }

    public static async Task<Watcher> StartAsync(Node node, TestAccount account, Guid thread)
    {
        var watcher = new Watcher(await node.ConnectAsync(account, thread));
        watcher.State.Connected();
        await watcher.UntilAsync(frame => frame.Is("connected"));
        return watcher;
    }

    /// <summary>Reads until text of the turn comes, and gives it.</summary>
    public async Task<string> TextAsync(Guid turnId) =>
        (await UntilAsync(frame => frame.Is("chat_delta") && frame.GetProperty("turn_id").GetGuid() == turnId)).Text("token");

    /// <summary>Reads until the turn is over.</summary>
    public Task<JsonElement> IdleAsync(Guid turnId) => UntilAsync(frame => frame.Is("idle") && frame.GetProperty("turn_id").GetGuid() == turnId);

    /// <summary>Reads until the turn runs.</summary>
    public Task<JsonElement> TypingAsync(Guid turnId) => UntilAsync(frame => frame.Is("typing") && frame.GetProperty("turn_id").GetGuid() == turnId);

    /// <summary>Reads until the server closes with this code.</summary>
    public async Task ClosedAsync(int code) => (await _socket.ReadToCloseAsync()).ShouldBe(code);

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    private async Task<JsonElement> UntilAsync(Predicate<JsonElement> isIt)
    {
        while (true)
        {
            var frame = await _socket.ReadAsync() ?? throw new InvalidOperationException($"Closed with {_socket.CloseCode}.");
            State.Apply(frame);
            if (frame.Is("chat_delta"))
            {
                FirstOffset ??= frame.Number("offset");
            }

            if (isIt(frame))
            {
                return frame;
            }
        }
    }
}

internal static class FanoutDriving
{
    /// <summary>Whether the frame is of this type, or its status event is this.</summary>
    public static bool Is(this JsonElement frame, string type) =>
        frame.Type() == type || (frame.TryGetProperty("event", out var name) && name.ValueKind == JsonValueKind.String && name.GetString() == type);

    /// <summary>Sends and waits for the answer; gives what the send said.</summary>
    public static async Task<SendMessageResponse> AnsweredAsync(this TestAccount account, string message)
    {
        var sent = await account.SendAsync(message);
        await account.AnswerAsync(sent);
        return sent;
    }
}
