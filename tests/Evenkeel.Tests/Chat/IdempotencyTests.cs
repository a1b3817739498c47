using System.Net;
using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>The same <c>client_message_id</c> never makes a second turn or message.</summary>
public sealed class IdempotencyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Twenty_equal_sends_at_once_through_two_servers_make_one_turn(bool isNewThread)
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);
        await using var other = await ChatDriving.StartAsync(model, new() { ["Data:Directory"] = server.DataDirectory }, server.Database);
        var account = await server.RegisterAsync();
        using var elsewhere = new HttpClient { BaseAddress = other.Address };
        elsewhere.DefaultRequestHeaders.Authorization = account.Http.DefaultRequestHeaders.Authorization;
        var thread = isNewThread ? (Guid?)null : (await account.SendAsync("something that was said before")).ThreadId;

        var sent = await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            account.SendAsync("the very same thing", thread, "once", through: number % 2 == 0 ? account.Http : elsewhere)));

        sent.Select(Identity).Distinct().Count().ShouldBe(1);
        await account.AnswerAsync(sent[0]);
        Identity(await account.SendAsync("the very same thing", thread, "once")).ShouldBe(Identity(sent[0]));
        (await server.Database.LookAsync<long>("SELECT count(*) FROM turns WHERE client_message_id = 'once'")).ShouldBe(1);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM messages WHERE text = 'the very same thing'")).ShouldBe(1);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM conversations")).ShouldBe(1);
    }

    [Fact]
    public async Task A_repeated_send_is_recognised_before_the_rate_limit()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model, new() { ["Chat:SendsPerMinute"] = "1" });
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("only one in a minute", clientId: "kept");

        await account.PostChatAsync("another one", clientId: "new").RefusedAsync(HttpStatusCode.TooManyRequests, "rate_limited");

        Identity(await account.SendAsync("only one in a minute", clientId: "kept")).ShouldBe(Identity(sent));
    }

    [Fact]
    public async Task A_repeated_send_is_recognised_while_the_queue_and_the_thread_are_full()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var gate = model.Hold(0, times: null);
        await using var server = await ChatDriving.StartAsync(
            model, new() { ["Chat:ConcurrentTurns"] = "1", ["Chat:QueuedTurns"] = "2", ["Chat:QueuedTurnsPerThread"] = "2" });
        var account = await server.RegisterAsync();
        var first = await account.SendAsync("runs and runs", clientId: "1");
        await gate.WaitUntilHeldAsync(Stop);
        var second = await account.SendAsync("waits behind it", first.ThreadId, "2");
        second.Queue.Position.ShouldBe(1);

        await account.PostChatAsync("one too many in the thread", first.ThreadId, "3").RefusedAsync(HttpStatusCode.ServiceUnavailable, "queue_full");
        Identity(await account.SendAsync("waits behind it", first.ThreadId, "2")).ShouldBe(Identity(second));
        await account.SendAsync("waits in another thread", clientId: "4");
        await Eventually.HoldAsync("a full queue", async () =>
        {
            using var refused = await account.PostChatAsync("one too many", clientId: Guid.NewGuid().ToString());
            return refused.StatusCode == HttpStatusCode.ServiceUnavailable && refused.Headers.RetryAfter is not null;
        });
        Identity(await account.SendAsync("runs and runs", clientId: "1")).ShouldBe(Identity(first));
        gate.Release();
    }

    [Fact]
    public async Task The_same_id_of_two_people_is_two_messages()
    {
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await ChatDriving.StartAsync(model);

        var one = await (await server.RegisterAsync()).SendAsync("said by one", clientId: "same");
        var two = await (await server.RegisterAsync()).SendAsync("said by two", clientId: "same");

        two.TurnId.ShouldNotBe(one.TurnId);
    }

    [Theory]
    [InlineData("/api/v1/chat")]
    [InlineData("/api/chat/")]
    public async Task A_message_that_cannot_be_stored_changes_nothing(string path)
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        string[] bodies =
        [
            "{}", """{"message":""}""", """{"message":"   "}""", """{"message":"a\u0000b"}""", """{"message":"x","thread_idd":"y"}""",
            """{"message":"x","locale":"fr"}""", """{"message":"x","client_message_id":""}""", """{"message":12}""", "{", "[]", "null",
            $$"""{"message":"{{new string('x', 32_001)}}"}""", """{"message":"x","thread_id":"not-an-id"}""", """{"message":"x\ud800"}""",
        ];

        foreach (var body in bodies)
        {
            await account.Http.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Stop)
                .RefusedAsync(HttpStatusCode.BadRequest, "invalid_request");
        }

        await account.PostChatAsync("to nobody", Guid.CreateVersion7()).RefusedAsync(HttpStatusCode.NotFound, "not_found");
        (await server.Database.LookAsync<long>("SELECT count(*) FROM messages")).ShouldBe(0);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM conversations")).ShouldBe(0);
    }

    private static (Guid, Guid, Guid, long, Guid, string, string) Identity(SendMessageResponse sent) =>
        (sent.ThreadId, sent.MessageId, sent.TurnId, sent.Seq, sent.CorrelationId, sent.StreamUrl, sent.SocketUrl);
}
