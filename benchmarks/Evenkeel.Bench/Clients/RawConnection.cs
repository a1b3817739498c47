using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Evenkeel.Bench.Clients;

/// <summary>
/// A TCP connection with one growing buffer. The load generator shares two cores with what it measures, so it does without the
/// comfort, and the cost, of HttpClient and ClientWebSocket.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;
    private byte[] _buffer;
    private int _start;
    private int _end;

    private RawConnection(Socket socket, int bufferBytes) => (_socket, _buffer) = (socket, new byte[bufferBytes]);

    /// <summary>When bytes last came, in ticks of <see cref="Stopwatch"/>.</summary>
    public long ArrivedAt { get; private set; }

    /// <summary>Received and not yet consumed.</summary>
    public ReadOnlyMemory<byte> Unread => _buffer.AsMemory(_start, _end - _start);

    public static async Task<RawConnection> ConnectAsync(Uri server, int bufferBytes = 16 * 1024)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(server.Host), server.Port));
        return new RawConnection(socket, bufferBytes);
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..];
        }
    }

    public void Consume(int bytes) => _start += bytes;

    /// <summary>Waits for more bytes.</summary>
    public async ValueTask FillAsync()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
        else if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None);
        ArrivedAt = Stopwatch.GetTimestamp();
        if (received == 0)
        {
            throw new IOException("The server closed the connection.");
        }

        _end += received;
    }

    public void Dispose() => _socket.Dispose();

    private void MakeRoom()
    {
        var target = _start > _buffer.Length / 2 ? _buffer : new byte[_buffer.Length * 2];
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        (_buffer, _end, _start) = (target, _end - _start, 0);
    }
}
