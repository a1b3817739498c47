using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Evenkeel.Contracts;
using Evenkeel.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.BadInput;

/// <summary>The socket of the real server; the rules of single frames are tested in Realtime/ClientFrameTests.</summary>
public sealed class SocketTests(BadInputServer server) : IClassFixture<BadInputServer>
{
    [Fact]
    public Task A_conversation_of_another_organization_closes_with_4404() => server.ShouldChangeNothingAsync(async () =>
    {
        foreach (var thread in new[] { server.Theirs.Ids["thread"], Guid.CreateVersion7().ToString(), "not-a-uuid" })
        {
            await using var client = await ConnectAsync(thread, server.Mine.Authorization.Parameter);
            (await client.ReadToCloseAsync()).ShouldBe(CloseCode.NotFound, thread);
            client.CloseReason.Text("error_code").ShouldBe("not_found", thread);
        }
    });

    [Fact]
    public async Task Bad_tokens_and_used_tickets_close_with_4401()
    {
        using var check = await server.Mine.Account.Http.PostAsync(new Uri("/auth/refresh-for-streaming", UriKind.Relative), null, TestContext.Current.CancellationToken);
        var ticket = (string)(await check.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["stream_ticket"]!;
        await using var first = await ConnectAsync(server.Mine.Ids["thread"], ticket);
        await first.ReadAsync("connected");

        foreach (var token in new[] { ticket, "garbage", "a.b.c", new string('x', 4000), "%00" })
        {
            await using var client = await ConnectAsync(server.Mine.Ids["thread"], token);
            (await client.ReadToCloseAsync()).ShouldBe(CloseCode.TokenExpired, token);
            client.CloseReason.Text("error_code").ShouldBe("token_invalid", token);
        }
    }

    [Fact]
    public Task Messages_that_are_too_long_change_nothing() => server.ShouldChangeNothingAsync(async () =>
    {
        await using var client = await ConnectAsync(server.Mine.Ids["thread"], server.Mine.Authorization.Parameter);
        await client.ReadAsync("connected");
        foreach (var message in new[] { new string('x', 40_000), "a\0b", " ", "" })
        {
            await client.SendAsync(new { type = "send", message });
            (await client.ReadAsync("command_error")).Text("error_code").ShouldBe("invalid_request");
        }

        await client.SendAsync(new { type = "send", message = new string('x', 100_000) });
        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.FrameTooLarge);
        client.CloseReason.Text("error_code").ShouldBe("invalid_request");
    });

    [Fact]
    public Task Frames_without_sense_change_nothing_and_leave_the_socket_open() => server.ShouldChangeNothingAsync(async () =>
    {
        await using var client = await ConnectAsync(server.Mine.Ids["thread"], server.Mine.Authorization.Parameter);
        await client.ReadAsync("connected");
        string[] frames =
        [
            "{", "[]", "null", "5", "\"send\"", "{}", """{"type":5}""", """{"type":"nonsense"}""", """{"type":"send","message":{"a":1}}""",
            """{"type":"send","message":"\ud800"}""", """{"type":"resume","after_seq":-1}""", """{"type":"stop","turn_id":"x"}""",
            """{"type":"subscribe","events":[null]}""", $$"""{"type":{{new string('[', 5000)}}""",
        ];
        foreach (var frame in frames)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text);
            (await client.ReadAsync("command_error")).Text("error_code").ShouldBe("invalid_request", frame);
        }
    });

    private Task<SocketClient> ConnectAsync(string thread, string? token) =>
        SocketClient.ConnectAsync(new Uri($"ws://{server.Server.Address.Authority}/ws/chat/{thread}?token={token}"));
}
