using Evenkeel.Contracts.Frames;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Realtime;

public sealed class ConnectingTests
{
    [Fact]
    public async Task The_first_frame_greets_with_position_and_token_life()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        server.Threads.Commit(thread, Guid.CreateVersion7(), "hello", "user");
        await using var client = await server.ConnectAsync(thread);

        var greeting = (await client.ReadAsync())!.Value;

        greeting.Type().ShouldBe("chat_status");
        greeting.Text("event").ShouldBe("connected");
        greeting.Text("thread_id").ShouldBe(thread.ToString());
        greeting.Number("last_seq").ShouldBe(1);
        greeting.GetProperty("recovered").GetBoolean().ShouldBeFalse();
        greeting.Number("snapshot_from_seq").ShouldBe(1);
        greeting.Number("token_expires_in_seconds").ShouldBe(900);
        greeting.Text("server_time").ShouldEndWith("Z");
        (await client.ReadAsync("chat_message")).Text("text").ShouldBe("hello");
    }

    [Fact]
    public async Task A_deleted_thread_closes_its_connections_and_no_others()
    {
        await using var server = await RealtimeServer.StartAsync();
        var (deleted, kept) = (server.Threads.NewThread(server.People.Owner.OrganizationId), server.Threads.NewThread(server.People.Owner.OrganizationId));
        await using var leaver = await server.ConnectAsync(deleted);
        await using var stayer = await server.ConnectAsync(kept);
        await leaver.ReadAsync("connected");
        await stayer.ReadAsync("connected");

        server.Broadcast.ThreadDeleted(deleted);

        (await leaver.ReadToCloseAsync()).ShouldBe(4404);
        server.Broadcast.TurnStatus(kept, new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = Guid.CreateVersion7(), Cid = Guid.CreateVersion7() });
        await stayer.ReadAsync("typing");
    }

    [Fact]
    public async Task A_resume_brings_what_was_missed_once_and_in_order_and_then_the_running_answer()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        var (turn, cid) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var number = 1; number <= 250; number++)
        {
            server.Threads.Commit(thread, Guid.CreateVersion7(), $"m{number}");
        }

        server.Broadcast.TurnStatus(thread, new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = turn, Cid = cid });
        server.Broadcast.Delta(thread, turn, cid, 1, "model", "Hello, ");
        server.Broadcast.Delta(thread, turn, cid, 1, "model", "wor");
        await using var client = await server.ConnectAsync(thread, afterSeq: 7);

        (await client.ReadAsync("connected")).GetProperty("recovered").GetBoolean().ShouldBeTrue();
        for (var seq = 8; seq <= 250; seq++)
        {
            (await client.ReadAsync())!.Value.Number("seq").ShouldBe(seq);
        }

        var typing = (await client.ReadAsync())!.Value;
        typing.Text("event").ShouldBe("typing");
        typing.TryGetProperty("deadline", out _).ShouldBeTrue();
        var text = (await client.ReadAsync())!.Value;
        (text.Number("offset"), text.Text("token"), text.Number("attempt")).ShouldBe((0, "Hello, wor", 1));

        server.Broadcast.Delta(thread, turn, cid, 1, "model", "ld");
        var rest = (await client.ReadAsync())!.Value;
        (rest.Number("offset"), rest.Text("token")).ShouldBe((10, "ld"));
    }

    [Theory]
    [InlineData(100, 99)] // ahead of the thread
    [InlineData(0, 501)] // too far behind
    public async Task A_position_that_cannot_be_resumed_gets_the_newest_page(long after, int messages)
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        for (var number = 1; number <= messages; number++)
        {
            server.Threads.Commit(thread, Guid.CreateVersion7(), $"m{number}");
        }

        await using var client = await server.ConnectAsync(thread, after);

        var greeting = await client.ReadAsync("connected");
        greeting.GetProperty("recovered").GetBoolean().ShouldBeFalse();
        greeting.Number("snapshot_from_seq").ShouldBe(messages - 49);
        for (var seq = messages - 49; seq <= messages; seq++)
        {
            (await client.ReadAsync())!.Value.Number("seq").ShouldBe(seq);
        }
    }
}
