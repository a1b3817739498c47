using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Evenkeel.Scenarios;

/// <summary>A person at a browser: signs up, sends, and reads what the socket says. Everything is written into the transcript.</summary>
public sealed class Person : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http;
    private readonly Transcript _transcript;
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonElement> _frames = Channel.CreateUnbounded<JsonElement>();
    private readonly string _token;
    private Task _reading = Task.CompletedTask;

    private Person(HttpClient http, string token, Transcript transcript)
    {
        (_http, _token, _transcript) = (http, token, transcript);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The conversation.</summary>
    public Guid Thread { get; private set; }

    /// <summary>The correlation ids of the turns sent.</summary>
    public List<string> CorrelationIds { get; } = [];

    /// <summary>Registers an owner, begins a conversation, and connects to it, so that every turn after this is seen live.</summary>
    public static async Task<Person> RegisterAsync(Uri server, Transcript transcript)
    {
        var http = new HttpClient { BaseAddress = server, Timeout = Patience };
        using var response = await http.PostAsJsonAsync("/auth/register", new { email = $"scenario-{Guid.CreateVersion7():N}@example.com", password = "correct horse battery" });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        ScenarioException.Require(response.IsSuccessStatusCode, $"registration answered {(int)response.StatusCode}: {answer}");
        var person = new Person(http, answer.GetProperty("access_token").GetString()!, transcript);
        await person.BeginAsync();
        return person;
    }

    /// <summary>Sends a message.</summary>
    /// <param name="message">The text.</param>
    /// <param name="force">A failure asked for.</param>
    /// <returns>Status, body and Retry-After in seconds.</returns>
    public async Task<SendResult> SendAsync(string message, string? force = null)
    {
        var body = new Dictionary<string, object?>
        {
            ["message"] = message,
            ["client_message_id"] = Guid.CreateVersion7().ToString(),
            ["thread_id"] = Thread == Guid.Empty ? null : Thread,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chat") { Content = JsonContent.Create(body) };
        var correlationId = Guid.CreateVersion7().ToString();
        request.Headers.Add("X-Correlation-ID", correlationId);
        if (force is not null)
        {
            request.Headers.Add("X-Debug-Force-Error", force);
        }

        _transcript.Line("person", $"POST /api/v1/chat \"{message}\"{(force is null ? "" : $"  X-Debug-Force-Error: {force}")}");
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        var wait = response.Headers.RetryAfter?.Delta?.TotalSeconds;
        _transcript.Line("server", $"{(int)response.StatusCode} {Facts(answer)}{(wait is null ? "" : $"  Retry-After: {wait:0}")}");
        if (response.IsSuccessStatusCode)
        {
            CorrelationIds.Add(correlationId);
            Thread = answer.GetProperty("thread_id").GetGuid();
        }

        return new SendResult((int)response.StatusCode, answer, wait);
    }

    /// <summary>Reads frames to the end of the turn that runs.</summary>
    /// <returns>All frames up to and with its last durable one.</returns>
    public async Task<IReadOnlyList<JsonElement>> ReadTurnAsync(SendResult sent)
    {
        var turn = sent.Body.GetProperty("turn_id").GetString();
        var frames = new List<JsonElement>();
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(deadline.Token))
            {
                frames.Add(frame);
                if (frame.Text("type") == "chat_status" && frame.Text("event") == "idle" && frame.Text("turn_id") == turn)
                {
                    return frames;
                }
            }
        }
        catch (OperationCanceledException)
        {
            throw new ScenarioException($"the turn did not end within {Patience.TotalSeconds:0} s");
        }

        throw new ScenarioException("the socket closed before the turn ended");
    }

    /// <summary>Reads JSON with the person's token.</summary>
    public Task<JsonElement> GetAsync(string path) => _http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Reads text with the person's token; null where there is none.</summary>
    public async Task<string?> GetTextAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync() : null;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _http.Dispose();
    }

    private async Task BeginAsync()
    {
        await SendAsync("Hello!");
        for (var tries = 0; (await GetAsync($"/api/v1/threads/{Thread}")).Text("running_turn_id") is not null; tries++)
        {
            ScenarioException.Require(tries < 600, "the first turn did not end");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        await _socket.ConnectAsync(new Uri($"ws://{_http.BaseAddress!.Authority}/ws/chat/{Thread}?token={_token}&after_seq=2"), CancellationToken.None);
        _reading = ReadAsync();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (_socket.State == WebSocketState.Open)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage && part.MessageType == WebSocketMessageType.Text)
                {
                    Take(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));
                    message.SetLength(0);
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The scenario is over.
        }

        _frames.Writer.TryComplete();
    }

    private void Take(string text)
    {
        var frame = JsonDocument.Parse(text).RootElement;
        if (frame.Text("type") != "ping")
        {
            _transcript.Line("socket", Facts(frame));
        }

        _frames.Writer.TryWrite(frame);
    }

    // What a reader of the transcript wants to see of an answer or a frame: not ids, not times.
    private static string Facts(JsonElement json)
    {
        string[] shown =
        [
            "type", "event", "seq", "role", "status", "text", "token", "attempt", "offset", "retry_in_ms", "stage", "user_message", "reason",
            "error_code", "message", "error", "retryable", "retry_after_s", "meta",
        ];
        var facts = shown.Where(name => json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null)
            .Select(name => $"{name}={Short(json.GetProperty(name).ToString())}");
        return string.Join(' ', facts);
    }

    private static string Short(string text) => text.Length <= 180 ? text : $"{text[..180]}…";
}

/// <summary>What a send answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The JSON.</param>
/// <param name="RetryAfterSeconds">The header.</param>
public sealed record SendResult(int Status, JsonElement Body, double? RetryAfterSeconds);

/// <summary>Short ways to read JSON.</summary>
internal static class JsonReading
{
    /// <summary>A member as text; null when it is not there.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
}
