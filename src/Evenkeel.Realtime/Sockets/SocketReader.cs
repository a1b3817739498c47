using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Evenkeel.Realtime.Connections;

namespace Evenkeel.Realtime.Sockets;

/// <summary>What came from the client.</summary>
internal enum Incoming
{
    Text,
    Ping,
    Pong,

    /// <summary>The client ends the connection.</summary>
    Close,

    /// <summary>The network connection ended.</summary>
    End,

    /// <summary>The client broke a rule; see <see cref="SocketMessage.Violation"/>.</summary>
    Violation,
}

/// <summary>A message or control frame.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">Valid until the next read.</param>
internal readonly record struct SocketMessage(Incoming Kind, ReadOnlyMemory<byte> Payload)
{
    /// <summary>With <see cref="Incoming.Violation"/>: how to close.</summary>
    public CloseReason? Violation { get; init; }

    public static SocketMessage Refuse(CloseReason reason) => new(Incoming.Violation, default) { Violation = reason };
}

/// <summary>
/// Reads frames of RFC 6455 from a client: masked, fragmented, with control frames between fragments, text only, up to a size.
/// It holds no buffer while nothing is there to read, which is most of a connection's life.
/// </summary>
internal sealed class SocketReader(Stream stream, int maxBytes)
{
    private const int FirstBuffer = 4096;
    private const int LongestHeader = 14;
    private const byte FinalBit = 0x80;
    private const byte ReservedBits = 0x70;
    private const byte OpcodeBits = 0x0F;
    private const byte MaskBit = 0x80;
    private const byte LengthBits = 0x7F;
    private const byte ControlBit = 0x08;

    private byte[]? _buffer;
    private int _start;
    private int _end;
    private byte[]? _fragments;
    private int _fragmentsLength;
    private bool _isFragmented;

    /// <summary>The next message or control frame.</summary>
    public async ValueTask<SocketMessage> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReleaseFragments();
            if (_start < _end && TryParse() is { } message)
            {
                return message;
            }

            if (_start == _end)
            {
                ReleaseBuffer();
                // Waits without a buffer; the read below tells how much there is.
#pragma warning disable CA2022, MA0060 // nothing can be read into nothing
                await stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
#pragma warning restore CA2022, MA0060
            }

            MakeRoom();
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
            {
                return new SocketMessage(Incoming.End, default);
            }

