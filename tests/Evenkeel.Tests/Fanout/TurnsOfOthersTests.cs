using System.Text.Json;
using Evenkeel.Contracts.Frames;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Fanout;

/// <summary>What is heard of turns in other processes: twice, late, with gaps, or from somebody who has lost the turn.</summary>
public sealed class TurnsOfOthersTests
{
    private readonly Guid _turn = Guid.CreateVersion7();

    [Fact]
    public async Task Pieces_that_come_twice_or_begin_earlier_add_only_what_is_new()
    {
        await using var server = await RealtimeServer.StartAsync();
        var (thread, client) = await WatchAsync(server);

        server.Live.Receive(thread, Delta(1, 0, "one "));
        server.Live.Receive(thread, Delta(1, 0, "one two "));
        server.Live.Receive(thread, Delta(1, 4, "two "));
        server.Live.Receive(thread, Delta(1, 8, "three"));

        Piece(await client.ReadAsync("chat_delta")).ShouldBe((1, 0, "one "));
        Piece(await client.ReadAsync("chat_delta")).ShouldBe((1, 4, "two "));
        Piece(await client.ReadAsync("chat_delta")).ShouldBe((1, 8, "three"));
    }

    [Fact]
    public async Task A_gap_shows_nothing_until_the_text_so_far_has_come()
    {
        await using var server = await RealtimeServer.StartAsync();
        var (thread, client) = await WatchAsync(server);

        server.Live.Receive(thread, Delta(1, 10, "the end"));
        server.Live.Receive(thread, Delta(1, 0, "beginning "));
        server.Live.Receive(thread, Delta(1, 10, "the end"));

        Piece(await client.ReadAsync("chat_delta")).ShouldBe((1, 0, "beginning "));
        Piece(await client.ReadAsync("chat_delta")).ShouldBe((1, 10, "the end"));
    }

    [Fact]
    public async Task A_worker_that_has_lost_its_turn_is_not_heard_any_more()
    {
        await using var server = await RealtimeServer.StartAsync();
        var (thread, client) = await WatchAsync(server);

        server.Live.Receive(thread, Delta(1, 0, "of the first"));
        server.Live.Receive(thread, Delta(2, 0, "of the second"));
        server.Live.Receive(thread, Delta(1, 12, " zombie"));
        server.Live.Receive(thread, new ChatStatusFrame { Event = StatusEvent.Retrying, TurnId = _turn, Attempt = 1 });
        server.Live.Receive(thread, Delta(2, 13, ", going on"));

        Piece(await client.ReadAsync("chat_delta")).ShouldBe((1, 0, "of the first"));
        (await client.ReadAsync())!.Value.Type().ShouldBe("chat_reset");
        Piece((await client.ReadAsync())!.Value).ShouldBe((2, 0, "of the second"));
        Piece((await client.ReadAsync())!.Value).ShouldBe((2, 13, ", going on"));
    }

    [Fact]
    public async Task A_turn_that_has_ended_is_not_brought_back()
    {
        await using var server = await RealtimeServer.StartAsync();
        var (thread, client) = await WatchAsync(server);
        server.Live.Receive(thread, Delta(1, 0, "text"));
        server.Live.Receive(thread, new ChatStatusFrame { Event = StatusEvent.Idle, TurnId = _turn });

        server.Live.Receive(thread, Delta(1, 4, " and more"));
        server.Live.Receive(thread, new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = _turn, Attempt = 2 });
        server.Live.Receive(thread, new ChatStatusFrame { Event = StatusEvent.Idle, TurnId = _turn });

        (await client.ReadAsync("idle")).Text("turn_id").ShouldBe(_turn.ToString());
        await using var later = await server.ConnectAsync(thread);
        await later.ReadAsync("connected");
        await later.SendAsync(new { type = "resume", after_seq = 0 });
        (await later.ReadAsync())!.Value.Text("event").ShouldBe("connected", "no state of the turn is left");
        server.Live.With(thread, one => one.HasTurn(_turn).ShouldBeFalse());
    }

    [Fact]
    public async Task A_connection_that_comes_later_gets_the_text_of_another_process_whole()
    {
        await using var server = await RealtimeServer.StartAsync();
        var (thread, first) = await WatchAsync(server);
        // Without anybody connected what runs elsewhere is forgotten.
        await using var connected = first;
        server.Live.Receive(thread, new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = _turn, Attempt = 1 });
        server.Live.Receive(thread, Delta(1, 0, "one "));
        server.Live.Receive(thread, Delta(1, 4, "two"));

        await using var later = await server.ConnectAsync(thread);

        (await later.ReadAsync("typing")).Number("attempt").ShouldBe(1);
        Piece(await later.ReadAsync("chat_delta")).ShouldBe((1, 0, "one two"));
    }

    [Fact]
    public async Task A_turn_that_nobody_carries_stops_looking_busy_after_thirty_seconds()
    {
        await using var server = await RealtimeServer.StartAsync();
        server.Threads.Carries = false;
        var (thread, client) = await WatchAsync(server);
        server.Broadcast.TurnStatus(thread, new ChatStatusFrame { Event = StatusEvent.Queued, TurnId = _turn });
        await client.ReadAsync("queued");

        var idle = client.ReadAsync("idle");
        // Small steps: the pause between two looks at the database begins when the one before is over.
        for (var tenths = 0; tenths < 290; tenths++)
        {
            server.Time.Advance(TimeSpan.FromSeconds(0.1));
            await Task.Yield();
        }

        idle.IsCompleted.ShouldBeFalse();
        await Eventually.HoldAsync("the end of the indicator", () =>
        {
            server.Time.Advance(TimeSpan.FromSeconds(0.1));
            return Task.FromResult(idle.IsCompleted);
        });

        (await idle).Text("user_message").ShouldContain("Nobody can answer");
    }

    private static (int Attempt, int Offset, string Token) Piece(JsonElement frame) =>
        ((int)frame.Number("attempt"), (int)frame.Number("offset"), frame.Text("token"));

    private static async Task<(Guid Thread, SocketClient Client)> WatchAsync(RealtimeServer server)
    {
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        var client = await server.ConnectAsync(thread);
        await client.ReadAsync("connected");
        return (thread, client);
    }

    private ChatDeltaFrame Delta(int attempt, int offset, string token) =>
        new() { TurnId = _turn, Attempt = attempt, Offset = offset, Model = "model", Token = token };
}
