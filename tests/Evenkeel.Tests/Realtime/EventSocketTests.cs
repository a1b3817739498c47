using System.Text.Json;
using Evenkeel.Realtime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Realtime;

/// <summary>Sockets to a session's timeline: everything after a number, once and in order, then live.</summary>
public sealed class EventSocketTests
{
    [Fact]
    public async Task What_is_recorded_while_a_socket_catches_up_comes_once_and_in_order()
    {
        await using var server = await RealtimeServer.StartAsync();
        var session = Guid.CreateVersion7();
        server.Events.Record(session, [.. Enumerable.Repeat("a", 450)]);
        // After each page something new is recorded, and others hear of it before the socket is live.
        await using var first = await ConnectAsync(server, session, "after_seq=440");
        await SeqsAsync(first, 10);
        var reads = 0;
        server.Events.AfterRead = () =>
        {
            if (++reads <= 5)
            {
                server.Events.Record(session, "b");
                server.Pump(session);
            }

            return Task.CompletedTask;
        };

        await using var second = await ConnectAsync(server, session, "after_seq=0");

        (await SeqsAsync(second, 455)).ShouldBe(Enumerable.Range(1, 455).Select(seq => (long)seq));
        server.Events.Record(session, "c");
        server.Pump(session);
        (await SeqsAsync(second, 1)).ShouldBe([456]);
        (await SeqsAsync(first, 6)).ShouldBe([451, 452, 453, 454, 455, 456]);
    }

    [Fact]
    public async Task A_socket_begins_now_unless_it_says_where_and_can_change_types_and_resume()
    {
        await using var server = await RealtimeServer.StartAsync();
        var session = Guid.CreateVersion7();
        server.Events.Record(session, "a", "b");
        await using var socket = await ConnectAsync(server, session, "types=a,b");
        server.Events.Record(session, "a", "c", "b");
        server.Pump(session);
        (await SeqsAsync(socket, 2)).ShouldBe([3, 5]);

        await socket.SendAsync(new { type = "subscribe", events = new[] { "c" } });
        // Answered frames say that the one before was taken.
        await socket.SendAsync(new { type = "send", message = "hello" });
        (await socket.ReadAsync("command_error")).Text("error_code").ShouldBe("invalid_request");
        server.Events.Record(session, "a", "c");
        server.Pump(session);
        (await SeqsAsync(socket, 1)).ShouldBe([7]);

        await socket.SendAsync(new { type = "resume", after_seq = 2 });
        var greeting = await socket.ReadAsync("connected");
        greeting.Number("last_seq").ShouldBe(7);
        greeting.GetProperty("recovered").GetBoolean().ShouldBeTrue();
        (await SeqsAsync(socket, 2)).ShouldBe([4, 7]);
        await socket.SendAsync(new { type = "resume", after_seq = 99 });
        (await socket.ReadAsync("connected")).GetProperty("recovered").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Chat_sockets_see_the_same_as_they_may_and_nothing_once_they_want_nothing()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var owner = await server.ConnectAsync(thread);
        await using var member = await server.ConnectAsync(thread, token: server.People.Token(server.People.Owner with { Role = "member", Locale = "zh" }));
        await using var other = await server.ConnectAsync(thread);
        foreach (var socket in new[] { owner, member })
        {
            await socket.ReadAsync("connected");
            await socket.SendAsync(new { type = "subscribe", events = new[] { "*" } });
            await socket.SendAsync(new { type = "nonsense" });
            await socket.ReadAsync("command_error");
        }

        server.Events.Record(thread, "secret", "open");
        server.Pump(thread);

        (await SeqsAsync(owner, 2)).ShouldBe([1, 2]);
        var seen = await member.ReadAsync("event");
        (seen.GetProperty("event").Number("seq"), seen.GetProperty("event").Text("user_message")).ShouldBe((2, "zh"));
        await owner.SendAsync(new { type = "subscribe", events = Array.Empty<string>() });
        await owner.SendAsync(new { type = "nonsense" });
        await owner.ReadAsync("command_error");
        server.Events.Record(thread, "open");
        server.Pump(thread);
        server.Broadcast.PublishDurable(thread, server.Threads.Commit(thread, Guid.CreateVersion7(), "end"), 1);
        (await owner.ReadAsync())!.Value.Type().ShouldBe("chat_message");
        (await other.ReadAsync("connected")).Type().ShouldBe("chat_status");
        (await other.ReadAsync())!.Value.Type().ShouldBe("chat_message");
        server.Service<IEventFeeds>().IsWatched(thread).ShouldBeTrue();
    }

    [Fact]
    public async Task Keys_open_it_by_header_url_or_first_frame_if_they_may_read_events_and_are_closed_once_revoked()
    {
        await using var server = await RealtimeServer.StartAsync();
        var session = Guid.CreateVersion7();
        var key = server.Keys.Add("events:read");
        await using var byUrl = await ConnectAsync(server, session, $"token={key}", signIn: false);
        await using var byHeader = await ConnectAsync(server, session, "", signIn: false, key: key);
        await using var byFrame = await SocketClient.ConnectAsync(Address(server, session, ""));
        await byFrame.SendAsync(new { type = "auth", token = key });
        (await byFrame.ReadAsync("connected")).TryGetProperty("token_expires_in_seconds", out _).ShouldBeFalse();

        await using var wrong = await SocketClient.ConnectAsync(Address(server, session, $"token={server.Keys.Add("events:write")}"));
        (await wrong.ReadToCloseAsync()).ShouldBe(4403);
        await using var unknown = await SocketClient.ConnectAsync(Address(server, session, "token=ek_unknown"));
        (await unknown.ReadToCloseAsync()).ShouldBe(4401);
        // A key is nobody who could chat.
        await using var chat = await server.ConnectAsync(server.Threads.NewThread(Guid.CreateVersion7()), token: key);
        (await chat.ReadToCloseAsync()).ShouldBe(4401);

        server.Keys.Revoke(key);
        server.Time.Advance(TimeSpan.FromSeconds(6));
        (await byUrl.ReadToCloseAsync()).ShouldBe(4401);
        (await byHeader.ReadToCloseAsync()).ShouldBe(4401);
        (await byFrame.ReadToCloseAsync()).ShouldBe(4401);
    }

    private static async Task<SocketClient> ConnectAsync(RealtimeServer server, Guid session, string query, bool signIn = true, string? key = null)
    {
        var socket = await SocketClient.ConnectAsync(Address(server, session, signIn ? $"{query}&token={server.People.Token()}" : query), key);
        await socket.ReadAsync("connected");
        return socket;
    }

    private static Uri Address(RealtimeServer server, Guid session, string query) => new($"ws://{server.Address.Authority}/chat/ws/events/{session}?{query}");

    private static async Task<List<long>> SeqsAsync(SocketClient socket, int count)
    {
        var seqs = new List<long>();
        while (seqs.Count < count)
        {
            var frame = await socket.ReadAsync("event");
            if (frame.GetProperty("event").ValueKind == JsonValueKind.Object)
            {
                seqs.Add(frame.GetProperty("event").Number("seq"));
            }
        }

        return seqs;
    }
}
