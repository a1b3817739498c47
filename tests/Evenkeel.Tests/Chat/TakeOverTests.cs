using System.Diagnostics;
using System.Globalization;
using System.Net;
using Evenkeel.Chat;
using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>Workers and databases that go away in mid-turn: the turn ends once, and nobody who lost it writes.</summary>
public sealed class TakeOverTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_of_a_killed_process_is_finished_by_another()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(2);
        await using var web = await ChatDriving.StartAsync(model, new() { ["Roles"] = "web" });
        var account = await web.RegisterAsync();
        using var first = StartWorker(web, model);
        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);

        first.Kill();
        await first.WaitForExitAsync(Stop);
        using var second = StartWorker(web, model);

        var answer = await account.AnswerAsync(sent);
        answer.Status.ShouldBe(MessageStatus.Complete);
        answer.Meta!.RetryMeta!.Attempts.ShouldBe(2);
        (await account.MessagesAsync(sent.ThreadId)).Items.Count.ShouldBe(2);
        var events = await account.TimelineAsync(sent.ThreadId, all => all.Any(one => one.EventType == "saving_message"));
        events.ShouldContain(one => one.EventType == "turn_taken_over" && one.Attempt == 2);
        (await web.Database.LookAsync<int>("SELECT losses FROM turns")).ShouldBe(1);
        second.Kill();
        await second.WaitForExitAsync(Stop);
    }

    [Fact]
    public async Task A_worker_that_is_stopped_hands_its_turns_back_at_once()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(2);
        await using var web = await ChatDriving.StartAsync(model, new() { ["Roles"] = "web" });
        var account = await web.RegisterAsync();
        SendMessageResponse sent;
        await using (await ChatDriving.StartAsync(model, new() { ["Roles"] = "worker" }, web.Database))
        {
            sent = await account.SendAsync("tell me a long story");
            await gate.WaitUntilHeldAsync(Stop);
        }

        (await web.Database.LookAsync<string>("SELECT status FROM turns")).ShouldBe(TurnStatus.Queued);
        (await web.Database.LookAsync<int>("SELECT losses FROM turns")).ShouldBe(0);
        (await web.Database.LookAsync<long>("SELECT count(*) FROM workers")).ShouldBe(0);
        await using var next = await ChatDriving.StartAsync(model, new() { ["Roles"] = "worker" }, web.Database);
        (await account.AnswerAsync(sent)).Meta!.RetryMeta!.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_worker_that_lost_its_turn_writes_nothing()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(1, text: "written by a zombie");
        model.Play(new Behaviour { Text = "written by the owner" });
        await using var server = await ChatDriving.StartAsync(model, new() { ["Chat:LeaseSeconds"] = "3" });
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);

        await server.Database.ChangeAsync("UPDATE turns SET attempt = attempt + 1");
        gate.Release();

        (await model.Requests[0].Ended).ShouldBeTrue();
        var answer = await account.AnswerAsync(sent);
        answer.Text.ShouldBe("written by the owner");
        answer.Meta!.RetryMeta!.Attempts.ShouldBe(3);
        answer.Seq.ShouldBe(2);
    }

    [Fact]
    public async Task A_turn_that_loses_one_worker_after_another_fails_visibly()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var web = await ChatDriving.StartAsync(model, new() { ["Roles"] = "web" });
        var account = await web.RegisterAsync();
        var sent = await account.SendAsync("a question that kills workers");
        await web.Database.ChangeAsync("UPDATE turns SET losses = 3");

        await using var worker = await ChatDriving.StartAsync(model, new() { ["Roles"] = "worker" }, web.Database);

        (await account.AnswerAsync(sent)).Meta!.Error!.ErrorCode.ShouldBe("worker_lost");
        model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_turn_under_which_one_process_after_another_is_killed_ends_as_lost_and_costs_nothing()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(2, times: null);
        await using var web = await ChatDriving.StartAsync(model, new() { ["Roles"] = "web" });
        var account = await web.RegisterAsync();
        var sent = await account.SendAsync("a question that kills workers");
        var most = new ChatOptions().MaxWorkerLosses;
        for (var lost = 0; lost < most; lost++)
        {
            using var worker = StartWorker(web, model);
            await gate.WaitUntilHeldAsync(Stop);
            worker.Kill();
            await worker.WaitForExitAsync(Stop);
        }

        using var last = StartWorker(web, model);

        var answer = await account.AnswerAsync(sent);
        answer.Status.ShouldBe(MessageStatus.Failed);
        answer.Meta!.Error!.ErrorCode.ShouldBe("worker_lost");
        model.Requests.Count.ShouldBe(most);
        (await web.Database.LookAsync<int>("SELECT losses FROM turns")).ShouldBe(most);
        (await web.Database.LookAsync<string>("SELECT string_agg(kind, ' ' ORDER BY id) FROM credit_ledger WHERE turn_id = $1", sent.TurnId)).ShouldBe("hold release");
        (await web.Database.LookAsync<long>("SELECT sum(amount)::bigint FROM credit_ledger WHERE turn_id = $1", sent.TurnId)).ShouldBe(0);
        last.Kill();
        await last.WaitForExitAsync(Stop);
    }

    [Fact]
    public async Task A_worker_whose_session_ends_takes_its_turns_up_again_under_a_new_name()
    {
        Assert.SkipWhen(TestPooler.IsForced, "Behind a pooler a worker has no session to lose.");
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(1);
        await using var server = await ChatDriving.StartAsync(model);
        server.ExpectErrors();
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);

        await server.Database.LookAsync<bool>(
            "SELECT bool_and(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");

        await EndsOnceAsync(account, sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_database_that_is_killed_in_mid_turn_comes_back_and_the_turn_ends_once(bool modelEndsMeanwhile)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(1);
        await using var server = await ChatDriving.StartAsync(model, new() { ["ConnectionStrings:Evenkeel"] = "" });
        server.ExpectErrors();
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("tell me a long story");
        await gate.WaitUntilHeldAsync(Stop);

        using (var postmaster = Postmaster(server.DataDirectory))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync(Stop);
        }

        if (modelEndsMeanwhile)
        {
            gate.Release();
        }

        await Eventually.HoldAsync("a database that is back", async () => (await server.Http.GetAsync("/health/ready", Stop)).IsSuccessStatusCode);
        await EndsOnceAsync(account, sent);
        gate.Release();
    }

    /// <summary>Connections that died in the pool may fail one request each; clients then do what the contract says: the same again.</summary>
    private static async Task EndsOnceAsync(TestAccount account, SendMessageResponse sent)
    {
        var page = await Eventually.SeeAsync("the answer", async () =>
        {
            using var response = await account.Http.GetAsync($"/api/v1/threads/{sent.ThreadId}/messages", Stop);
            var page = response.IsSuccessStatusCode ? await response.ReadAsync<MessagePage>(HttpStatusCode.OK) : null;
            return page?.Items.Any(message => message.Role == "assistant") == true ? page : null;
        });
        page.Items.Count.ShouldBe(2);
        page.Items[1].Status.ShouldBe(MessageStatus.Complete);

        var next = await Eventually.SeeAsync("an accepted message", async () =>
        {
            using var response = await account.PostChatAsync("and the next question works", sent.ThreadId, "next");
            return response.IsSuccessStatusCode ? await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted) : null;
        });
        next.Seq.ShouldBe(3);
        await Eventually.HoldAsync("the next answer", async () =>
        {
            using var response = await account.Http.GetAsync($"/api/v1/threads/{sent.ThreadId}/messages", Stop);
            return response.IsSuccessStatusCode && (await response.ReadAsync<MessagePage>(HttpStatusCode.OK)).Items is [_, _, _, { Status: MessageStatus.Complete }];
        });
    }

    private static Process Postmaster(string folder)
    {
        var file = Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories).Single();
        return Process.GetProcessById(int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture));
    }

    /// <summary>The real program in a process of its own, on the same database.</summary>
    private static Process StartWorker(TestServer web, ScriptedModelServer model)
    {
        var settings = ChatDriving.With(model, new()
        {
            ["Roles"] = "worker",
            ["Urls"] = "http://127.0.0.1:0",
            ["Data:Directory"] = TestFolder.New("worker"),
            ["ConnectionStrings:Evenkeel"] = web.Database.ApplicationConnectionString,
            ["Database:Migrate"] = "false",
        });
        return EvenkeelProgram.Start("serve", settings);
    }
}
