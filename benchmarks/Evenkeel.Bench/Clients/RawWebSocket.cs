using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Evenkeel.Bench.Clients;

/// <summary>The receiving half of RFC 6455, and just enough of the sending one. Unmasked messages, as servers send them.</summary>
internal sealed class RawWebSocket(RawConnection connection) : IDisposable
{
    private const int Continuation = 0;
    private const int Text = 1;
    private const int Close = 8;

    private ArrayBufferWriter<byte>? _fragments;

    /// <summary>When the bytes of the last message came.</summary>
    public long ArrivedAt => connection.ArrivedAt;

    /// <summary>Opens a socket on <paramref name="path"/>.</summary>
    public static async Task<RawWebSocket> ConnectAsync(Uri server, string path, string? token = null, int bufferBytes = 16 * 1024)
    {
        var connection = await RawConnection.ConnectAsync(server, bufferBytes);
        var authorization = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        await connection.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n{authorization}Upgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"));
        int end;
        do
        {
            await connection.FillAsync();
        }
        while ((end = connection.Unread.Span.IndexOf("\r\n\r\n"u8)) < 0);
        if (!connection.Unread.Span.StartsWith("HTTP/1.1 101"u8))
        {
            throw new BenchmarkException($"No socket on {path}: {Encoding.UTF8.GetString(connection.Unread.Span)}");
        }

        connection.Consume(end + 4);
        return new RawWebSocket(connection);
    }

    /// <summary>Sends a short text message. The mask is zero: it hides nothing on a loopback and costs nothing.</summary>
    public ValueTask SendAsync(ReadOnlySpan<byte> text)
    {
        if (text.Length > 125)
        {
            throw new ArgumentException("Only short messages.", nameof(text));
        }

        return connection.WriteAsync((byte[])[0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. text]);
    }

    /// <summary>The next text message; valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        while (true)
        {
            if (TryRead(out var opcode, out var isLast, out var payload))
            {
                if (opcode is Text or Continuation && (payload = Joined(opcode, isLast, payload)).Length > 0)
                {
                    return payload;
                }

                if (opcode == Close)
                {
                    throw new BenchmarkException($"The server closed a socket: {Reason(payload.Span)}");
                }
            }
            else
            {
                await connection.FillAsync();
            }
        }
    }

    public void Dispose() => connection.Dispose();

    /// <summary>The message, or nothing while parts of it are missing: SignalR sends a message that spans its buffers in fragments.</summary>
    private ReadOnlyMemory<byte> Joined(int opcode, bool isLast, ReadOnlyMemory<byte> payload)
    {
        if (opcode == Text && isLast)
        {
            return payload;
        }

        _fragments ??= new ArrayBufferWriter<byte>();
        if (opcode == Text)
        {
            _fragments.ResetWrittenCount();
        }

        _fragments.Write(payload.Span);
        return isLast ? _fragments.WrittenMemory : default;
    }

    private bool TryRead(out int opcode, out bool isLast, out ReadOnlyMemory<byte> payload)
    {
        (opcode, isLast, payload) = (0, true, default);
        var bytes = connection.Unread.Span;
        if (bytes.Length < 2)
        {
            return false;
        }

        var headBytes = (bytes[1] & 0x7f) switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < headBytes)
        {
            return false;
        }

        var length = headBytes switch
        {
            4 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            10 => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            _ => bytes[1] & 0x7f,
        };
        if (bytes.Length < headBytes + length)
        {
            return false;
        }

        (opcode, isLast) = (bytes[0] & 0x0f, (bytes[0] & 0x80) != 0);
        payload = connection.Unread.Slice(headBytes, length);
        connection.Consume(headBytes + length);
        return true;
    }

    private static string Reason(ReadOnlySpan<byte> payload) =>
        payload.Length < 2 ? "without a code" : $"{BinaryPrimitives.ReadUInt16BigEndian(payload)} {Encoding.UTF8.GetString(payload[2..])}";
}
