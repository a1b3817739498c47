using System.Net;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Credits;

/// <summary>What turns cost: held when accepted, settled when they succeed, given back whenever they end otherwise, never twice.</summary>
public sealed class TurnCreditsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_holds_its_most_when_accepted_and_costs_what_its_model_counted_when_answered()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(1);
        await using var server = await ChatDriving.StartAsync(model, Metered(100, new()
        {
            ["Credits:Prices:0:Model"] = "scr*",
            ["Credits:Prices:0:PerAnswer"] = "0.5",
            ["Credits:Prices:0:Per1kOutputTokens"] = "10",
        }));
        var account = await server.RegisterAsync();

        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);

        var during = await StatusAsync(account);
        during.Held!.Value.ShouldBeGreaterThan(0.5m);
        (during.Balance!.Value + during.Held.Value).ShouldBe(100m);
        gate.Release();
        await account.AnswerAsync(sent);
        var settled = (await EntriesAsync(account, sent.TurnId)).Single(entry => entry.Kind == CreditEntryKind.Settle);
        settled.Model.ShouldBe("scripted");
        settled.ThreadId.ShouldBe(sent.ThreadId);
        settled.Price!.Value.ShouldBe(0.5m + (settled.OutputTokens!.Value * 10m / 1_000));
        var after = await StatusAsync(account);
        (after.Balance, after.Held, after.UsedThisMonth, after.AnswersThisMonth).ShouldBe((100m - settled.Price.Value, 0m, settled.Price.Value, 1));
    }

    [Fact]
    public async Task Under_the_default_plan_nothing_is_refused_and_every_answer_counts_one()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();

        var answer = await account.AskAsync("How do I resume a stream after a disconnect?");

        (await EntriesAsync(account, answer.TurnId)).Select(entry => (entry.Kind, entry.Price, entry.IsMetered)).ShouldBe([("settle", 1m, false), ("hold", null, false)]);
        var status = await StatusAsync(account);
        (status.Balance, status.UsedThisMonth, status.AnswersThisMonth).ShouldBe((null, 1m, 1));
    }

    [Fact]
    public async Task A_hold_that_cannot_be_written_stores_nothing_at_all()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Metered(5));
        server.ExpectErrors();
        var account = await server.RegisterAsync();
        await server.Database.ChangeAsync("REVOKE INSERT ON credit_ledger FROM evenkeel_app");

        using var failed = await account.PostChatAsync("a question", clientId: "one");
        failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        await NothingStoredAsync(server);

        await server.Database.ChangeAsync("GRANT INSERT ON credit_ledger TO evenkeel_app");
        await account.AnswerAsync(await account.SendAsync("a question", clientId: "one"));
        (await BalanceAsync(account)).ShouldBe(4m);
    }

    [Theory]
    [InlineData(ErrorCode.RagError)]
    [InlineData(ErrorCode.ContentBlocked)]
    [InlineData(ErrorCode.WorkerLost)]
    [InlineData(ErrorCode.ServerError)]
    public async Task A_turn_that_fails_or_is_blocked_costs_nothing(string code)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Metered(5, Forcing));
        server.ExpectErrors();
        var account = await server.RegisterAsync();

        using var response = await account.PostChatAsync("a question that is to fail", force: code);
        var sent = await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted);

        (await account.AnswerAsync(sent)).Meta!.Error!.ErrorCode.ShouldBe(code);
        await GivenBackAsync(account, sent, 5m);
    }

    [Fact]
    public async Task A_model_that_fails_after_some_text_costs_nothing()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = 3 });
        await using var server = await ChatDriving.StartAsync(model, Metered(5, new() { ["Models:Chat:ExtractiveFallback"] = "false" }));
        server.ExpectErrors();
        var account = await server.RegisterAsync();

        var sent = await account.SendAsync("a doomed question");

        (await account.AnswerAsync(sent)).Meta!.Error!.ErrorCode.ShouldBe(ErrorCode.LlmUnavailable);
        await GivenBackAsync(account, sent, 5m);
    }

    [Fact]
    public async Task A_stopped_turn_costs_nothing_waiting_or_running_with_text_or_without()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var (silent, speaking) = (model.Hold(0, "before output"), model.Hold(3, "after output"));
        await using var server = await ChatDriving.StartAsync(model, Metered(5));
        var account = await server.RegisterAsync();

        var running = await account.SendAsync("stopped before output");
        await silent.WaitUntilHeldAsync(Stop);
        var waiting = await account.SendAsync("stopped while it waits", running.ThreadId);
        await account.StopAsync(running.ThreadId, waiting.TurnId);
        await account.StopAsync(running.ThreadId, running.TurnId);
        foreach (var sent in new[] { waiting, running })
        {
            (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Stopped);
            await GivenBackAsync(account, sent, 5m);
        }

        var partial = await account.SendAsync("stopped after output", running.ThreadId);
        await using var socket = await server.ConnectAsync(account, running.ThreadId, partial.Seq);
        await socket.ReadAsync("chat_delta");
        await account.StopAsync(running.ThreadId, partial.TurnId);
        var answer = await account.AnswerAsync(partial);
        answer.Text.ShouldNotBeEmpty();
        await GivenBackAsync(account, partial, 5m);
    }

    [Fact]
    public async Task What_the_conversation_s_breaker_refuses_or_ends_costs_nothing()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var web = await ChatDriving.StartAsync(model, Metered(20, new(Forcing) { ["Roles"] = "web" }));
        var account = await web.RegisterAsync();
        Guid? thread = null;
        for (var doomed = 0; doomed < 5; doomed++)
        {
            using var response = await account.PostChatAsync("a question that is to fail", thread, force: ErrorCode.ServerError);
            thread = (await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted)).ThreadId;
        }

        var waiting = await account.SendAsync("one that waits when the breaker opens", thread);
        (await StatusAsync(account)).Held.ShouldBe(6m);
        await using var worker = await ChatDriving.StartAsync(model, Metered(20, new(Forcing) { ["Roles"] = "worker" }), web.Database);
        worker.ExpectErrors();

        (await account.AnswerAsync(waiting)).Meta!.Error!.ErrorCode.ShouldBe(ErrorCode.CircuitOpen);
        await GivenBackAsync(account, waiting, 20m);
        var before = await web.Database.LookAsync<long>("SELECT count(*) FROM credit_ledger");
        await account.PostChatAsync("one more", thread).RefusedAsync(HttpStatusCode.ServiceUnavailable, ErrorCode.CircuitOpen);

        (await web.Database.LookAsync<long>("SELECT count(*) FROM credit_ledger")).ShouldBe(before);
        (await BalanceAsync(account)).ShouldBe(20m);
    }

    [Fact]
    public async Task Without_enough_credits_a_send_is_refused_before_anything_is_stored_and_works_after_a_grant()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Metered(0.9m));
        var account = await server.RegisterAsync();

        using var refused = await account.PostChatAsync("a question", clientId: "draft");

        var error = await refused.ReadAsync<ErrorEnvelope>(HttpStatusCode.PaymentRequired);
        (error.ErrorCode, error.Retryable).ShouldBe((ErrorCode.InsufficientCredits, false));
        await NothingStoredAsync(server);
        model.Requests.ShouldBeEmpty();
        (await BalanceAsync(account)).ShouldBe(0.9m);

        await GrantAsync(account, 0.1m);
        var sent = await account.SendAsync("a question", clientId: "draft");
        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Complete);
        (await BalanceAsync(account)).ShouldBe(0m);
        await account.PostChatAsync("and another", sent.ThreadId).RefusedAsync(HttpStatusCode.PaymentRequired, ErrorCode.InsufficientCredits);
        (await account.MessagesAsync(sent.ThreadId)).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_socket_that_sends_without_credits_is_told_so_and_nothing_is_stored()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Metered(1));
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("the only question there is credit for");
        await account.AnswerAsync(first);
        await using var socket = await server.ConnectAsync(account, first.ThreadId, 2);
        await socket.ReadAsync("connected");

        await socket.SendAsync(new { type = "send", message = "one more", client_message_id = "socket-1" });

        (await socket.ReadAsync("command_error")).Text("error_code").ShouldBe(ErrorCode.InsufficientCredits);
        (await account.MessagesAsync(first.ThreadId)).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_that_was_accepted_is_recognised_again_without_any_credits()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Metered(1));
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("a question", clientId: "once");
        (await account.SendAsync("a question", clientId: "once")).TurnId.ShouldBe(sent.TurnId, "while its hold took the last credit");
        await account.AnswerAsync(sent);

        (await account.SendAsync("a question", clientId: "once")).TurnId.ShouldBe(sent.TurnId);
        (await account.SendAsync("a question", sent.ThreadId, "once")).TurnId.ShouldBe(sent.TurnId);

        (await BalanceAsync(account)).ShouldBe(0m);
        (await EntriesAsync(account, sent.TurnId)).Select(entry => entry.Kind).ShouldBe([CreditEntryKind.Settle, CreditEntryKind.Hold]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_message_from_many_devices_at_once_is_held_once(bool inAThread)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Metered(2));
        var account = await server.RegisterAsync();
        Guid? thread = inAThread ? await BeginThreadAsync(account) : null;

        var responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => account.SendAsync("a question", thread, "same")));

        responses.Select(response => response.TurnId).Distinct().ShouldHaveSingleItem();
        await account.AnswerAsync(responses[0]);
        (await BalanceAsync(account)).ShouldBe(inAThread ? 0m : 1m);
    }

    [Fact]
    public async Task A_repeated_message_and_the_end_of_its_turn_do_not_wait_for_each_other()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Metered(5));
        var account = await server.RegisterAsync();
        var gate = model.Hold(1);
        var sent = await account.SendAsync("a question", null, "same");
        await gate.WaitUntilHeldAsync(Stop);

        // What the turn's end does, one step after the other: first its row, then the account.
        await using var connection = new NpgsqlConnection(server.Database.AdministratorConnectionString);
        await connection.OpenAsync(Stop);
        await using var ending = await connection.BeginTransactionAsync(Stop);
        await ExecuteAsync($"UPDATE turns SET ended_at = now() WHERE id = '{sent.TurnId}'");
        var repeated = account.SendAsync("a question", null, "same");
        await Eventually.HoldAsync("a send that waits for the turn", async () => await server.Database.LookAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO turns%'") > 0);
        // Sooner than PostgreSQL looks for deadlocks.
        await ExecuteAsync("SET LOCAL lock_timeout = '500ms'");
        await ExecuteAsync("SELECT FROM credit_accounts FOR UPDATE");
        await ending.RollbackAsync(Stop);

        (await repeated).TurnId.ShouldBe(sent.TurnId);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, ending);
            await command.ExecuteNonQueryAsync(Stop);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_many_sends_at_once_exactly_those_are_accepted_that_the_balance_reaches_for(bool inOneThread)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Metered(inOneThread ? 6 : 5, new() { ["Chat:QueuedTurnsPerThread"] = "100" }));
        var account = await server.RegisterAsync();
        Guid? thread = inOneThread ? await BeginThreadAsync(account) : null;

        var statuses = await Task.WhenAll(Enumerable.Range(0, 24).Select(async number =>
        {
            using var response = await account.PostChatAsync($"question {number}", thread);
            return response.StatusCode;
        }));

        statuses.Count(status => status == HttpStatusCode.Accepted).ShouldBe(5);
        statuses.Count(status => status == HttpStatusCode.PaymentRequired).ShouldBe(19);
        (await BalanceAsync(account)).ShouldBe(0m);
        await Eventually.HoldAsync("the answers", async () =>
            await server.Database.LookAsync<long>("SELECT count(*) FROM turns WHERE status = 'succeeded'") == (inOneThread ? 6 : 5));
        (await StatusAsync(account)).Held.ShouldBe(0m);
    }

    [Fact]
    public async Task A_turn_that_other_workers_took_over_is_charged_once()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(1, times: 2);
        await using var server = await ChatDriving.StartAsync(model, Metered(5, new() { ["Chat:LeaseSeconds"] = "3" }));
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);

        await server.Database.ChangeAsync("UPDATE turns SET attempt = attempt + 1, lease_until = now() - interval '1 second'");
        await gate.WaitUntilHeldAsync(Stop);
        gate.Release();

        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Complete);
        (await EntriesAsync(account, sent.TurnId)).Select(entry => entry.Kind).ShouldBe([CreditEntryKind.Settle, CreditEntryKind.Hold]);
        (await BalanceAsync(account)).ShouldBe(4m);
    }

    [Fact]
    public async Task Another_answer_is_a_turn_of_its_own_and_refused_without_credits()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Metered(2));
        var account = await server.RegisterAsync();
        var first = await account.AskAsync("a question");

        var again = await account.RegenerateAsync(first.Id);
        var second = await account.AnswerAsync(again);

        (await BalanceAsync(account)).ShouldBe(0m);
        await account.PostRegenerateAsync(second.Id).RefusedAsync(HttpStatusCode.PaymentRequired, ErrorCode.InsufficientCredits);
        (await account.MessagesAsync(again.ThreadId)).Items.Count.ShouldBe(3);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM turns")).ShouldBe(2);
    }

    [Fact]
    public async Task Another_answer_is_held_as_much_for_as_the_first()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, Metered(1_000, new()
        {
            ["Credits:Prices:0:Model"] = "scr*",
            ["Credits:Prices:0:Per1kInputTokens"] = "10",
        }));
        var account = await server.RegisterAsync();
        var first = await account.AskAsync(string.Join(' ', Enumerable.Repeat("a question that is long", 400)));

        var again = await account.RegenerateAsync(first.Id);

        var holds = (await EntriesAsync(account, first.TurnId)).Concat(await EntriesAsync(account, again.TurnId)).Where(entry => entry.Kind == CreditEntryKind.Hold);
        holds.Select(entry => entry.Amount).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Tokens_of_a_model_that_said_nothing_are_not_charged_for_the_answer_of_another()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Kind = BehaviourKind.Empty });
        await using var server = await ChatDriving.StartAsync(model, Metered(5, new() { ["Models:Chat:Retries"] = "0" }));
        server.ExpectErrors();
        var account = await server.RegisterAsync();

        var answer = await account.AskAsync("How do I resume a stream after a disconnect?");

        var settled = (await EntriesAsync(account, answer.TurnId)).Single(entry => entry.Kind == CreditEntryKind.Settle);
        settled.Model.ShouldNotBe("scripted");
        settled.OutputTokens!.Value.ShouldBeGreaterThan(0);
    }

    private static Dictionary<string, string?> Forcing { get; } = new() { ["Debug:ForceErrors"] = "true" };

    /// <summary>Each answer costs one credit.</summary>
    private static Dictionary<string, string?> Metered(decimal allowance, Dictionary<string, string?>? further = null) => new(further ?? [])
    {
        ["Credits:DefaultPlan"] = "team",
        ["Credits:Plans:team:MonthlyAllowance"] = allowance.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static async Task<Guid> BeginThreadAsync(TestAccount account)
    {
        var sent = await account.SendAsync("the first question");
        await account.AnswerAsync(sent);
        return sent.ThreadId;
    }

    private static Task<CreditStatus> StatusAsync(TestAccount account) => account.GetAsync<CreditStatus>("/api/v1/credits");

    private static async Task<decimal> BalanceAsync(TestAccount account) => (await StatusAsync(account)).Balance!.Value;

    private static async Task<IReadOnlyList<CreditEntry>> EntriesAsync(TestAccount account, Guid turn) =>
        (await account.GetAsync<Page<CreditEntry>>($"/api/v1/credits/entries?turn_id={turn}")).Items;

    private static async Task GivenBackAsync(TestAccount account, SendMessageResponse sent, decimal balance)
    {
        var entries = await EntriesAsync(account, sent.TurnId);
        entries.Select(entry => entry.Kind).ShouldBe([CreditEntryKind.Release, CreditEntryKind.Hold]);
        entries.Sum(entry => entry.Amount).ShouldBe(0m);
        await Eventually.HoldAsync("the balance", async () => await BalanceAsync(account) == balance);
    }

    private static async Task GrantAsync(TestAccount account, decimal amount)
    {
        using var response = await account.Http.PostAsJsonAsync("/api/v1/admin/credits/grants", new { amount, note = "for a test" }, Wire.Json, Stop);
        response.EnsureSuccessStatusCode();
    }

    private static async Task NothingStoredAsync(TestServer server)
    {
        foreach (var table in new[] { "conversations", "messages", "turns", "chat_events" })
        {
            (await server.Database.LookAsync<long>($"SELECT count(*) FROM {table}")).ShouldBe(0, table);
        }

        (await server.Database.LookAsync<long>("SELECT count(*) FROM credit_ledger WHERE turn_id IS NOT NULL")).ShouldBe(0);
    }
}
