using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat.Operations;

/// <summary>Something done to many turns.</summary>
public sealed class BulkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failed_turns_that_match_are_counted_first_and_then_tried_again()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Kind = BehaviourKind.ServerError, Times = 2 });
        await using var server = await ChatDriving.StartAsync(model, ChatDriving.WithoutSecondChance);
        var account = await server.RegisterAsync();
        var threads = new List<Guid>();
        foreach (var question in new[] { "the first that fails", "the second that fails", "one that is answered" })
        {
            var sent = await account.SendAsync(question);
            await account.AnswerAsync(sent);
            threads.Add(sent.ThreadId);
        }

        // It failed too, but its conversation has gone on: what comes after cannot be asked again in its place.
        await account.AskAsync("somebody asks again by hand", threads[1]);
        var failed = new BulkFilter { Status = [TurnStatus.Failed], Model = "-" };

        var preview = await StartAsync(account, new BulkRequest { Action = "retry_turns", Filter = failed, DryRun = true }, HttpStatusCode.OK);
        preview.Id.ShouldBeNull();
        preview.Total.ShouldBe(2);
        (await account.MessagesAsync(threads[0])).Items.Count.ShouldBe(2, "a preview does nothing");
        foreach (var (name, turns) in new[] { ("scripted", 2), ("another", 0) })
        {
            (await StartAsync(account, new BulkRequest { Action = "pin", Filter = new BulkFilter { Model = name }, DryRun = true }, HttpStatusCode.OK)).Total.ShouldBe(turns, name);
        }

        var job = await EndAsync(account, await StartAsync(account, new BulkRequest { Action = "retry_turns", Filter = failed, ExpectedCount = 2 }));

        job.Status.ShouldBe("done");
        (job.Total, job.Done, job.Skipped).ShouldBe((2, 1, 1));
        var answer = await Eventually.SeeAsync("the new answer", async () => (await account.MessagesAsync(threads[0])).Items is [_, _, { Status: MessageStatus.Complete } again] ? again : null);
        answer.Meta!.Replaces.ShouldNotBeNull();
        (await account.MessagesAsync(threads[2])).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_full_queue_makes_a_retry_wait_instead_of_ending_it()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Kind = BehaviourKind.ServerError, Times = 1 });
        await using var server = await ChatDriving.StartAsync(model, new(ChatDriving.WithoutSecondChance) { ["Chat:QueuedTurns"] = "1" });
        var account = await server.RegisterAsync();
        var failed = await account.SendAsync("a question that fails");
        await account.AnswerAsync(failed);
        var gate = model.Hold(0);
        var running = await account.SendAsync("one that runs and runs");
        await gate.WaitUntilHeldAsync(Stop);
        await account.SendAsync("one that waits behind it", running.ThreadId);
        await Eventually.HoldAsync("the queue is full", async () =>
        {
            using var refused = await account.PostChatAsync("one too many");
            return refused.StatusCode == HttpStatusCode.ServiceUnavailable;
        });

        var job = await StartAsync(account, new BulkRequest { Action = "retry_turns", TurnIds = [failed.TurnId] });
        await Eventually.HoldAsync("it is under way", async () => (await account.GetAsync<BulkJob>($"/api/v1/admin/bulk/{job.Id}")).Status == "running");
        gate.Release();

        var ended = await EndAsync(account, job);
        (ended.Status, ended.Done).ShouldBe(("done", 1));
    }

    [Fact]
    public async Task Events_of_chosen_turns_are_exported_and_deleted_but_not_those_of_pinned_sessions()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        var account = await server.RegisterAsync();
        var kept = await account.SendAsync("a conversation to be kept");
        await account.AnswerAsync(kept);
        var gone = await account.SendAsync("a conversation to be forgotten");
        await account.AnswerAsync(gone);
        var both = new[] { kept.TurnId, gone.TurnId };

        await EndAsync(account, await StartAsync(account, new BulkRequest { Action = "pin", TurnIds = [kept.TurnId] }));
        (await account.GetAsync<TurnRecord>($"/api/v1/admin/turns/{kept.TurnId}")).Turn.IsPinned.ShouldBeTrue();
        var export = await EndAsync(account, await StartAsync(account, new BulkRequest { Action = "export_events", TurnIds = both }));
        var lines = await LinesAsync(account, export.ResultUrl!);
        foreach (var turn in both)
        {
            lines.Where(line => line.TurnId == turn).Select(line => line.Seq)
                .ShouldBe((await account.GetAsync<TurnRecord>($"/api/v1/admin/turns/{turn}")).Events.Select(one => one.Seq));
        }

        var deletion = await EndAsync(account, await StartAsync(account, new BulkRequest { Action = "delete_events", TurnIds = both }));

        (deletion.Done, deletion.Skipped).ShouldBe((1, 1));
        (await account.GetAsync<TurnRecord>($"/api/v1/admin/turns/{gone.TurnId}")).Events.ShouldBeEmpty();
        (await account.GetAsync<TurnRecord>($"/api/v1/admin/turns/{kept.TurnId}")).Events.ShouldNotBeEmpty();
        await EndAsync(account, await StartAsync(account, new BulkRequest { Action = "unpin", TurnIds = [kept.TurnId] }));
        (await account.GetAsync<TurnRecord>($"/api/v1/admin/turns/{kept.TurnId}")).Turn.IsPinned.ShouldBeFalse();
        (await account.GetAsync<Page<BulkJob>>("/api/v1/admin/bulk")).Items.Select(job => job.Action).ShouldBe(["unpin", "delete_events", "export_events", "pin"]);
        (await account.GetAsync<Page<AuditEntry>>("/api/v1/admin/audit?action=bulk.delete_events")).Items.ShouldHaveSingleItem().Target.ShouldBe(deletion.Id.ToString());
    }

    [Fact]
    public async Task A_job_whose_process_died_is_taken_over_and_one_that_was_cancelled_is_not()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        await account.AskAsync("What is Evenkeel?");
        var (lost, cancelled) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var (id, status) in new[] { (lost, "running"), (cancelled, "cancelled") })
        {
            await server.Database.LookAsync<Guid>(
                """
                INSERT INTO bulk_jobs (id, organization_id, user_id, action, language, filter, last_turn_id, status, owner, lease_until, total, created_at)
                SELECT $1, organization_id, user_id, 'export_events', 'en', '{}', $1, $2, $1, now() - interval '1 second', 1, now() FROM turns
                RETURNING id
                """,
                id, status);
        }

        var job = await Eventually.SeeAsync("the end of the lost job", async () => await account.GetAsync<BulkJob>($"/api/v1/admin/bulk/{lost}") is { Status: "done" } done ? done : null);

        job.Done.ShouldBe(1);
        (await LinesAsync(account, job.ResultUrl!)).ShouldNotBeEmpty();
        (await account.GetAsync<BulkJob>($"/api/v1/admin/bulk/{cancelled}")).Done.ShouldBe(0);
        using var stranger = await (await server.RegisterAsync()).Http.GetAsync(job.ResultUrl, Stop);
        stranger.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_not_right_about_a_request_is_said()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        await account.AskAsync("What is Evenkeel?");

        foreach (var wrong in new[]
        {
            new BulkRequest { Action = "explode", TurnIds = [Guid.NewGuid()] },
            new BulkRequest { Action = "pin" },
            new BulkRequest { Action = "pin", TurnIds = [] },
            new BulkRequest { Action = "pin", TurnIds = [Guid.NewGuid()], Filter = new BulkFilter() },
            new BulkRequest { Action = "pin", Filter = new BulkFilter { Status = ["done"] } },
        })
        {
            using var response = await PostAsync(account, wrong);
            (await response.ReadAsync<ErrorEnvelope>(HttpStatusCode.BadRequest)).ErrorCode.ShouldBe(ErrorCode.InvalidRequest);
        }

        using var more = await PostAsync(account, new BulkRequest { Action = "delete_events", Filter = new BulkFilter(), ExpectedCount = 0 });
        (await more.ReadAsync<ErrorEnvelope>(HttpStatusCode.Conflict)).ErrorCode.ShouldBe(ErrorCode.Conflict);
        (await account.GetAsync<Page<BulkJob>>("/api/v1/admin/bulk")).Items.ShouldBeEmpty();
    }

    private static Task<HttpResponseMessage> PostAsync(TestAccount account, BulkRequest request) =>
        account.Http.PostAsJsonAsync("/api/v1/admin/bulk", request, Wire.Json, Stop);

    private static async Task<BulkJob> StartAsync(TestAccount account, BulkRequest request, HttpStatusCode expected = HttpStatusCode.Accepted)
    {
        using var response = await PostAsync(account, request);
        return await response.ReadAsync<BulkJob>(expected);
    }

    private static Task<BulkJob> EndAsync(TestAccount account, BulkJob job) => Eventually.SeeAsync(
        $"the end of {job.Action}", async () => await account.GetAsync<BulkJob>($"/api/v1/admin/bulk/{job.Id}") is { EndedAt: not null } ended ? ended : null);

    private static async Task<List<TimelineEvent>> LinesAsync(TestAccount account, string path)
    {
        await using var packed = await account.Http.GetStreamAsync(new Uri(path, UriKind.Relative), Stop);
        await using var plain = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        var lines = new List<TimelineEvent>();
        while (await reader.ReadLineAsync(Stop) is { } line)
        {
            lines.Add(JsonSerializer.Deserialize<TimelineEvent>(line, Wire.Json)!);
        }

        return lines;
    }
}
