using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Evenkeel.Contracts.Frames;
using Evenkeel.Realtime.Sockets;

namespace Evenkeel.Realtime.Frames;

/// <summary>A frame as bytes, made once and shared by all connections of its thread. Server frames are not masked, so one form fits all.</summary>
internal sealed class EncodedFrame
{
    private const int LargestKeptBuffer = 256 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    private readonly byte[] _socket;
    private readonly int _headerLength;
    private byte[]? _eventStream;

    private EncodedFrame(byte[] socket, int headerLength)
    {
        _socket = socket;
        _headerLength = headerLength;
    }

    /// <summary>Above 0 for durable frames.</summary>
    public long Seq { get; private init; }

    /// <summary>The turn it belongs to, if any.</summary>
    public Guid? TurnId { get; private init; }

    /// <summary>The turn's end.</summary>
    public bool IsIdle { get; private init; }

    /// <summary>A turn's last durable frame: an answer or an error.</summary>
    public bool IsFinal { get; private init; }

    public static EncodedFrame Of(Frame frame)
    {
        var (socket, headerLength) = Encode(frame);
        return new EncodedFrame(socket, headerLength)
        {
            Seq = SeqOf(frame),
            TurnId = TurnOf(frame),
            IsIdle = frame is ChatStatusFrame { Event: StatusEvent.Idle },
            IsFinal = IsFinalFrame(frame),
        };
    }

    /// <summary>0 for frames that are not durable.</summary>
    public static long SeqOf(Frame frame) => frame switch { ChatMessageFrame message => message.Seq, ChatErrorFrame error => error.Seq, _ => 0 };

    public static Guid? TurnOf(Frame frame) => frame switch
    {
        ChatDeltaFrame delta => delta.TurnId,
        ChatStatusFrame status => status.TurnId,
        ChatMessageFrame message => message.TurnId,
        ChatErrorFrame error => error.TurnId,
        ChatResetFrame reset => reset.TurnId,
        _ => null,
    };

    /// <summary>Whether <paramref name="frame"/> ends its turn's text.</summary>
    public static bool IsFinalFrame(Frame frame) => frame is ChatErrorFrame or ChatMessageFrame { Role: not "user" };

    /// <summary>The JSON alone, as it travels between processes.</summary>
    public ReadOnlyMemory<byte> Json => _socket.AsMemory(_headerLength);

    /// <summary>The bytes to write; never changed after.</summary>
    public byte[] Bytes(Transport transport) => transport == Transport.WebSocket ? _socket : _eventStream ??= EncodeEvent();

    private static (byte[] Socket, int HeaderLength) Encode(Frame frame)
    {
        var buffer = scratch ??= new ArrayBufferWriter<byte>(1024);
        var json = writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Encoder = FramesJson.Wired.Options.Encoder,
            SkipValidation = true,
        });
        buffer.ResetWrittenCount();
        json.Reset();
        JsonSerializer.Serialize(json, frame, TypeOf(frame));
        json.Flush();
        var header = FrameHeader.LengthFor(buffer.WrittenCount);
        var bytes = GC.AllocateUninitializedArray<byte>(header + buffer.WrittenCount);
        FrameHeader.Write(bytes, FrameHeader.Text, buffer.WrittenCount);
        buffer.WrittenSpan.CopyTo(bytes.AsSpan(header));
        if (buffer.Capacity > LargestKeptBuffer)
        {
            scratch = null;
            writer = null;
        }

        return (bytes, header);
    }

    private static JsonTypeInfo TypeOf(Frame frame) =>
        FramesJson.Wired.GetTypeInfo(frame.GetType()) ?? throw new InvalidOperationException($"{frame.GetType()} is not a frame of the contract.");

    /// <summary>JSON holds no line breaks (they are escaped), so one <c>data:</c> line carries it.</summary>
    private byte[] EncodeEvent()
    {
        var json = _socket.AsSpan(_headerLength);
        var prefix = Encoding.ASCII.GetBytes(Seq > 0 ? $"id: {Seq}\ndata: " : "data: ");
        return [.. prefix, .. json, (byte)'\n', (byte)'\n'];
    }
}
