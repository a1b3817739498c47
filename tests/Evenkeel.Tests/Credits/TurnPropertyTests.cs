using System.Collections.Concurrent;
using System.Net;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Credits;

/// <summary>
/// Devices that send, send again, stop and ask for other answers at random, turns that succeed, fail or are blocked, workers that lose their
/// turns: at every moment the ledger without grants is minus the prices of the turns that succeeded and minus what open turns hold.
/// </summary>
public sealed class TurnPropertyTests
{
    private const int Devices = 3;
    private const int Cases = 8;

    // Turns and ledger in one snapshot: they change in the same transactions.
    private const string Violations =
        """
        WITH paid AS (
            SELECT turn_id, count(*) FILTER (WHERE kind = 'hold') AS holds, count(*) FILTER (WHERE kind = 'settle') AS settles,
                   count(*) FILTER (WHERE kind = 'release') AS releases, sum(amount) AS net, sum(price) AS price,
                   -sum(amount) FILTER (WHERE kind = 'hold') AS held
            FROM credit_ledger WHERE turn_id IS NOT NULL GROUP BY turn_id
        ), wrong_turn AS (
            SELECT FROM turns FULL JOIN paid ON paid.turn_id = turns.id
            WHERE turns.id IS NULL OR paid.turn_id IS NULL OR holds <> 1 OR NOT CASE
                WHEN status = 'succeeded' THEN settles = 1 AND releases = 0 AND net = -price
                WHEN status IN ('failed', 'cancelled') THEN settles = 0 AND releases = 1 AND net = 0
                ELSE settles = 0 AND releases = 0 AND net = -held END
        ), sums AS (
            SELECT (SELECT coalesce(sum(amount), 0) FROM credit_ledger WHERE kind NOT IN ('grant', 'refill')) AS ledger,
                   (SELECT coalesce(sum(price), 0) FROM paid JOIN turns ON turns.id = turn_id WHERE status = 'succeeded') AS succeeded,
                   (SELECT coalesce(sum(held), 0) FROM paid JOIN turns ON turns.id = turn_id WHERE status IN ('queued', 'running')) AS open
        ), wrong_account AS (
            SELECT FROM credit_accounts a WHERE balance < 0 OR held < 0
               OR balance <> (SELECT coalesce(sum(amount), 0) FROM credit_ledger l WHERE l.organization_id = a.organization_id AND is_metered)
        )
        SELECT (SELECT count(*) FROM wrong_turn) + (SELECT count(*) FROM wrong_account) + (SELECT count(*) FROM sums WHERE ledger <> -succeeded - open)
        """;

    private static readonly Gen<Step> AnyStep =
        from action in Gen.Frequency(
            (8, Gen.Constant(Do.Send)), (3, Gen.Constant(Do.SendAgain)), (3, Gen.Constant(Do.Stop)), (2, Gen.Constant(Do.Regenerate)), (2, Gen.Constant(Do.Crash)))
        from question in Gen.Elements("quick", "quick", "slow", "slow", "broken", ErrorCode.ServerError, ErrorCode.ContentBlocked)
        from which in Gen.Choose(0, 7)
        select new Step(action, question, which);

    private static readonly Gen<Case> AnyCase =
        from credits in Gen.Choose(0, 14)
        from programs in AnyStep.ListOf(7).ArrayOf(Devices)
        select new Case(credits, [.. programs.Select(program => program.ToArray())]);

    private enum Do
    {
        Send,

        /// <summary>The same message, as a device does that did not hear the answer.</summary>
        SendAgain,
        Stop,
        Regenerate,

        /// <summary>Workers lose all their turns; others take them up.</summary>
        Crash,
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_ledger_is_what_the_turns_that_succeeded_cost_whatever_happens_at_once()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play("slow", new Behaviour { Kind = BehaviourKind.Delay, DelayMs = 5, Tokens = 30 });
        model.Play("broken", new Behaviour { Kind = BehaviourKind.Garbage, AfterTokens = 2 });
        await using var server = await ChatDriving.StartAsync(model, new()
        {
            ["Credits:DefaultPlan"] = "team",
            ["Credits:Plans:team:MonthlyAllowance"] = "0",
            ["Debug:ForceErrors"] = "true",
            ["Models:Chat:ExtractiveFallback"] = "false",
            ["Chat:MaxWorkerLosses"] = "20",
        });
        server.ExpectErrors();

