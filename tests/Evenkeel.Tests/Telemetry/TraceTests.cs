using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Fanout;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Telemetry;

/// <summary>One trace from the browser to the socket's frame, as a collector gets it.</summary>
public sealed class TraceTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string BrowserSpan = "b7ad6b7169203331";
    private const string Planted = "Zaphod Beeblebrox at zaphod@example.org";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_is_one_trace_from_the_browser_through_queue_worker_database_and_model_to_the_frame()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var model = await ScriptedModelServer.StartAsync(ct: Stop);
        var sent = default(SendMessageResponse);
        string? frameTrace;
        await using (var server = await ChatDriving.StartAsync(model, new(StringComparer.Ordinal) { ["Telemetry:OtlpEndpoint"] = collector.Address }))
        {
            var account = await server.RegisterAsync();
            var first = await account.SendAsync("Begin the thread please, thank you so much");
            await account.AnswerAsync(first);
            await using var socket = await server.ConnectAsync(account, first.ThreadId, 2);
            await socket.ReadAsync("connected");
            sent = await SendTracedAsync(account, first.ThreadId);
            var answer = await Eventually.SeeAsync("the answer's frame", async () =>
                await socket.ReadAsync("chat_message") is var frame && frame.Text("role") == "assistant" ? (object)frame : null);
            frameTrace = ((System.Text.Json.JsonElement)answer).Text("traceparent");
        }

        // The server has stopped, and so sent everything.
        var spans = collector.Spans.Where(span => span.TraceId == TraceId).ToList();
        var byId = spans.ToDictionary(span => span.Id);
        ExportedSpan One(string name) => spans.Where(span => span.Name == name).ShouldHaveSingleItem(name);
        string[] Way(ExportedSpan span) => byId.TryGetValue(span.ParentId, out var parent) ? [span.Name, .. Way(parent)] : [span.Name, span.ParentId];

        var request = spans.Where(span => span.ParentId == BrowserSpan && span.Name is not ("queue turns" or "invoke_workflow chat_turn"))
            .ShouldHaveSingleItem(string.Join('\n', spans.Select(span => $"{span.Name} {span.ParentId} {string.Join(',', span.Attributes)}")));
        Way(One("queue turns")).ShouldBe(["queue turns", request.Name, BrowserSpan]);
        Way(One("chat scripted")).ShouldBe(["chat scripted", "stage response_generation", "invoke_workflow chat_turn", request.Name, BrowserSpan]);
        Way(One("retrieval documents")).ShouldBe(["retrieval documents", "invoke_workflow chat_turn", request.Name, BrowserSpan]);
        foreach (var stage in new[] { "moderation", "loading_history", "agent_thinking", "context_composition" })
        {
            Way(One($"stage {stage}"))[1].ShouldBe("invoke_workflow chat_turn");
        }

        spans.Where(span => span.Attributes.GetValueOrDefault("db.system.name") == "postgresql").Select(span => Way(span)[1])
            .ShouldContain("invoke_workflow chat_turn");
        var delivered = spans.Where(span => span.Name == "deliver chat_message").ToList();
        delivered.Count.ShouldBe(2, "the question's frame and the answer's");
        frameTrace.ShouldBe($"00-{TraceId}-{delivered.Single(span => Way(span)[1] == "invoke_workflow chat_turn").Id}-01");
        var workflow = One("invoke_workflow chat_turn");
        workflow.Attributes["gen_ai.conversation.id"].ShouldBe(sent!.ThreadId.ToString());
        workflow.Attributes["evenkeel.turn.id"].ShouldBe(sent.TurnId.ToString());
        workflow.Attributes["evenkeel.turn.status"].ShouldBe(TurnStatus.Succeeded);
        One("chat scripted").Attributes["gen_ai.request.model"].ShouldBe("scripted");
        string.Concat(collector.Spans.Select(span => span.Raw)).ShouldNotContain("Zaphod");
    }

    [Fact]
    public async Task A_worker_in_another_process_goes_on_with_the_trace_and_its_metrics_are_exported()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var nodes = await TestNodes.StartAsync(broker: null, new(StringComparer.Ordinal) { ["Telemetry:OtlpEndpoint"] = collector.Address, ["Telemetry:MetricsSeconds"] = "1" });
        var web = await nodes.WebAsync();
        await nodes.WorkerAsync();
        var account = await web.RegisterAsync();
        var first = await account.SendAsync("Begin the thread please, thank you so much");
        await account.AnswerAsync(first);

        await account.AnswerAsync(await SendTracedAsync(account, first.ThreadId));

        await Eventually.HoldAsync("the request and the model's call in one trace", () => Task.FromResult(
            collector.Spans.Any(span => span.TraceId == TraceId && span.ParentId == BrowserSpan) && collector.Spans.Any(span => span.TraceId == TraceId && span.Name == "chat scripted")));
        foreach (var metric in new[] { "gen_ai.client.operation.duration", "gen_ai.client.operation.time_to_first_chunk", "gen_ai.client.token.usage", "gen_ai.workflow.duration", "evenkeel.turns.ended" })
        {
            await Eventually.HoldAsync(metric, () => Task.FromResult(collector.Metrics.Contains(metric)));
        }
    }

    [Fact]
    public async Task A_collector_that_is_away_costs_nothing_but_telemetry()
    {
        await using var server = await TestServer.StartAsync(new(StringComparer.Ordinal) { ["Telemetry:OtlpEndpoint"] = "http://127.0.0.1:1", ["Telemetry:OtlpProtocol"] = "grpc" });
        var account = await server.RegisterAsync();

        (await account.AskAsync("What is Evenkeel?")).Status.ShouldBe(MessageStatus.Complete);
    }

    private static async Task<SendMessageResponse> SendTracedAsync(TestAccount account, Guid threadId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chat")
        {
            Content = JsonContent.Create(new SendMessageRequest { Message = $"What would {Planted} say of Evenkeel?", ThreadId = threadId }, options: Wire.Json),
        };
        request.Headers.Add("traceparent", $"00-{TraceId}-{BrowserSpan}-01");
        using var response = await account.Http.SendAsync(request, Stop);
        return await response.ReadAsync<SendMessageResponse>(System.Net.HttpStatusCode.Accepted);
    }
}
