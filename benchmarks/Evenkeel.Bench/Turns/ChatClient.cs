using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Evenkeel.Bench.Clients;

namespace Evenkeel.Bench.Turns;

/// <summary>
/// One person: asks, waits for the whole answer, asks again. A conversation has <see cref="TurnsPerThread"/> turns, then a new one begins with
/// a new socket; latencies are taken from turns whose socket was open before, throughput from all.
/// </summary>
internal sealed class ChatClient(Uri server, string token, string expectedText) : IClient
{
    /// <summary>Long enough for a history, short enough that opening conversations is part of the work.</summary>
    public const int TurnsPerThread = 10;

    private static readonly string[] Questions =
    [
        "How do I resume a stream after a disconnect?", "Which close code tells the client to refresh its token?",
        "How long is an access token valid?", "What happens to a running answer when the server restarts?",
        "How can I upload a Markdown document?", "What does the error code queue_full mean?",
        "Which setting changes the address the server listens on?", "How do I stop an answer?",
    ];

    private readonly TurnFrames _frames = new(expectedText);
    private RawHttp? _http;
    private RawWebSocket? _socket;
    private Guid _threadId;
    private int _turnsInThread;
    private int _asked;

    /// <summary>Added to every question, so that the scripted model can tell it from others.</summary>
    public string Mark { get; set; } = "";

    public async Task<TurnTimes> RunAsync()
    {
        _http ??= await RawHttp.ConnectAsync(server);
        var isOpening = _turnsInThread++ % TurnsPerThread == 0;
        return isOpening ? await OpenThreadAsync() : await ContinueThreadAsync();
    }

    public void Dispose()
    {
        _http?.Dispose();
        _socket?.Dispose();
    }

    private async Task<TurnTimes> OpenThreadAsync()
    {
        _frames.StartThread();
        _frames.StartTurn();
        var started = Stopwatch.GetTimestamp();
        var accepted = await PostAsync(null);
        var acceptedAt = _http!.EndedAt;
        _threadId = accepted.ThreadId;
        _socket?.Dispose();
        _socket = await RawWebSocket.ConnectAsync(server, $"/ws/chat/{_threadId}?after_seq=0", token);
        while (_frames.FinalAt == 0)
        {
            _frames.Take((await _socket.ReadAsync()).Span, _socket.ArrivedAt);
        }

        Check(accepted);
        return TurnTimes.OfOpening(started, acceptedAt, _frames.FinalAt);
    }

    private async Task<TurnTimes> ContinueThreadAsync()
    {
        _frames.StartTurn();
        var started = Stopwatch.GetTimestamp();
        var answer = ReadAnswerAsync();
        var accepted = await PostAsync(_threadId);
        var acceptedAt = _http!.EndedAt;
        await answer;
        Check(accepted);
        return new TurnTimes(started, acceptedAt, _frames.FirstDeltaAt, _frames.FinalAt);
    }

    private async Task ReadAnswerAsync()
    {
        while (!_frames.IsIdle)
        {
            _frames.Take((await _socket!.ReadAsync()).Span, _socket.ArrivedAt);
        }
    }

    private async ValueTask<Accepted> PostAsync(Guid? threadId)
    {
        var thread = threadId is { } id ? $"\"thread_id\":\"{id}\"," : "";
        var json = Encoding.UTF8.GetBytes(
            $$"""{{{thread}}"message":"{{Questions[_asked++ % Questions.Length]}}{{Mark}}","client_message_id":"{{Guid.NewGuid()}}"}""");
        var status = await _http!.SendAsync(RawHttp.Post(server, "/api/v1/chat", token, json));
        if (status != 202)
        {
            throw new BenchmarkException($"A message was refused with {status}: {Encoding.UTF8.GetString(_http.Body.Span)}");
        }

        return Accepted.Parse(_http.Body.Span);
    }

    private void Check(Accepted accepted)
    {
        if (_frames.TurnId != accepted.TurnId || _frames.Seq != accepted.Seq + 1)
        {
            throw new BenchmarkException($"Turn {accepted.TurnId} (seq {accepted.Seq}) was followed by the answer of {_frames.TurnId} (seq {_frames.Seq}).");
        }
    }

    private readonly record struct Accepted(Guid ThreadId, Guid TurnId, long Seq)
    {
        public static Accepted Parse(ReadOnlySpan<byte> json)
        {
            var accepted = default(Accepted);
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                {
                    continue;
                }

                accepted = reader.ValueTextEquals("thread_id"u8) && reader.Read() ? accepted with { ThreadId = reader.GetGuid() }
                    : reader.ValueTextEquals("turn_id"u8) && reader.Read() ? accepted with { TurnId = reader.GetGuid() }
                    : reader.ValueTextEquals("seq"u8) && reader.Read() ? accepted with { Seq = reader.GetInt64() }
                    : accepted;
            }

            return accepted;
        }
    }
}
