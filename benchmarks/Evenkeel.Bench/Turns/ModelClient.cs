using System.Diagnostics;
using Evenkeel.Bench.Clients;

namespace Evenkeel.Bench.Turns;

/// <summary>The floor: the request that the server makes of the model, made by the same kind of client without the server between.</summary>
internal sealed class ModelClient(Uri model, ReadOnlyMemory<byte> body, string lastToken) : IClient
{
    private readonly byte[] _request = RawHttp.Post(model, "/v1/chat/completions", null, body.Span);
    private readonly byte[] _lastToken = System.Text.Encoding.UTF8.GetBytes(lastToken);
    private RawHttp? _http;

    public async Task<TurnTimes> RunAsync()
    {
        _http ??= await RawHttp.ConnectAsync(model);
        var started = Stopwatch.GetTimestamp();
        var status = await _http.SendAsync(_request);
        if (status != 200 || _http.Body.Span.IndexOf(_lastToken) < 0 || !_http.Body.Span.TrimEnd("\n"u8).EndsWith("[DONE]"u8))
        {
            throw new BenchmarkException($"The scripted model answered {status} without its whole answer.");
        }

        return new TurnTimes(started, _http.BodyStartedAt, _http.BodyStartedAt, _http.EndedAt);
    }

    public void Dispose() => _http?.Dispose();
}
