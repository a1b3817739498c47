using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Privacy;

/// <summary>What the logs say of a turn and of a connection can be found by the correlation id.</summary>
public sealed class CorrelationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_log_line_of_a_turn_carries_its_correlation_id_on_the_workers_side_too()
    {
        using var capture = new TelemetryCapture();
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        await using var server = await StartAsync(capture, ChatDriving.With(model, new() { ["Models:Chat:ExtractiveFallback"] = "false" }));
        server.ExpectErrors();
        var account = await server.RegisterAsync();
        var cid = Guid.CreateVersion7();
        model.Play(new Behaviour { Kind = BehaviourKind.ServerError, Status = 401, Times = 1 });

        var sent = await account.SendAsync("a question that fails", cid: cid);
        (await account.AnswerAsync(sent)).Status.ShouldBe(MessageStatus.Failed);

        await Eventually.HoldAsync("the end in the log", () => Task.FromResult(capture.Lines.Any(line => line.Event == "turn_ended")));
        var about = capture.Lines.Where(line => $"{line.Message} {line.Values}".Contains(sent.TurnId.ToString(), StringComparison.Ordinal)).ToArray();
        about.Select(line => line.Event).ShouldContain("message_accepted");
        about.ShouldAllBe(line => $"{line.Message} {line.Values} {line.Scopes}".Contains(cid.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Connections_say_who_came_and_why_and_when_they_left()
    {
        using var capture = new TelemetryCapture();
        await using var server = await StartAsync(capture, []);
        var account = await server.RegisterAsync();
        var sent = await account.SendAsync("How do I resume a stream after a disconnect?");
        await account.AnswerAsync(sent);
        var cid = Guid.CreateVersion7();

        await using (await server.ConnectAsync(account, sent.ThreadId))
        {
            await Eventually.HoldAsync("the socket in the log", () => Task.FromResult(capture.Lines.Any(line => line.Event == "connection_opened")));
        }

        using (var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/chat/{sent.ThreadId}/stream"))
        {
            request.Headers.Add("X-Correlation-ID", cid.ToString());
            using var response = await account.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        }

        await Eventually.HoldAsync("both ends in the log", () => Task.FromResult(capture.Lines.Count(line => line.Event == "connection_closed") == 2));
        foreach (var line in capture.Lines.Where(line => line.Event is "connection_opened" or "connection_closed"))
        {
            line.Values.ShouldContain($"ThreadId={sent.ThreadId}");
            line.Values.ShouldContain($"UserId={account.SignedIn.User.Id}");
            line.Values.ShouldMatch("CorrelationId=[0-9a-f]{8}-");
        }

        var closed = capture.Lines.Where(line => line.Event == "connection_closed").ToArray();
        closed.ShouldContain(line => line.Values.Contains("Reason=client_left", StringComparison.Ordinal) && line.Values.Contains($"CorrelationId={cid}", StringComparison.Ordinal));
        closed.ShouldAllBe(line => line.Values.Contains("DurationSeconds=", StringComparison.Ordinal));
    }

    private static Task<TestServer> StartAsync(TelemetryCapture capture, Dictionary<string, string?> settings) =>
        TestServer.StartAsync(settings, services => services.AddLogging(logging => logging.AddProvider(capture).AddFilter<TelemetryCapture>("Evenkeel", LogLevel.Information)));
}
