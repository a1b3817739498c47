using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using Evenkeel.Bench.Clients;

namespace Evenkeel.Bench.Connections;

/// <summary>
/// Many sockets that listen to one publisher. Each checks that it gets every message once and in order; all of them count together.
/// </summary>
internal sealed class Audience : IDisposable
{
    private readonly List<RawWebSocket> _sockets = [];
    private readonly ConcurrentQueue<double> _latencies = new();
    private TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _received;
    private long _expected = long.MaxValue;

    /// <summary>Whether latencies are kept.</summary>
    public bool Measures { get; set; }

    public int Count => _sockets.Count;

    /// <summary>Connects so many sockets with <paramref name="connect"/> and begins to listen.</summary>
    public static async Task<Audience> ConnectAsync(int sockets, Func<Task<RawWebSocket>> connect)
    {
        var audience = new Audience();
        for (var index = 0; index < sockets; index++)
        {
            var socket = await connect();
            audience._sockets.Add(socket);
            _ = Task.Run(() => audience.ListenAsync(socket));
        }

        return audience;
    }

    /// <summary>Has <paramref name="publish"/> publish so many messages and waits until every socket has all of them.</summary>
    public async Task HearAsync(int messages, Func<Task> publish)
    {
        _complete = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Interlocked.Exchange(ref _expected, Interlocked.Read(ref _received) + ((long)messages * Count));
        await publish();
        await _complete.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>The latencies so far, in milliseconds, which are forgotten.</summary>
    public Turns.Percentiles TakeLatencies()
    {
        var all = _latencies.ToArray();
        _latencies.Clear();
        return Turns.Percentiles.Of(all);
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private async Task ListenAsync(RawWebSocket socket)
    {
        try
        {
            for (var last = 0L; ;)
            {
                last = Take((await socket.ReadAsync()).Span, last, socket.ArrivedAt);
            }
        }
        catch (Exception exception) when (exception is System.Net.Sockets.SocketException or ObjectDisposedException or IOException)
        {
            // Disposed: the measurement is over.
        }
        catch (BenchmarkException exception)
        {
            _complete.TrySetException(exception);
        }
    }

    /// <summary>One socket message can hold several of the hub's.</summary>
    private long Take(ReadOnlySpan<byte> bytes, long last, long arrivedAt)
    {
        for (int at; (at = bytes.IndexOf("\"text\":\""u8)) >= 0; bytes = bytes[(at + 40)..])
        {
            _ = Utf8Parser.TryParse(bytes[(at + 8)..(at + 28)], out long sentAt, out _);
            _ = Utf8Parser.TryParse(bytes[(at + 29)..(at + 37)], out long index, out _);
            if (index != last + 1 && last != 0)
            {
                throw new BenchmarkException($"Message {index} came after {last}.");
            }

            last = index;
            if (Measures)
            {
                _latencies.Enqueue((arrivedAt - sentAt) * 1000.0 / Stopwatch.Frequency);
            }

            if (Interlocked.Increment(ref _received) == Interlocked.Read(ref _expected))
            {
                _complete.TrySetResult();
            }
        }

        return last;
    }
}
