using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Timeline;
using Evenkeel.ScriptedModel;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

/// <summary>What tests of the turn do to a server, as a client does it.</summary>
internal static class ChatDriving
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>For tests of failed turns: the first failure of the model is the turn's.</summary>
    public static Dictionary<string, string?> WithoutSecondChance => new(StringComparer.Ordinal)
    {
        ["Models:Chat:Retries"] = "0", ["Models:Chat:ExtractiveFallback"] = "false",
    };

    /// <summary>For tests of retries: waits too short to notice.</summary>
    public static Dictionary<string, string?> WithShortWaits => new(StringComparer.Ordinal) { ["Models:Chat:FirstRetrySeconds"] = "0.001" };

    /// <summary>A server whose answers come from <paramref name="model"/>.</summary>
    public static Task<TestServer> StartAsync(ScriptedModelServer model, Dictionary<string, string?>? settings = null, TestDatabase? database = null) =>
        TestServer.StartAsync(With(model, settings), database: database);

    public static Dictionary<string, string?> With(ScriptedModelServer model, Dictionary<string, string?>? settings = null) => new(settings ?? [])
    {
        ["Models:Chat:Provider"] = "openai",
        ["Models:Chat:Endpoint"] = model.OpenAiEndpoint.ToString(),
        ["Models:Chat:Model"] = "scripted",
    };

    public static async Task<HttpResponseMessage> PostChatAsync(
        this TestAccount account, string message, Guid? thread = null, string? clientId = null, Guid? cid = null, HttpClient? through = null, bool stream = false,
        string? force = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chat")
        {
            Content = JsonContent.Create(new SendMessageRequest { Message = message, ThreadId = thread, ClientMessageId = clientId }, options: Wire.Json),
        };
        if (cid is { } id)
        {
            request.Headers.Add("X-Correlation-ID", id.ToString());
        }

        if (force is not null)
        {
            request.Headers.Add("X-Debug-Force-Error", force);
        }

        if (stream)
        {
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        }

        return await (through ?? account.Http).SendAsync(request, Stop);
    }

    public static async Task<SendMessageResponse> SendAsync(
        this TestAccount account, string message, Guid? thread = null, string? clientId = null, Guid? cid = null, HttpClient? through = null)
    {
        using var response = await account.PostChatAsync(message, thread, clientId, cid, through);
        return await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted);
    }

    /// <summary>Sends and waits for the answer.</summary>
    public static async Task<Message> AskAsync(this TestAccount account, string message, Guid? thread = null)
    {
        var sent = await account.SendAsync(message, thread);
        return await account.AnswerAsync(sent);
    }

    /// <summary>The message that ended the turn, whatever it is.</summary>
    public static Task<Message> AnswerAsync(this TestAccount account, SendMessageResponse sent) =>
        Eventually.SeeAsync($"the end of turn {sent.TurnId}", async () =>
            (await account.MessagesAsync(sent.ThreadId)).Items.SingleOrDefault(message => message.TurnId == sent.TurnId && message.Role == "assistant"));

    public static Task<MessagePage> MessagesAsync(this TestAccount account, Guid thread, string query = "?limit=200") =>
        account.GetAsync<MessagePage>($"/api/v1/threads/{thread}/messages{query}");

    public static async Task<T> GetAsync<T>(this TestAccount account, string path)
    {
        using var response = await account.Http.GetAsync(path, Stop);
        return await response.ReadAsync<T>(HttpStatusCode.OK);
    }

    public static async Task<StopTurnResponse> StopAsync(this TestAccount account, Guid thread, Guid? turn = null)
    {
        using var response = await account.PostStopAsync(thread, turn);
        return await response.ReadAsync<StopTurnResponse>(HttpStatusCode.Accepted);
    }

    public static Task<HttpResponseMessage> PostStopAsync(this TestAccount account, Guid thread, Guid? turn = null) =>
        account.Http.PostAsJsonAsync($"/api/v1/chat/{thread}/stop", new StopTurnRequest { TurnId = turn }, Wire.Json, Stop);

    public static async Task<SendMessageResponse> RegenerateAsync(this TestAccount account, Guid answer)
    {
        using var response = await account.PostRegenerateAsync(answer);
        return await response.ReadAsync<SendMessageResponse>(HttpStatusCode.Accepted);
    }

    public static Task<HttpResponseMessage> PostRegenerateAsync(this TestAccount account, Guid answer) =>
        account.Http.PostAsync($"/api/v1/messages/{answer}/regenerate", null, Stop);

    /// <summary>Says whether an answer helped; null takes it back.</summary>
    public static async Task<Message> GiveFeedbackAsync(this TestAccount account, Guid answer, string? value, string? comment = null)
    {
        using var response = await account.Http.PostAsJsonAsync(
            $"/api/v1/messages/{answer}/feedback", new FeedbackRequest { Value = value, Comment = comment }, Wire.Json, Stop);
        return await response.ReadAsync<Message>(HttpStatusCode.OK);
    }

    public static async Task<T> ReadAsync<T>(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync(Stop);
        response.StatusCode.ShouldBe(expected, text);
        return System.Text.Json.JsonSerializer.Deserialize<T>(text, Wire.Json)!;
    }

    public static async Task RefusedAsync(this Task<HttpResponseMessage> pending, HttpStatusCode status, string code)
    {
        using var response = await pending;
        var error = await response.ReadAsync<ErrorEnvelope>(status);
        error.ErrorCode.ShouldBe(code);
        error.CorrelationId.ShouldNotBeEmpty();
    }

    /// <summary>The timeline of a turn that ended; its last event is written with its end, others within a moment.</summary>
    public static Task<IReadOnlyList<TimelineEvent>> TimelineAsync(this TestAccount account, Guid thread, Func<IReadOnlyList<TimelineEvent>, bool> isComplete) =>
        Eventually.SeeAsync("the timeline", async () =>
        {
            var page = await account.GetAsync<Page<TimelineEvent>>($"/chat/events/{thread}?limit=200");
            return isComplete(page.Items) ? page.Items : null;
        });

    public static Task<SocketClient> ConnectAsync(this TestServer server, TestAccount account, Guid thread, long afterSeq = 0) =>
        SocketClient.ConnectAsync(new Uri($"ws://{server.Address.Authority}/ws/chat/{thread}?token={account.SignedIn.AccessToken}&after_seq={afterSeq}"));

    /// <summary>One value, read past row-level security.</summary>
    public static async Task<T> LookAsync<T>(this TestDatabase database, string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(database.AdministratorConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return (T)(await command.ExecuteScalarAsync(Stop))!;
    }

    /// <summary>Changes rows or tables, as an administrator would.</summary>
    public static async Task<int> ChangeAsync(this TestDatabase database, string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(database.AdministratorConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteNonQueryAsync(Stop);
    }
}
