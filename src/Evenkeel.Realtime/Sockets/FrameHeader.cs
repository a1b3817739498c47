using System.Buffers.Binary;

namespace Evenkeel.Realtime.Sockets;

/// <summary>Headers of frames the server sends (RFC 6455, section 5.2): whole messages, not masked, no extensions.</summary>
internal static class FrameHeader
{
    public const byte Continuation = 0x0;
    public const byte Text = 0x1;
    public const byte Binary = 0x2;
    public const byte Close = 0x8;
    public const byte Ping = 0x9;
    public const byte Pong = 0xA;

    /// <summary>Control frames carry at most this much (section 5.5).</summary>
    public const int LargestControlPayload = 125;

    private const byte Final = 0x80;
    private const byte Length16 = 126;
    private const byte Length64 = 127;

    /// <summary>Bytes of the header before a payload of this size.</summary>
    public static int LengthFor(int payload) => payload switch { <= LargestControlPayload => 2, <= ushort.MaxValue => 4, _ => 10 };

    /// <summary>Writes the header to the beginning of <paramref name="target"/>.</summary>
    public static void Write(Span<byte> target, byte opcode, int payload)
    {
        target[0] = (byte)(Final | opcode);
        switch (LengthFor(payload))
        {
            case 2:
                target[1] = (byte)payload;
                break;
            case 4:
                target[1] = Length16;
                BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)payload);
                break;
            default:
                target[1] = Length64;
                BinaryPrimitives.WriteUInt64BigEndian(target[2..], (ulong)payload);
                break;
        }
    }

    /// <summary>A whole control frame.</summary>
    public static byte[] Control(byte opcode, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[2 + payload.Length];
        Write(frame, opcode, payload.Length);
        payload.CopyTo(frame.AsSpan(2));
        return frame;
    }
}
