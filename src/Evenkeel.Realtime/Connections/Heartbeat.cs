using Evenkeel.Contracts.Frames;
using Evenkeel.Realtime.Frames;
using Evenkeel.Realtime.Sockets;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Realtime.Connections;

/// <summary>
/// The one timer of all connections: once a second it looks at each of them for pings, deadlines and expired tokens. A connection
/// therefore owns no timer, and ten thousand of them cost about a millisecond a second.
/// </summary>
internal sealed partial class Heartbeat : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly ILogger<Heartbeat> _logger;
    private readonly long _started;
    private readonly ITimer _timer;
    private Func<IEnumerable<Connection>> _connections = () => [];
    private long _now;

    public Heartbeat(TimeProvider time, ILogger<Heartbeat> logger)
    {
        _time = time;
        _logger = logger;
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Beat(), null, Period, Period);
    }

    /// <summary>Milliseconds since start, as of the last beat: precise to a second and free to read.</summary>
    public long Now => Volatile.Read(ref _now);

    /// <summary>Sets whom to look at.</summary>
    public void Watch(Func<IEnumerable<Connection>> connections) => _connections = connections;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Beat()
    {
        Volatile.Write(ref _now, (long)_time.GetElapsedTime(_started).TotalMilliseconds);
        var beat = new Beat(Now, _time.GetUtcNow());
        foreach (var connection in _connections())
        {
            try
            {
                connection.OnBeat(beat);
            }
            catch (Exception exception)
            {
                // One broken connection must not stop the pings of all others.
                Log.BeatFailed(_logger, exception, connection.Id);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Heartbeat of connection {ConnectionId} failed")]
        public static partial void BeatFailed(ILogger logger, Exception exception, Guid connectionId);
    }
}

/// <summary>One moment, and the ping that all connections due share.</summary>
/// <param name="Now">As <see cref="Heartbeat.Now"/>.</param>
/// <param name="Time">Wall clock.</param>
internal sealed record Beat(long Now, DateTimeOffset Time)
{
    private static readonly byte[] ProtocolPing = FrameHeader.Control(FrameHeader.Ping, []);

    private EncodedFrame? _frame;
    private byte[]? _socket;

    /// <summary>
    /// The contract's ping; on sockets together with a protocol ping, which every client answers by itself (RFC 6455, section 5.5.2):
    /// so a dead peer is noticed even when its code never sends <c>pong</c>.
    /// </summary>
    public byte[] Ping(Transport transport)
    {
        _frame ??= EncodedFrame.Of(new PingFrame { Timestamp = Time });
        return transport == Transport.WebSocket
            ? _socket ??= [.. _frame.Bytes(transport), .. ProtocolPing]
            : _frame.Bytes(transport);
    }
}
