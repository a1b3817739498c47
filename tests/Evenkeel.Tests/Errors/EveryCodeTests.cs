using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Errors;
using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Frames;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using StreamClient = Evenkeel.Tests.Delivery.StreamClient;

namespace Evenkeel.Tests.Errors;

/// <summary>Every code of the catalogue says the same through every transport: the code, its texts, whether to try again and when, and the correlation id.</summary>
public sealed class EveryCodeTests
{
    private const int Wait = 7;

    private static readonly string[] Languages = ["en", "zh"];

    /// <summary>What a forced error makes of the turn; every other code refuses the send.</summary>
    private static readonly string[] OfTurns =
    [
        ErrorCode.LlmUnavailable, ErrorCode.LlmTimeout, ErrorCode.RagError, ErrorCode.LocationError, ErrorCode.WorkerLost, ErrorCode.ContentBlocked,
        ErrorCode.ServerError,
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>All but the one that is no failure: what a person stopped is a message.</summary>
    private static IEnumerable<ErrorDefinition> Failures => ErrorCatalogue.All.Where(error => error.Code != ErrorCode.Cancelled);

    [Fact]
    public async Task As_the_end_of_a_turn_on_sockets_on_streams_in_lists_and_in_the_answer_to_the_send()
    {
        await using var server = await TestServer.StartAsync(customize: FailAsAsked);
        foreach (var language in Languages)
        {
            var account = await server.RegisterAsync(language);
            foreach (var error in Failures)
            {
                var thread = (await account.SendAsync(AskFor(error, "the first one"))).ThreadId;
                await Eventually.HoldAsync("the first end", async () => (await account.MessagesAsync(thread)).LastSeq == 2);
                await using var socket = await StreamClient.ConnectAsync(server, account, thread, 2, isSocket: true);
                await using var stream = await StreamClient.ConnectAsync(server, account, thread, 2, isSocket: false);
                var correlation = Guid.CreateVersion7();

                using var response = await account.PostChatAsync(AskFor(error, "the one looked at"), thread, cid: correlation, stream: true);
                var sent = FramesOf(await response.Content.ReadAsStringAsync(Stop)).Single(frame => frame.Type() == "chat_error");

                foreach (var frame in new[] { sent, await ErrorOnAsync(socket), await ErrorOnAsync(stream) })
                {
                    ShouldSay(frame, "error", error, language, correlation);
                    frame.GetProperty("done").GetBoolean().ShouldBeTrue();
                    frame.Number("seq").ShouldBe(4);
                    frame.Text("cid").ShouldBe(correlation.ToString());
                }

                var stored = (await account.MessagesAsync(thread)).Items[^1];
                stored.Status.ShouldBe(MessageStatus.Failed);
                ShouldSay(JsonSerializer.SerializeToElement(stored.Meta!.Error!, Wire.Json), "error", error, language, correlation);
            }
        }
    }

    [Fact]
    public async Task As_an_answer_over_HTTP_with_the_wait_in_its_header()
    {
        await using var server = await RealtimeServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        foreach (var language in Languages)
        {
            foreach (var error in Failures)
            {
                server.Threads.Refusal = ErrorFor(error);
                await ShouldAnswerAsync(http, new HttpRequestMessage(HttpMethod.Get, "/refused"), error, language, TimeSpan.FromSeconds(Wait));
            }
        }
    }

    [Fact]
    public async Task As_the_refusal_of_a_send()
    {
        await using var server = await TestServer.StartAsync(new() { ["Debug:ForceErrors"] = "true" });
        var refused = Failures.Where(error => !OfTurns.Contains(error.Code)).ToArray();
        refused.Length.ShouldBe(Failures.Count() - OfTurns.Length);
        foreach (var language in Languages)
        {
            var account = await server.RegisterAsync(language);
            foreach (var error in refused)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chat")
                {
                    Content = JsonContent.Create(new SendMessageRequest { Message = "hello" }, options: Wire.Json),
                };
                request.Headers.Add("X-Debug-Force-Error", error.Code);
                await ShouldAnswerAsync(account.Http, request, error, language, TimeSpan.FromSeconds(5));
            }
        }
    }

