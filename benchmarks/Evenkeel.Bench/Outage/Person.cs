using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Evenkeel.Bench.Outage;

/// <summary>Asks at a steady pace over SSE, and waits when told to: what a person with our own client does.</summary>
internal sealed class Person(Uri server, string token, OutageCurve curve, TimeSpan pace) : IDisposable
{
    private const int TurnsPerThread = 10;
    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
    private Guid? _threadId;
    private int _turnsInThread;

    /// <summary>Goes on until <paramref name="stop"/>; a turn under way is seen to its end.</summary>
    public async Task AskUntilAsync(TimeSpan firstAfter, CancellationToken stop)
    {
        var next = Stopwatch.GetTimestamp() + Ticks(firstAfter);
        while (await ReachedAsync(next, stop))
        {
            var started = Stopwatch.GetTimestamp();
            var seen = await AskAsync();
            curve.Add(seen.End, Stopwatch.GetElapsedTime(started).TotalMilliseconds, seen.RetriesTold);
            if (seen.End is TurnEnd.Answered or TurnEnd.FallbackAnswered && ++_turnsInThread % TurnsPerThread == 0)
            {
                _threadId = null;
            }

            var now = Stopwatch.GetTimestamp();
            next = Math.Max(started + Ticks(pace), now + Ticks(seen.RetryAfter ?? TimeSpan.Zero));
        }
    }

    public void Dispose() => _http.Dispose();

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);

    private static async Task<bool> ReachedAsync(long moment, CancellationToken stop)
    {
        var left = TimeSpan.FromSeconds((moment - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
        try
        {
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, stop);
            return !stop.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<Seen> AskAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chat")
        {
            Content = JsonContent.Create(new { message = "How do I resume a stream after a disconnect?", thread_id = _threadId, client_message_id = Guid.NewGuid() }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return await ReadAsync(response);
        }

        return response.StatusCode == HttpStatusCode.ServiceUnavailable
            ? new Seen(TurnEnd.Refused, response.Headers.RetryAfter?.Delta, 0)
            : throw new BenchmarkException($"A message was answered with {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    private async Task<Seen> ReadAsync(HttpResponseMessage response)
    {
        var seen = new Seen(TurnEnd.Lost, null, 0);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("data: {", StringComparison.Ordinal) || line.Contains("\"type\":\"chat_delta\"", StringComparison.Ordinal))
            {
                continue;
            }

            using var frame = JsonDocument.Parse(line.AsMemory("data: ".Length));
            seen = Take(frame.RootElement, seen);
        }

        return seen;
    }

    private Seen Take(JsonElement frame, Seen seen)
    {
        switch (frame.GetProperty("type").GetString())
        {
            case "chat_status" when frame.GetProperty("event").ValueEquals("connected"):
                _threadId = frame.GetProperty("thread_id").GetGuid();
                return seen;
            case "chat_status" when frame.GetProperty("event").ValueEquals("retrying"):
                return seen with { RetriesTold = seen.RetriesTold + 1 };
            case "chat_message" when frame.GetProperty("role").ValueEquals("assistant"):
                return seen with { End = frame.GetProperty("meta").TryGetProperty("fallback", out _) ? TurnEnd.FallbackAnswered : TurnEnd.Answered };
            case "chat_error":
                var wait = frame.TryGetProperty("retry_after_s", out var seconds) ? TimeSpan.FromSeconds(seconds.GetInt32()) : (TimeSpan?)null;
                return seen with { End = TurnEnd.Failed, RetryAfter = wait };
            default:
                return seen;
        }
    }

    private sealed record Seen(TurnEnd End, TimeSpan? RetryAfter, int RetriesTold);
}