        Prop.ForAll(Arb.From(AnyCase), one => RunAsync(server, one).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases));
    }

    private static async Task RunAsync(TestServer server, Case one)
    {
        var account = await server.RegisterAsync();
        await server.Database.ChangeAsync(
            "UPDATE credit_accounts SET balance = $1 WHERE organization_id = $2", one.Credits * 1_000L, account.SignedIn.Organization.Id);
        await server.Database.ChangeAsync(
            "INSERT INTO credit_ledger (organization_id, id, kind, amount, is_metered) VALUES ($2, gen_random_uuid(), 'grant', $1, true)",
            one.Credits * 1_000L, account.SignedIn.Organization.Id);
        var sends = new ConcurrentQueue<Sent>();

        await Task.WhenAll(one.Programs.Select((program, device) => Task.Run(() => PlayAsync(server, account, sends, program, device), Stop)));

        await Eventually.HoldAsync("the end of every turn", async () =>
            await server.Database.LookAsync<long>("SELECT count(*) FROM turns WHERE status IN ('queued', 'running')") == 0);
        await CheckAsync(server);
        (await server.Database.LookAsync<long>("SELECT held FROM credit_accounts WHERE organization_id = $1", account.SignedIn.Organization.Id)).ShouldBe(0);
    }

    private static async Task PlayAsync(TestServer server, TestAccount account, ConcurrentQueue<Sent> sends, Step[] program, int device)
    {
        for (var place = 0; place < program.Length; place++)
        {
            var step = program[place];
            var known = sends.ToArray();
            if (step.Action is Do.Send)
            {
                await SendAsync(account, sends, new Sent(step.Question, known.Length == 0 || step.Which < 3 ? null : known[step.Which % known.Length].Thread, $"{device}-{place}"));
            }
            else if (step.Action is Do.Crash)
            {
                // The lease ends, and whoever runs the turn now is a zombie whose writes are refused.
                await server.Database.ChangeAsync("UPDATE turns SET lease_until = now() - interval '1 second', attempt = attempt + 1 WHERE status = 'running'");
            }
            else if (known.Length > 0)
            {
                await RepeatAsync(account, sends, step, known[step.Which % known.Length]);
            }

            await CheckAsync(server);
        }
    }

    private static async Task RepeatAsync(TestAccount account, ConcurrentQueue<Sent> sends, Step step, Sent sent)
    {
        if (step.Action is Do.SendAgain)
        {
            await SendAsync(account, sends, sent);
            return;
        }

        if (step.Action is Do.Stop)
        {
            await account.StopAsync(sent.Thread!.Value);
            return;
        }

        var newest = (await account.MessagesAsync(sent.Thread!.Value)).Items[^1];
        using var response = await account.PostRegenerateAsync(newest.Id);
        ShouldBeKnown(response.StatusCode);
    }

    private static async Task SendAsync(TestAccount account, ConcurrentQueue<Sent> sends, Sent sent)
    {
        var force = sent.Question is ErrorCode.ServerError or ErrorCode.ContentBlocked ? sent.Question : null;
        using var response = await account.PostChatAsync($"a {sent.Question} question", sent.Thread, sent.ClientId, force: force);
        ShouldBeKnown(response.StatusCode);
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            sends.Enqueue(sent with { Thread = (await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted)).ThreadId });
        }
    }

    // Accepted, no credits, not the newest answer or something runs, not an answer, the breaker is open.
    private static void ShouldBeKnown(HttpStatusCode status) => status.ShouldBeOneOf(
        HttpStatusCode.Accepted, HttpStatusCode.PaymentRequired, HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable);

    private static async Task CheckAsync(TestServer server) => (await server.Database.LookAsync<long>(Violations)).ShouldBe(0);

    private sealed record Sent(string Question, Guid? Thread, string ClientId);

    private sealed record Step(Do Action, string Question, int Which);

    private sealed record Case(int Credits, Step[][] Programs)
    {
        public override string ToString() =>
            $"{Credits} credits: {string.Join(" | ", Programs.Select(program => string.Join(", ", program.Select(step => step.ToString()))))}";
    }
}