    [Fact]
    public async Task As_the_refusal_of_a_frame_on_the_socket_that_sent_it()
    {
        await using var server = await RealtimeServer.StartAsync();
        var thread = server.Threads.NewThread(server.People.Owner.OrganizationId);
        await using var socket = await server.ConnectAsync(thread);
        await socket.ReadAsync("connected");
        foreach (var language in Languages)
        {
            foreach (var error in Failures)
            {
                server.Threads.Refusal = ErrorFor(error);
                var correlation = Guid.CreateVersion7();
                await socket.SendAsync(new { type = "send", message = "hello", client_message_id = error.Code, correlation_id = correlation, locale = language });

                var frame = await socket.ReadAsync("command_error");

                ShouldSay(frame, "error", error, language, correlation);
                frame.Text("client_message_id").ShouldBe(error.Code);
                // Frames of a client are limited per second.
                server.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    [Fact]
    public void As_the_reason_of_a_close_which_fits_into_its_frame()
    {
        var reasons = typeof(CloseReason).GetProperties().Where(property => property.PropertyType == typeof(CloseReason))
            .Select(property => (CloseReason)property.GetValue(null)!).Where(reason => reason != CloseReason.Complete).ToArray();
        reasons.Length.ShouldBeGreaterThan(10);
        foreach (var reason in reasons)
        {
            var error = ErrorCatalogue.Of(reason.ErrorCode);
            error.Code.ShouldBe(reason.ErrorCode);
            var frame = reason.Encode(Transport.WebSocket);
            var payload = frame.AsSpan(2);
            payload.Length.ShouldBeLessThanOrEqualTo(125);
            ((payload[0] << 8) | payload[1]).ShouldBe(reason.Code);
            var stream = Encoding.UTF8.GetString(reason.Encode(Transport.EventStream));
            foreach (var json in new[] { Encoding.UTF8.GetString(payload[2..]), stream[(stream.IndexOf("data: ", StringComparison.Ordinal) + 6)..] })
            {
                var said = JsonDocument.Parse(json).RootElement;
                said.Text("error_code").ShouldBe(error.Code);
                said.TryGetProperty("retry_after_s", out _).ShouldBe(reason.RetryAfterSeconds is not null, reason.Name);
                if (error.Retry == RetryAdvice.Wait)
                {
                    said.Number("retry_after_s").ShouldBeGreaterThan(0, reason.Name);
                }
            }
        }
    }

    private static async Task ShouldAnswerAsync(HttpClient http, HttpRequestMessage request, ErrorDefinition error, string language, TimeSpan wait)
    {
        var correlation = Guid.CreateVersion7();
        request.Headers.Add("X-Correlation-ID", correlation.ToString());
        request.Headers.AcceptLanguage.Clear();
        request.Headers.AcceptLanguage.ParseAdd(language);

        using var response = await http.SendAsync(request, Stop);

        ((int)response.StatusCode).ShouldBe(error.Status, error.Code);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        response.Headers.GetValues("X-Correlation-ID").ShouldBe([correlation.ToString()]);
        response.Headers.RetryAfter?.Delta.ShouldBe(error.Retry == RetryAdvice.Wait ? wait : null, error.Code);
        (response.Headers.RetryAfter is null).ShouldBe(error.Retry != RetryAdvice.Wait, error.Code);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop)).RootElement;
        body.Number("status").ShouldBe(error.Status);
        body.Text("title").ShouldBe(error.Happened.In(language));
        ShouldSay(body, "message", error, language, correlation, wait);
    }

    private static void ShouldSay(JsonElement said, string text, ErrorDefinition error, string language, Guid correlation, TimeSpan? wait = null)
    {
        said.Text("error_code").ShouldBe(error.Code);
        said.Text(text).ShouldBe(error.Text(language));
        said.GetProperty("retryable").GetBoolean().ShouldBe(error.Retryable);
        said.Text("correlation_id").ShouldBe(correlation.ToString());
        if (error.Retry == RetryAdvice.Wait)
        {
            said.Number("retry_after_s").ShouldBe((long)(wait?.TotalSeconds ?? Wait));
        }
        else
        {
            said.TryGetProperty("retry_after_s", out _).ShouldBeFalse(error.Code);
        }
    }

    private static async Task<JsonElement> ErrorOnAsync(StreamClient client)
    {
        while (await client.ReadAsync() is var frame)
        {
            if (frame.Type() == "chat_error")
            {
                return frame;
            }
        }

        throw new InvalidOperationException("No error came.");
    }

    private static IEnumerable<JsonElement> FramesOf(string stream) => stream.Split('\n')
        .Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line[5..]).RootElement);

    private static string AskFor(ErrorDefinition error, string which) => $"{error.Code} {which}";

    private static Error ErrorFor(ErrorDefinition error) =>
        new(error.Code) { RetryAfter = error.Retry == RetryAdvice.Wait ? TimeSpan.FromSeconds(Wait) : null };

    // Before all others: nothing of a turn has been done when it fails.
    private static void FailAsAsked(IServiceCollection services)
    {
        var first = services.First(service => service.ServiceType == typeof(ITurnStage));
        services.Insert(services.IndexOf(first), ServiceDescriptor.Singleton<ITurnStage, FailingStage>());
    }

    private sealed class FailingStage : ITurnStage
    {
        public string EventType => TimelineEventType.AgentThinking;

        public Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
        {
            var error = ErrorCatalogue.Of(context.Turn.Question.Split(' ')[0]);
            throw new StageFailedException(ErrorFor(error), error.Code);
        }
    }
}
