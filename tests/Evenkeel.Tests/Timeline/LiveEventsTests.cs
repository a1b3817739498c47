using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

public sealed class LiveEventsTests
{
    [Fact]
    public async Task A_subscribed_socket_gets_the_events_of_its_types_in_order_with_the_seq_that_rest_gives()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        var threadId = await SendAsync(account, new SendMessageRequest { Message = "hello" });
        using var socket = new ClientWebSocket();
        var address = new UriBuilder(server.Address) { Scheme = "ws", Path = $"/ws/chat/{threadId}", Query = $"token={account.SignedIn.AccessToken}" };
        await socket.ConnectAsync(address.Uri, ct);
        var subscribe = """{"type":"subscribe","events":["agent_thinking","saving_message"]}""";
        await socket.SendAsync(Encoding.UTF8.GetBytes(subscribe), WebSocketMessageType.Text, true, ct);

        // Subscribing is not answered: keep sending until an event arrives, which also shows that no other type does.
        var seen = new List<(string Type, long Seq)>();
        while (seen.Count < 6)
        {
            await SendAsync(account, new SendMessageRequest { ThreadId = threadId, Message = "hello again" });
            await ReadUntilIdleAsync(socket, seen, ct);
        }

        seen.Select(entry => entry.Type).Distinct().Order().ShouldBe(["agent_thinking", "saving_message"]);
        seen.Select(entry => entry.Seq).ShouldBeInOrder();
        var rest = await account.Http.GetFromJsonAsync<JsonElement>($"/chat/events/{threadId}?type=agent_thinking,saving_message&limit=500", ct);
        var stored = rest.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("seq").GetInt64()).ToHashSet();
        seen.ShouldAllBe(entry => stored.Contains(entry.Seq));
    }

    private static async Task<Guid> SendAsync(TestAccount account, SendMessageRequest request)
    {
        using var response = await account.Http.PostAsJsonAsync("/api/v1/chat", request, Wire.Json, TestContext.Current.CancellationToken);
        return (await response.Content.ReadFromJsonAsync<SendMessageResponse>(Wire.Json, TestContext.Current.CancellationToken))!.ThreadId;
    }

    private static async Task ReadUntilIdleAsync(ClientWebSocket socket, List<(string Type, long Seq)> seen, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), ct);
            var frame = JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, received.Count));
            if (frame.GetProperty("type").GetString() == "event")
            {
                var recorded = frame.GetProperty("event");
                seen.Add((recorded.GetProperty("event_type").GetString()!, recorded.GetProperty("seq").GetInt64()));
            }
            else if (frame.TryGetProperty("event", out var status) && status.GetString() == "idle")
            {
                return;
            }
        }
    }
}