            _end += read;
        }
    }

    /// <summary>Gives all buffers back.</summary>
    public void Release()
    {
        _isFragmented = false;
        ReleaseFragments();
        (_start, _end) = (0, 0);
        ReleaseBuffer();
    }

    /// <summary>Takes one frame from the buffer; null when it is not whole, or was a fragment of a longer message.</summary>
    private SocketMessage? TryParse()
    {
        while (true)
        {
            var bytes = _buffer.AsSpan(_start, _end - _start);
            if (bytes.Length < 2)
            {
                return null;
            }

            if (Check(bytes[0], bytes[1]) is { } broken)
            {
                return SocketMessage.Refuse(broken);
            }

            if (!TryReadLength(bytes, out var header, out var length))
            {
                return null;
            }

            if (length > (ulong)(maxBytes - _fragmentsLength))
            {
                return SocketMessage.Refuse(CloseReason.FrameTooLarge);
            }

            var whole = header + (int)length;
            if (bytes.Length < whole)
            {
                return null;
            }

            var payload = _buffer.AsMemory(_start + header, (int)length);
            Unmask(payload.Span, bytes[(header - 4)..header]);
            _start += whole;
            if (Accept(bytes[0], payload) is { } message)
            {
                return message;
            }
        }
    }

    /// <summary>Section 5.2 and 5.5: what may stand in the first two bytes.</summary>
    private CloseReason? Check(byte first, byte second)
    {
        var opcode = (byte)(first & OpcodeBits);
        var isFinal = (first & FinalBit) != 0;
        if ((first & ReservedBits) != 0 || (second & MaskBit) == 0)
        {
            return CloseReason.BrokenProtocol;
        }

        return opcode switch
        {
            FrameHeader.Continuation => _isFragmented ? null : CloseReason.BrokenProtocol,
            FrameHeader.Text => _isFragmented ? CloseReason.BrokenProtocol : null,
            FrameHeader.Binary => CloseReason.BinaryMessage,
            FrameHeader.Close or FrameHeader.Ping or FrameHeader.Pong =>
                isFinal && (second & LengthBits) <= FrameHeader.LargestControlPayload ? null : CloseReason.BrokenProtocol,
            _ => CloseReason.BrokenProtocol,
        };
    }

    private static bool TryReadLength(ReadOnlySpan<byte> bytes, out int header, out ulong length)
    {
        length = (ulong)(bytes[1] & LengthBits);
        header = 2 + 4 + length switch { 126 => 2, 127 => 8, _ => 0 };
        if (bytes.Length < header)
        {
            return false;
        }

        length = length switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            _ => length,
        };
        return true;
    }

    private SocketMessage? Accept(byte first, ReadOnlyMemory<byte> payload)
    {
        var opcode = (byte)(first & OpcodeBits);
        if ((opcode & ControlBit) != 0)
        {
            return opcode switch
            {
                FrameHeader.Ping => new SocketMessage(Incoming.Ping, payload),
                FrameHeader.Pong => new SocketMessage(Incoming.Pong, payload),
                _ => AcceptClose(payload.Span),
            };
        }

        var isFinal = (first & FinalBit) != 0;
        if (isFinal && !_isFragmented)
        {
            return AcceptText(payload);
        }

        AddFragment(payload.Span);
        _isFragmented = !isFinal;
        return isFinal ? AcceptText(_fragments.AsMemory(0, _fragmentsLength)) : null;
    }

    private static SocketMessage AcceptText(ReadOnlyMemory<byte> text) =>
        Utf8.IsValid(text.Span) ? new SocketMessage(Incoming.Text, text) : SocketMessage.Refuse(CloseReason.InvalidText);

    /// <summary>Section 7.4: an empty payload, or a code that may stand on the wire and text after it.</summary>
    private static SocketMessage AcceptClose(ReadOnlySpan<byte> payload)
    {
        if (payload.Length == 0)
        {
            return new SocketMessage(Incoming.Close, default);
        }

        if (payload.Length == 1 || !IsCloseCode(BinaryPrimitives.ReadUInt16BigEndian(payload)))
        {
            return SocketMessage.Refuse(CloseReason.BrokenProtocol);
        }

        return Utf8.IsValid(payload[2..])
            ? new SocketMessage(Incoming.Close, payload[..2].ToArray())
            : SocketMessage.Refuse(CloseReason.InvalidText);
    }

    private static bool IsCloseCode(ushort code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);

    private void AddFragment(ReadOnlySpan<byte> payload)
    {
        if (_fragments is null || _fragments.Length < _fragmentsLength + payload.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBuffer, (_fragmentsLength + payload.Length) * 2));
            if (_fragments is not null)
            {
                _fragments.AsSpan(0, _fragmentsLength).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_fragments);
            }

            _fragments = larger;
        }

        payload.CopyTo(_fragments.AsSpan(_fragmentsLength));
        _fragmentsLength += payload.Length;
    }

    /// <summary>Section 5.3.</summary>
    private static void Unmask(Span<byte> payload, ReadOnlySpan<byte> key)
    {
        var four = MemoryMarshal.Read<uint>(key);
        var words = MemoryMarshal.Cast<byte, uint>(payload);
        for (var index = 0; index < words.Length; index++)
        {
            words[index] ^= four;
        }

        for (var index = words.Length * sizeof(uint); index < payload.Length; index++)
        {
            payload[index] ^= key[index & 3];
        }
    }

    /// <summary>Room for at least one more byte; grows with what really came, not with what a header promises.</summary>
    private void MakeRoom()
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(FirstBuffer);
        if (_end < _buffer.Length)
        {
            return;
        }

        var used = _end - _start;
        var target = used > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 2, maxBytes + LongestHeader + FirstBuffer)) : _buffer;
        _buffer.AsSpan(_start, used).CopyTo(target);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        (_start, _end) = (0, used);
    }

    private void ReleaseBuffer()
    {
        if (_buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = null;
        }

        (_start, _end) = (0, 0);
    }

    /// <summary>Gives a delivered message's buffer back; an unfinished one is kept.</summary>
    private void ReleaseFragments()
    {
        if (_isFragmented || _fragments is null)
        {
            return;
        }

        ArrayPool<byte>.Shared.Return(_fragments);
        _fragments = null;
        _fragmentsLength = 0;
    }
}
