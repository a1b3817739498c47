using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Proxy;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>
/// The connection is lost under a statement, before or after its commit: neither the sender nor the turn notices, because neither matters. Leases
/// are longer here than a test waits: what only they would mend fails.
/// </summary>
public sealed class LostConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<double?, double?, bool> Cuts => new()
    {
        // part of the request that still arrives, part of the answer that still arrives, whether the thread is new
        { 0.5, null, true },
        { 0.5, null, false },
        { null, 0.0, true },
        { null, 0.0, false },
        { null, 0.9, true },
        { null, 0.9, false },
    };

    public static TheoryData<double?, double?> CutsOfOne => new() { { 0.5, null }, { null, 0.0 }, { null, 0.9 } };

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_message_is_stored_once_and_answered_once(double? request, double? answer, bool isNewThread)
    {
        await using var lossy = await LossyServer.StartAsync();
        var account = await lossy.Server.RegisterAsync();
        var before = isNewThread ? null : await account.SendAsync("Hello");
        if (before is not null)
        {
            await account.AnswerAsync(before);
        }

        var rule = lossy.Cut(Marks.Send, request, answer);
        var sent = await account.SendAsync("How do I resume a stream after a disconnect?", before?.ThreadId);

        rule.Fired.IsCompleted.ShouldBeTrue();
        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Complete);
        var messages = (await account.MessagesAsync(sent.ThreadId)).Items;
        messages.Count(message => message.Role == "user").ShouldBe(isNewThread ? 1 : 2);
        messages.Select(message => message.Seq).ShouldBe(Enumerable.Range(1, messages.Count).Select(seq => (long)seq));
        (await lossy.Database.LookAsync<long>("SELECT count(*) FROM turns")).ShouldBe(isNewThread ? 1 : 2);
    }

    [Fact]
    public async Task A_message_that_took_the_last_place_of_its_thread_is_not_refused_for_want_of_it()
    {
        await using var lossy = await LossyServer.StartAsync(new() { ["Roles"] = "web", ["Chat:QueuedTurnsPerThread"] = "2" });
        var account = await lossy.Server.RegisterAsync();
        var before = await account.SendAsync("a question that waits");

        lossy.Cut(Marks.Send, null, 0.9);
        var sent = await account.SendAsync("the last one that may wait", before.ThreadId);

        sent.Queue.Position.ShouldBe(1);
        (await lossy.Database.LookAsync<Guid>("SELECT turn_id FROM messages WHERE seq = 2")).ShouldBe(sent.TurnId);
        (await lossy.Database.LookAsync<long>("SELECT count(*) FROM turns")).ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(CutsOfOne))]
    public async Task An_answer_is_asked_for_again_once(double? request, double? answer)
    {
        await using var lossy = await LossyServer.StartAsync();
        var account = await lossy.Server.RegisterAsync();
        var first = await account.AskAsync("How do I resume a stream after a disconnect?");

        var rule = lossy.Cut(Marks.Regenerate, request, answer);
        var again = await account.RegenerateAsync(first.Id);

        rule.Fired.IsCompleted.ShouldBeTrue();
        var second = await account.AnswerAsync(again);
        second.Status.ShouldBe(MessageStatus.Complete);
        second.Meta!.Replaces.ShouldBe(first.Id);
        (await account.MessagesAsync(again.ThreadId)).Items.Count.ShouldBe(3);
        (await lossy.Database.LookAsync<long>("SELECT count(*) FROM turns")).ShouldBe(2);
        (await lossy.Database.LookAsync<long>("SELECT count(*) FROM credit_ledger WHERE kind = 'hold'")).ShouldBe(2);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.9, 1)]
    [InlineData(0.9, 3)]
    public async Task A_turn_whose_claim_is_not_heard_of_is_claimed_again_and_no_worker_counts_as_lost(double answer, int times)
    {
        await using var web = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var account = await web.RegisterAsync();
        var sent = await account.SendAsync("How do I resume a stream after a disconnect?");

        await using var proxy = new PostgresProxy("worker", web.Database.ApplicationConnectionString);
        var rules = Enumerable.Range(0, times).Select(_ => proxy.Arm(LossyServer.Cutting(Marks.Claim, null, answer))).ToArray();
        await using var worker = await LossyServer.StartWorkerAsync(proxy, web.Database);

        var message = await account.AnswerAsync(sent);
        rules.ShouldAllBe(rule => rule.Fired.IsCompleted);
        message.Status.ShouldBe(MessageStatus.Complete);
        message.Meta!.RetryMeta!.Attempts.ShouldBe(times + 1);
        (await web.Database.LookAsync<int>("SELECT losses FROM turns")).ShouldBe(0);
    }

    [Fact]
    public async Task A_turn_that_is_claimed_while_the_worker_stops_is_free_at_once_and_no_worker_counts_as_lost()
    {
        await using var web = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var account = await web.RegisterAsync();
        await account.SendAsync("How do I resume a stream after a disconnect?");
        await using var proxy = new PostgresProxy("worker", web.Database.ApplicationConnectionString);
        var claimed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Arm(new Rule(
            call => call.Marks.HasFlag(Marks.Claim),
            new Act(Moment.AfterCommit, _ =>
            {
                claimed.SetResult();
                return stopping.Task;
            }, IsLost: true)));
        var worker = await LossyServer.StartWorkerAsync(proxy, web.Database);
        worker.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        await claimed.Task.WaitAsync(Stop);

        await worker.DisposeAsync();

        (await web.Database.LookAsync<string>("SELECT status FROM turns")).ShouldBe(TurnStatus.Queued);
        (await web.Database.LookAsync<int>("SELECT losses FROM turns")).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(CutsOfOne))]
    public async Task A_turn_that_begins_its_text_again_goes_on_with_it(double? request, double? answer)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = 3, Times = 1 });
        await using var lossy = await LossyServer.StartAsync(ChatDriving.With(model, ChatDriving.WithShortWaits));
        var account = await lossy.Server.RegisterAsync();

        var rule = lossy.Cut(Marks.Restart, request, answer);
        var message = await account.AskAsync("tell me a long story");

        rule.Fired.IsCompleted.ShouldBeTrue();
        message.Status.ShouldBe(MessageStatus.Complete);
        message.Meta!.RetryMeta!.Attempts.ShouldBe(2);
        model.Requests.Count.ShouldBe(2);
        (await lossy.Database.LookAsync<int>("SELECT losses FROM turns")).ShouldBe(0);
    }

    [Fact]
    public async Task A_turn_whose_worker_cannot_learn_its_attempt_is_claimed_again()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        model.Play(new Behaviour { Kind = BehaviourKind.Cut, AfterTokens = 3, Times = 1 });
        await using var lossy = await LossyServer.StartAsync(ChatDriving.With(model, ChatDriving.WithShortWaits));
        var account = await lossy.Server.RegisterAsync();

        lossy.Cut(Marks.Restart, null, 0.0);
        lossy.Cut(Marks.Restart, null, 0.0);
        var message = await account.AskAsync("tell me a long story");

        message.Status.ShouldBe(MessageStatus.Complete);
        message.Meta!.RetryMeta!.Attempts.ShouldBe(3);
    }

    /// <summary>A server whose every connection to PostgreSQL can be cut.</summary>
    private sealed class LossyServer(TestDatabase database, PostgresProxy proxy, TestServer server) : IAsyncDisposable
    {
        public TestDatabase Database => database;

        public TestServer Server => server;

        public static async Task<LossyServer> StartAsync(Dictionary<string, string?>? settings = null)
        {
            var database = await TestServer.NewDatabaseAsync();
            var proxy = new PostgresProxy("server", database.ApplicationConnectionString);
            return new LossyServer(database, proxy, await StartAsync(proxy, database, settings ?? []));
        }

        /// <summary>The same for a worker on the database of another server.</summary>
        public static Task<TestServer> StartWorkerAsync(PostgresProxy proxy, TestDatabase database) =>
            StartAsync(proxy, database, new() { ["Roles"] = "worker" });

        /// <summary>Cuts the connection of the next such call.</summary>
        /// <param name="mark">What it does.</param>
        /// <param name="request">Part of the request that still arrives; null = all, and the answer is cut.</param>
        /// <param name="answer">Part of the answer that still arrives.</param>
        public Rule Cut(Marks mark, double? request, double? answer) => proxy.Arm(Cutting(mark, request, answer));

        public static Rule Cutting(Marks mark, double? request, double? answer) =>
            new(call => call.Marks.HasFlag(mark), request is { } part ? new CutRequest(part) : new CutAnswer(answer!.Value));

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await proxy.DisposeAsync();
            await database.DisposeAsync();
        }

        private static async Task<TestServer> StartAsync(PostgresProxy proxy, TestDatabase database, Dictionary<string, string?> settings)
        {
            var server = await TestServer.StartAsync(
                new(settings) { ["ConnectionStrings:Evenkeel"] = proxy.ConnectionString, ["Chat:LeaseSeconds"] = "600" }, database: database);
            server.ExpectErrors();
            return server;
        }
    }
}
