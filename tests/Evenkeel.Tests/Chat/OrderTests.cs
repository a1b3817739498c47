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

    [Theory]
    [InlineData("10", "2")]
    [InlineData("3", "3")]
    public async Task A_tenant_with_a_long_queue_of_hanging_turns_does_not_shut_others_out(string concurrent, string perOrganization)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        // With a limit below the room the greedy tenant never fills the worker; without, one finished turn must go to whoever waits, in turn.
        var gate = model.Hold(0, "greedy", times: concurrent == "10" ? null : 2);
        await using var server = await ChatDriving.StartAsync(
            model, new() { ["Chat:ConcurrentTurns"] = concurrent, ["Chat:ConcurrentTurnsPerOrganization"] = perOrganization });
        var greedy = await server.RegisterAsync();
        var modest = await server.RegisterAsync();
        for (var number = 0; number < 30; number++)
        {
            await greedy.SendAsync($"greedy question {number}");
        }

        await gate.WaitUntilHeldAsync(Stop);
        await gate.WaitUntilHeldAsync(Stop);

        (await modest.AskAsync("a modest question")).Status.ShouldBe(MessageStatus.Complete);

        gate.Release();
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
