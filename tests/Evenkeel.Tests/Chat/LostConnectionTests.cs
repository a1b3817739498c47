using Evenkeel.Contracts.Chats;
using Evenkeel.Faults.Proxy;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>The connection is lost while a message is being stored, before or after the commit: the sender is told neither, because neither matters.</summary>
public sealed class LostConnectionTests
{
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

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_message_is_stored_once_and_answered_once(double? request, double? answer, bool isNewThread)
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: TestContext.Current.CancellationToken);
        await using var proxy = new PostgresProxy("server", database.OwnerConnectionString);
        await using var server = await TestServer.StartAsync(
            new() { ["ConnectionStrings:Evenkeel"] = proxy.ConnectionString, ["Database:Migrate"] = "true" }, database: database);
        server.ExpectErrors();
        var account = await server.RegisterAsync();
        var before = isNewThread ? null : await account.SendAsync("Hello");
        if (before is not null)
        {
            await account.AnswerAsync(before);
        }

        var rule = proxy.Arm(new Rule(
            call => call.Statements.Any(sql => sql.Contains("INSERT INTO messages", StringComparison.Ordinal) && sql.Contains("'queued'", StringComparison.Ordinal)),
            request is { } part ? new CutRequest(part) : new CutAnswer(answer!.Value)));
        var sent = await account.SendAsync("How do I resume a stream after a disconnect?", before?.ThreadId);

        rule.Fired.IsCompleted.ShouldBeTrue();
        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Complete);
        var messages = (await account.MessagesAsync(sent.ThreadId)).Items;
        messages.Count(message => message.Role == "user").ShouldBe(isNewThread ? 1 : 2);
        messages.Select(message => message.Seq).ShouldBe(Enumerable.Range(1, messages.Count).Select(seq => (long)seq));
        (await database.LookAsync<long>("SELECT count(*) FROM turns")).ShouldBe(isNewThread ? 1 : 2);
    }
}
