using System.Buffers.Binary;
using System.Text;

namespace Evenkeel.Faults.Proxy;

/// <summary>One message of PostgreSQL's protocol as it stood on the wire; the first of a connection has no type.</summary>
internal readonly record struct Message(char Type, ReadOnlyMemory<byte> Bytes)
{
    public static ReadOnlyMemory<byte> Flush { get; } = new byte[] { (byte)'H', 0, 0, 0, 4 };

    public static ReadOnlyMemory<byte> Sync { get; } = new byte[] { (byte)'S', 0, 0, 0, 4 };

    /// <summary>The code of a message without type: a protocol version or one of the special requests.</summary>
    public int StartupCode => BinaryPrimitives.ReadInt32BigEndian(Bytes.Span[4..]);

    /// <summary>The texts at the beginning of the message, each ended by a zero.</summary>
    public string Text(int number)
    {
        var rest = Bytes.Span[5..];
        for (; number > 0; number--)
        {
            rest = rest[(rest.IndexOf((byte)0) + 1)..];
        }

        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    /// <summary>An error, and that the session is ready again; a transaction under way has failed then.</summary>
    public static byte[] Error(string sqlState, bool isInTransaction)
    {
        var fields = Encoding.UTF8.GetBytes($"SERROR\0VERROR\0C{sqlState}\0Minjected by the fault harness\0\0");
        var message = new byte[5 + fields.Length + 6];
        message[0] = (byte)'E';
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 4 + fields.Length);
        fields.CopyTo(message, 5);
        new byte[] { (byte)'Z', 0, 0, 0, 5, (byte)(isInTransaction ? 'E' : 'I') }.CopyTo(message, 5 + fields.Length);
        return message;
    }
}

/// <summary>Cuts a stream of bytes into messages.</summary>
internal sealed class MessageReader(Stream stream)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next message; null at the end of the stream.</summary>
    public async Task<Message?> ReadAsync(bool hasType, CancellationToken cancellationToken)
    {
        var header = hasType ? 5 : 4;
        if (!await FillAsync(header, cancellationToken))
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + header - 4)) + header - 4;
        if (!await FillAsync(length, cancellationToken))
        {
            return null;
        }

        var type = hasType ? (char)_buffer[_start] : '\0';
        var bytes = _buffer.AsSpan(_start, length).ToArray();
        _start += length;
        return new Message(type, bytes);
    }


    private async Task<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        if (_start + count > _buffer.Length)
        {
            var larger = count > _buffer.Length ? new byte[count * 2] : _buffer;
            _buffer.AsSpan(_start, _end - _start).CopyTo(larger);
            (_buffer, _end, _start) = (larger, _end - _start, 0);
        }

        while (_end - _start < count)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }
}
