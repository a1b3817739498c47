using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Evenkeel.Bench.Processes;
using Evenkeel.Bench.Turns;

namespace Evenkeel.Bench.Events;

/// <param name="PerSecond">Events that were published, over all sessions.</param>
/// <param name="Sessions">Each with one subscriber.</param>
/// <param name="Received">By them.</param>
/// <param name="P50">Milliseconds from before the request that publishes to the frame at the subscriber.</param>
/// <param name="P99">The same.</param>
internal sealed record LiveFigures(double PerSecond, int Sessions, int Received, double P50, double P99);

/// <summary>From publishing an event by REST, through its commit, to the socket of who follows its session; server, publishers and subscribers on one machine.</summary>
internal sealed class MeasureLive(BenchPaths paths, double seconds)
{
    private const string EventType = "bench.tick";
    private const int Sessions = 20;
    private const int EventsPerRequest = 10;
    private const int EventsPerSecond = 1_000;
    private const int BufferBytes = 64 * 1024;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    private readonly List<double> _times = [];
    private long _measuredFrom = long.MaxValue;
    private int _published;

    public async Task<LiveFigures> RunAsync(Action<string> say)
    {
        await using var server = await EvenkeelProcess.StartAsync(
            paths, null, new Dictionary<string, string> { ["Timeline__CustomEvents__PerMinute"] = "1000000", ["Realtime__MaxConnectionsPerUser"] = "1000" });
        var token = (await Registration.RunAsync(server.Address, 1))[0];
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        await RegisterTypeAsync(http);
        var sessions = new List<Guid>();
        for (var index = 0; index < Sessions; index++)
        {
            sessions.Add(await TalkAsync(http));
        }

        using var stop = new CancellationTokenSource();
        var subscribers = sessions.Select(session => FollowAsync(server.Address, session, token, stop.Token)).ToArray();
        say($"{EventsPerSecond:N0} events/s into {Sessions} sessions …");
        var length = WarmUp + TimeSpan.FromSeconds(seconds);
        _measuredFrom = Stopwatch.GetTimestamp() + (long)(WarmUp.TotalSeconds * Stopwatch.Frequency);
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(sessions.Select((session, index) => PublishAsync(http, session, index, began, length)));
        var perSecond = _published / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.Delay(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await Task.WhenAll(subscribers);
        var percentiles = Percentiles.Of(_times);
        return new LiveFigures(perSecond, Sessions, _times.Count, percentiles.P50, percentiles.P99);
    }

    private static async Task RegisterTypeAsync(HttpClient http)
    {
        using var response = await http.PostAsJsonAsync("/api/v1/admin/event-types", new
        {
            event_type = EventType,
            english = "Tick",
            schema = new { type = "object", properties = new { at = new { type = "integer" } } },
        });
        response.EnsureSuccessStatusCode();
    }

    private static async Task<Guid> TalkAsync(HttpClient http)
    {
        using var response = await http.PostAsJsonAsync("/api/v1/chat", new { message = "hello" });
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("thread_id").GetGuid();
    }

    private async Task PublishAsync(HttpClient http, Guid session, int index, long began, TimeSpan length)
    {
        var pause = TimeSpan.FromSeconds((double)Sessions * EventsPerRequest / EventsPerSecond);
        // Spread over the pause, as different programs would be.
        var next = pause * index / Sessions;
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            var wait = next - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait);
            }

            next += pause;
            var one = string.Create(CultureInfo.InvariantCulture, $$$"""{"event_type":"{{{EventType}}}","event_data":{"at":{{{Stopwatch.GetTimestamp()}}}}}""");
            var body = $$"""{"events":[{{string.Join(',', Enumerable.Repeat(one, EventsPerRequest))}}]}""";
            using var response = await http.PostAsync($"/chat/events/{session}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
            response.EnsureSuccessStatusCode();
            Interlocked.Add(ref _published, EventsPerRequest);
        }
    }

    private async Task FollowAsync(Uri server, Guid session, string token, CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Authority}/chat/ws/events/{session}?token={token}&types={EventType}"), CancellationToken.None);
        var buffer = new byte[BufferBytes];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                Note(buffer.AsSpan(0, length));
            }
        }
        catch (OperationCanceledException)
        {
            // Everything that was published has come by now, or never will.
        }
    }

    private void Note(ReadOnlySpan<byte> frame)
    {
        var now = Stopwatch.GetTimestamp();
        var json = JsonSerializer.Deserialize<JsonElement>(frame);
        if (json.GetProperty("type").GetString() != "event")
        {
            return;
        }

        var at = json.GetProperty("event").GetProperty("event_data").GetProperty("at").GetInt64();
        if (at >= _measuredFrom)
        {
            lock (_times)
            {
                _times.Add(Stopwatch.GetElapsedTime(at, now).TotalMilliseconds);
            }
        }
    }
}
