using Evenkeel.Contracts;
using Evenkeel.Contracts.Frames;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Realtime;

public sealed class DeliveryTests : IAsyncLifetime
{
    private readonly Guid _turn = Guid.CreateVersion7();
    private readonly Guid _cid = Guid.CreateVersion7();
    private RealtimeServer _server = null!;
    private Guid _thread;

    public async ValueTask InitializeAsync()
    {
        _server = await RealtimeServer.StartAsync();
        _thread = _server.Threads.NewThread(_server.People.Owner.OrganizationId);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Frames_published_in_any_order_arrive_once_and_in_order()
    {
        await using var client = await OpenAsync();
        var frames = Enumerable.Range(0, 3).Select(_ => _server.Threads.Commit(_thread, Guid.CreateVersion7(), "m")).ToList();
        _server.Broadcast.PublishDurable(_thread, frames[2], 3);
        _server.Broadcast.PublishDurable(_thread, frames[0], 1);
        _server.Broadcast.PublishDurable(_thread, frames[1], 2);
        _server.Broadcast.PublishDurable(_thread, frames[2], 3);
        _server.Broadcast.PublishDurable(_thread, _server.Threads.Commit(_thread, _turn, "m"), 4);

        for (var seq = 1; seq <= 4; seq++)
        {
            (await client.ReadAsync())!.Value.Number("seq").ShouldBe(seq);
        }
    }

    [Fact]
    public async Task A_gap_is_read_once_for_all_connections_and_holds_what_comes_after()
    {
        var clients = new List<SocketClient>();
        for (var count = 0; count < 5; count++)
        {
            clients.Add(await OpenAsync());
        }

        var release = new TaskCompletionSource();
        _server.Threads.BeforeRead = () => release.Task;
        var readsBefore = _server.Threads.Reads;
        _server.Threads.Commit(_thread, _turn, "missed", "user");
        _server.Broadcast.PublishDurable(_thread, _server.Threads.Commit(_thread, _turn, "answer"), 2);
        _server.Broadcast.TurnEnded(_thread, _turn, _cid);
        release.SetResult();

        foreach (var client in clients)
        {
            (await client.ReadAsync())!.Value.Text("text").ShouldBe("missed");
            (await client.ReadAsync())!.Value.Text("text").ShouldBe("answer");
            (await client.ReadAsync())!.Value.Text("event").ShouldBe("idle");
            await client.DisposeAsync();
        }

        (_server.Threads.Reads - readsBefore).ShouldBe(1);
    }

    [Fact]
    public async Task When_the_rows_cannot_be_read_clients_are_told_to_come_back_instead_of_missing_something()
    {
        await using var client = await OpenAsync();
        _server.Threads.BeforeRead = () => throw new TimeoutException("no database");
        _server.Threads.Commit(_thread, _turn, "missed");
        _server.Broadcast.PublishDurable(_thread, _server.Threads.Commit(_thread, _turn, "answer"), 2);

        (await client.ReadToCloseAsync()).ShouldBe(CloseCode.Overloaded);
        client.CloseReason.Number("retry_after_s").ShouldBe(2);
    }

    [Fact]
    public async Task The_first_delta_goes_out_at_once_and_further_ones_are_gathered()
    {
        await using var client = await OpenAsync();
        foreach (var token in new[] { "Hel", "lo", ", ", "world" })
        {
            _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", token);
        }

        var first = (await client.ReadAsync())!.Value;
        (first.Number("offset"), first.Text("token"), first.Text("model")).ShouldBe((0, "Hel", "model"));
        first.GetProperty("done").GetBoolean().ShouldBeFalse();
        first.GetProperty("error").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        _server.Time.Advance(TimeSpan.FromMilliseconds(60));
        var second = (await client.ReadAsync())!.Value;
        (second.Number("offset"), second.Text("token")).ShouldBe((3, "lo, world"));
    }

    [Fact]
    public async Task The_end_of_a_turn_flushes_its_text_before_the_message_and_idle_follows()
    {
        await using var client = await OpenAsync();
        _server.Broadcast.TurnStatus(_thread, new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = _turn, Cid = _cid });
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "a");
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "b");
        _server.Broadcast.LiveText(_thread, _turn).ShouldBe("ab");
        _server.Broadcast.PublishDurable(_thread, _server.Threads.Commit(_thread, _turn, "ab"), 1);
        _server.Broadcast.TurnEnded(_thread, _turn, _cid);

        (await client.ReadAsync())!.Value.Text("event").ShouldBe("typing");
        (await client.ReadAsync())!.Value.Text("token").ShouldBe("a");
        (await client.ReadAsync())!.Value.Text("token").ShouldBe("b");
        (await client.ReadAsync())!.Value.Type().ShouldBe("chat_message");
        var idle = (await client.ReadAsync())!.Value;
        (idle.Text("event"), idle.Text("turn_id"), idle.Text("cid")).ShouldBe(("idle", _turn.ToString(), _cid.ToString()));
        _server.Broadcast.LiveText(_thread, _turn).ShouldBe("");
    }

    [Fact]
    public async Task An_end_that_is_stored_before_it_is_told_waits_for_the_last_pieces_of_this_process()
    {
        await using var client = await OpenAsync();
        var answer = await StoreEndAfterFirstPieceAsync(client);
        await LooksAsync(1);

        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "b");
        _server.Broadcast.PublishDurable(_thread, answer, 1);
        _server.Broadcast.TurnEnded(_thread, _turn, _cid);

        (await client.ReadAsync())!.Value.Text("token").ShouldBe("b");
        (await client.ReadAsync())!.Value.Type().ShouldBe("chat_message");
        (await client.ReadAsync())!.Value.Text("event").ShouldBe("idle");
        _server.Threads.LooksAtEnds.ShouldBe(1, "nobody looks again before time has passed");
    }

    [Fact]
    public async Task An_end_that_is_stored_and_never_told_is_found_all_the_same()
    {
        await using var client = await OpenAsync();
        await StoreEndAfterFirstPieceAsync(client);
        await LooksAsync(2);

        (await client.ReadAsync("idle")).Text("turn_id").ShouldBe(_turn.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_end_that_is_read_with_a_gap_stands_below_all_of_its_text(bool isTold)
    {
        await using var client = await OpenAsync();
        var (reads, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "a");
        _server.Threads.BeforeRead = () =>
        {
            reads.TrySetResult();
            return release.Task;
        };
        _server.Threads.Commit(_thread, Guid.CreateVersion7(), "missed", "user");
        _server.Broadcast.PublishDurable(_thread, _server.Threads.Commit(_thread, Guid.CreateVersion7(), "behind it", "user"), 2);
        await reads.Task;
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "b");
        _server.Time.Advance(TimeSpan.FromMilliseconds(60));
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "c");
        var answer = _server.Threads.Commit(_thread, _turn, "abc");
        if (isTold)
        {
            _server.Broadcast.PublishDurable(_thread, answer, 3);
        }

        release.SetResult();

        (await client.ReadAsync())!.Value.Text("token").ShouldBe("a");
        (await client.ReadAsync())!.Value.Text("text").ShouldBe("missed");
        (await client.ReadAsync())!.Value.Text("text").ShouldBe("behind it");
        (await client.ReadAsync())!.Value.Text("token").ShouldBe("b");
        (await client.ReadAsync())!.Value.Text("token").ShouldBe("c");
        (await client.ReadAsync())!.Value.Text("text").ShouldBe("abc");
        _server.Broadcast.TurnEnded(_thread, _turn, _cid);
        (await client.ReadAsync())!.Value.Text("event").ShouldBe("idle");
    }

    [Fact]
    public async Task A_reset_starts_the_text_again_and_late_tokens_of_the_old_attempt_are_dropped()
    {
        await using var client = await OpenAsync();
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "wrong");
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", " start");
        _server.Broadcast.Reset(_thread, _turn, _cid, 2, "llm_unavailable");
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "late");
        _server.Broadcast.Delta(_thread, _turn, _cid, 2, "model", "right");

        (await client.ReadAsync())!.Value.Text("token").ShouldBe("wrong");
        var reset = (await client.ReadAsync())!.Value;
        (reset.Type(), reset.Number("attempt"), reset.Text("reason")).ShouldBe(("chat_reset", 2, "llm_unavailable"));
        var delta = (await client.ReadAsync())!.Value;
        (delta.Number("attempt"), delta.Number("offset"), delta.Text("token")).ShouldBe((2, 0, "right"));
        _server.Broadcast.LiveText(_thread, _turn).ShouldBe("right");
    }

    [Fact]
    public async Task A_character_that_a_provider_cut_in_half_arrives_whole()
    {
        await using var client = await OpenAsync();
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "a\ud83d");
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "\ude00b");
        _server.Time.Advance(TimeSpan.FromMilliseconds(60));

        (await client.ReadAsync())!.Value.Text("token").ShouldBe("a");
        var second = (await client.ReadAsync())!.Value;
        (second.Number("offset"), second.Text("token")).ShouldBe((1, "😀b"));
    }

    [Fact]
    public async Task A_status_that_comes_after_the_end_does_not_bring_the_turn_back()
    {
        _server.Broadcast.TurnEnded(_thread, _turn, _cid);
        _server.Broadcast.TurnStatus(_thread, new ChatStatusFrame { Event = StatusEvent.Queued, TurnId = _turn });
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "late");
        _server.Live.Count.ShouldBe(0);
        await using var client = await OpenAsync();
        _server.Broadcast.PublishDurable(_thread, _server.Threads.Commit(_thread, _turn, "m"), 1);

        (await client.ReadAsync())!.Value.Type().ShouldBe("chat_message");
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_with_4480_and_others_get_everything()
    {
        await using var slow = await OpenAsync();
        await using var quick = await OpenAsync();
        var text = new string('x', 100_000);
        for (var seq = 1; seq <= 200; seq++)
        {
            _server.Broadcast.PublishDurable(_thread, _server.Threads.Commit(_thread, Guid.CreateVersion7(), text), seq);
            (await quick.ReadAsync())!.Value.Number("seq").ShouldBe(seq);
        }

        (await slow.ReadToCloseAsync()).ShouldBe(CloseCode.TooSlow);
    }

    [Fact]
    public async Task Nothing_is_kept_when_everybody_has_left_and_nothing_runs()
    {
        var client = await OpenAsync();
        _server.Broadcast.TurnStatus(_thread, new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = _turn });
        client.Drop();
        await _server.ConnectionsAsync(0);
        _server.Live.Count.ShouldBe(1);
        _server.Broadcast.TurnEnded(_thread, _turn, _cid);

        _server.Live.Count.ShouldBe(0);
    }

    private async Task<ChatMessageFrame> StoreEndAfterFirstPieceAsync(SocketClient client)
    {
        _server.Broadcast.TurnStatus(_thread, new ChatStatusFrame { Event = StatusEvent.Typing, TurnId = _turn, Attempt = 1, Cid = _cid });
        _server.Broadcast.Delta(_thread, _turn, _cid, 1, "model", "a");
        (await client.ReadAsync())!.Value.Text("event").ShouldBe("typing");
        (await client.ReadAsync())!.Value.Text("token").ShouldBe("a");
        _server.Threads.HasEnded = true;
        return _server.Threads.Commit(_thread, _turn, "ab");
    }

    /// <summary>Lets time pass until the database was asked so often what became of the turn.</summary>
    private Task LooksAsync(int count) => Eventually.HoldAsync("a look at the database", () =>
    {
        _server.Time.Advance(TimeSpan.FromSeconds(0.1));
        return Task.FromResult(Volatile.Read(ref _server.Threads.LooksAtEnds) >= count);
    });

    private async Task<SocketClient> OpenAsync()
    {
        var client = await _server.ConnectAsync(_thread);
        await client.ReadAsync("connected");
        // The answer shows that the connection is live: commands are taken only then.
        await client.SendAsync(new { type = "nonsense" });
        await client.ReadAsync("command_error");
        return client;
    }
}
