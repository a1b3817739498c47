using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>Turns of one conversation one at a time in the order sent; nobody waits for somebody else's.</summary>
public sealed class OrderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_sends_at_once_are_answered_one_at_a_time_in_the_order_of_their_numbers()
    {
        await using var model = await ScriptedModelServer.StartAsync(new ScriptedModelOptions { Tokens = 4, Delay = TimeSpan.FromMilliseconds(5) }, Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("begins the thread");
        await account.AnswerAsync(first);
        await server.Database.ChangeAsync(
            """
            CREATE TABLE seen_running (turn_id uuid, others bigint);
            GRANT ALL ON seen_running TO evenkeel_app;
            CREATE FUNCTION note_running() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO seen_running SELECT new.id, (SELECT count(*) FROM turns WHERE conversation_id = new.conversation_id AND status = 'running' AND id <> new.id);
                RETURN new; END $$;
            CREATE TRIGGER note_running AFTER UPDATE OF status ON turns FOR EACH ROW WHEN (new.status = 'running') EXECUTE FUNCTION note_running();
            """);

        var sent = await Task.WhenAll(Enumerable.Range(1, 5).Select(number => account.SendAsync($"number {number} of five", first.ThreadId)));
        await Task.WhenAll(sent.Select(account.AnswerAsync));

        sent.Select(one => one.Queue.Position).Max().ShouldBeLessThanOrEqualTo(4);
        var page = await account.MessagesAsync(first.ThreadId);
        page.Items.Select(message => message.Seq).ShouldBe(Enumerable.Range(1, 12).Select(seq => (long)seq));
        var asked = page.Items.Where(message => message.Role == "user").Select(message => message.TurnId);
        page.Items.Where(message => message.Role == "assistant").Select(message => message.TurnId).ShouldBe(asked);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM seen_running")).ShouldBe(5);
        (await server.Database.LookAsync<decimal>("SELECT sum(others) FROM seen_running")).ShouldBe(0);
    }

    [Fact]
    public async Task A_hanging_conversation_does_not_hold_up_another()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(1, "hang");
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var hanging = await account.SendAsync("this one will hang for long");
        await gate.WaitUntilHeldAsync(Stop);
        await account.SendAsync("this one waits behind it", hanging.ThreadId);

        (await account.AskAsync("this one is elsewhere")).Status.ShouldBe(MessageStatus.Complete);

        (await account.MessagesAsync(hanging.ThreadId)).Items.Count.ShouldBe(2);
        gate.Release();
    }

    [Fact]
    public async Task A_tenant_with_many_hanging_turns_leaves_room_for_others()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(0, "greedy", times: null);
        await using var server = await ChatDriving.StartAsync(model, new() { ["Chat:ConcurrentTurns"] = "10", ["Chat:ConcurrentTurnsPerOrganization"] = "2" });
        var greedy = await server.RegisterAsync();
        var modest = await server.RegisterAsync();
        for (var number = 0; number < 12; number++)
        {
            await greedy.SendAsync($"greedy question {number}");
        }

        await gate.WaitUntilHeldAsync(Stop);
        await gate.WaitUntilHeldAsync(Stop);

        (await modest.AskAsync("a modest question")).Status.ShouldBe(MessageStatus.Complete);

        (await server.Database.LookAsync<long>("SELECT count(*) FROM turns WHERE status = 'running'")).ShouldBe(2);
        gate.Release();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whoever_waits_behind_a_long_queue_of_another_tenant_is_next(int concurrent)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(0, "greedy", times: concurrent);
        await using var server = await ChatDriving.StartAsync(model, new() { ["Chat:ConcurrentTurns"] = concurrent.ToString() });
        var greedy = await server.RegisterAsync();
        var modest = await server.RegisterAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => greedy.SendAsync($"greedy question {number}")));
        for (var held = 0; held < concurrent; held++)
        {
            await gate.WaitUntilHeldAsync(Stop);
        }

        var waiting = await modest.SendAsync("a modest question");
        gate.Release();

        await modest.AnswerAsync(waiting);
        (await server.Database.LookAsync<long>(
            "SELECT count(*) FROM turns WHERE started_at < (SELECT started_at FROM turns WHERE id = $1)", waiting.TurnId))
            .ShouldBeLessThanOrEqualTo(concurrent + 1, "twenty were there before; those that ran, and one for each place, may go first");
    }

    [Fact]
    public async Task Numbers_stay_gap_free_and_ordered_under_sends_stops_and_regenerates_at_once()
    {
        await using var model = await ScriptedModelServer.StartAsync(new ScriptedModelOptions { Tokens = 3, Delay = TimeSpan.FromMilliseconds(2) }, Stop);
        await using var server = await ChatDriving.StartAsync(model, new() { ["Chat:QueuedTurnsPerThread"] = "1000" });
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("begins the thread");
        await account.AnswerAsync(first);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async worker =>
        {
            for (var round = 0; round < 8; round++)
            {
                var sent = await account.SendAsync($"round {round} of {worker}", first.ThreadId);
                if (worker % 2 == 0)
                {
                    await account.StopAsync(first.ThreadId, sent.TurnId);
                }

                var newest = (await account.MessagesAsync(first.ThreadId)).Items.LastOrDefault(message => message.Role == "assistant");
                using var _ = await account.PostRegenerateAsync(newest!.Id);
            }
        }));

        await Eventually.HoldAsync("an idle thread", async () => (await account.MessagesAsync(first.ThreadId)).RunningTurnId is null);
        var page = await account.MessagesAsync(first.ThreadId);
        page.Items.Select(message => message.Seq).ShouldBe(Enumerable.Range(1, page.Items.Count).Select(seq => (long)seq));
        page.LastSeq.ShouldBe(page.Items.Count);
        page.Items.Where(message => message.Role == "assistant").Select(message => message.TurnId).ShouldBeUnique();
        (await server.Database.LookAsync<long>(
            "SELECT count(*) FROM turns t WHERE (SELECT count(*) FROM messages m WHERE m.turn_id = t.id AND m.role = 'assistant') <> 1")).ShouldBe(0);
    }
}
