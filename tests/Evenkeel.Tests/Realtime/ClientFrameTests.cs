using System.Net.WebSockets;
using System.Text;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Realtime;

public sealed class ClientFrameTests
{
    [Fact]
    public async Task A_frame_that_is_too_large_closes_with_4413()
    {
        await using var server = await RealtimeServer.StartAsync();
        await using var client = await OpenAsync(server);
        await client.SendAsync(new byte[(64 * 1024) + 1], WebSocketMessageType.Text);

        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.FrameTooLarge);
    }

    [Fact]
    public async Task A_frame_of_the_largest_size_is_taken()
    {
        await using var server = await RealtimeServer.StartAsync();
        await using var client = await OpenAsync(server);
        var frame = "{\"type\":\"send\",\"message\":\"" + new string('x', (64 * 1024) - 28) + "\"}";
        Encoding.UTF8.GetByteCount(frame).ShouldBe(64 * 1024);
        await client.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text);
        await client.SendAsync(new { type = "nonsense" });

        await client.ReadAsync("command_error");
        server.Threads.Commands.Single().Frame!.Message!.Length.ShouldBe((64 * 1024) - 28);
    }

    [Fact]
    public async Task A_flood_closes_with_4429()
    {
        await using var server = await RealtimeServer.StartAsync();
        await using var client = await OpenAsync(server);
        for (var count = 0; count < 61; count++)
        {
            await client.SendAsync(new { type = "typing" });
        }

        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.TooMany);
        client.CloseReason.Text("error_code").ShouldBe("rate_limited");
    }

    [Fact]
    public async Task Binary_and_broken_text_close_with_the_codes_of_the_protocol()
    {
        await using var server = await RealtimeServer.StartAsync();
        await using var binary = await OpenAsync(server);
        await binary.SendAsync([1, 2, 3], WebSocketMessageType.Binary);
        (await binary.ReadToCloseAsync()).ShouldBe(1003);

        await using var broken = await OpenAsync(server);
        await broken.SendAsync([(byte)'"', 0xC3, 0x28, (byte)'"'], WebSocketMessageType.Text);
        (await broken.ReadToCloseAsync()).ShouldBe(1007);
    }

    [Theory]
    [InlineData("{\"type\":\"dance\"}", "type")]
    [InlineData("not json", "type")]
    [InlineData("[]", "type")]
    [InlineData("{\"type\":7}", "type")]
    [InlineData("{}", "type")]
    [InlineData("null", "type")]
    [InlineData("{\"type\":\"resume\",\"after_seq\":-1}", "after_seq")]
    [InlineData("{\"type\":\"auth\"}", "token")]
    public async Task What_cannot_be_understood_is_answered_and_changes_nothing(string text, string field)
    {
        await using var server = await RealtimeServer.StartAsync();
        await using var client = await OpenAsync(server);
        await client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

        var answer = await client.ReadAsync("command_error");
        answer.Text("error_code").ShouldBe("invalid_request");
        answer.GetProperty("details")[0].Text("field").ShouldBe(field);
        answer.TryGetProperty("seq", out _).ShouldBeFalse();
        server.Threads.Commands.ShouldBeEmpty();
    }

    [Fact]
    public async Task Commands_reach_the_chat_and_refusals_come_back_to_the_sender_alone()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var client = await server.ConnectAsync(thread);
        await using var other = await server.ConnectAsync(thread);
        await client.ReadAsync("connected");
        await other.ReadAsync("connected");
        server.Threads.Refusal = new Error(ErrorCode.RateLimited) { RetryAfter = TimeSpan.FromSeconds(3) };
        var (turn, correlation) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await client.SendAsync(new { type = "stop", turn_id = turn });
        await client.ReadAsync("command_error");
        await client.SendAsync(new { type = "send", message = "你好", client_message_id = "m1", correlation_id = correlation, locale = "zh" });

        var answer = await client.ReadAsync("command_error");
        answer.Text("command").ShouldBe("send");
        answer.Text("client_message_id").ShouldBe("m1");
        answer.Text("error_code").ShouldBe("rate_limited");
        answer.Text("error").ShouldBe(ErrorCatalogue.Of("rate_limited").Text("zh"));
        answer.Number("retry_after_s").ShouldBe(3);
        answer.Text("correlation_id").ShouldBe(correlation.ToString());
        server.Threads.Commands.Select(command => command.Type).ShouldBe(["stop", "send"]);
        server.Threads.Commands.First().TurnId.ShouldBe(turn);
        server.Broadcast.PublishDurable(thread, server.Threads.Commit(thread, turn, "next"), 1);
        (await other.ReadAsync())!.Value.Type().ShouldBe("chat_message");
    }

    private static async Task<SocketClient> OpenAsync(RealtimeServer server)
    {
        var client = await server.ConnectAsync(server.Threads.NewThread(server.People.Owner.OrganizationId));
        await client.ReadAsync("connected");
        return client;
    }
}
