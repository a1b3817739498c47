using System.Text;

namespace Evenkeel.Realtime.Fanout;

/// <summary>What one process says to others.</summary>
internal enum FanoutKind : byte
{
    /// <summary>A frame of the thread named: its JSON as clients get it.</summary>
    Frame = 1,

    /// <summary>The thread named was deleted.</summary>
    ThreadDeleted = 2,

    /// <summary>Stop the turn named, whoever runs it.</summary>
    StopTurn = 3,

    /// <summary>Whoever runs a turn of the thread named: send its state and text so far to the queue in the payload.</summary>
    SnapshotWanted = 4,

    /// <summary>The sender dropped messages: look into the database.</summary>
    Dropped = 5,

    /// <summary>A turn waits.</summary>
    Wake = 6,
}

/// <summary>
/// A message between processes: one byte for the kind, the sender, the subject (a thread or a turn), then the payload. Kinds that a process does
/// not know are ignored, so that releases can be mixed while they are rolled out.
/// </summary>
/// <param name="Kind">What is said.</param>
/// <param name="Subject">The thread or turn.</param>
/// <param name="Payload">JSON of a frame, or a queue's name.</param>
internal readonly record struct FanoutMessage(FanoutKind Kind, Guid Subject, ReadOnlyMemory<byte> Payload)
{
    private const int HeaderLength = 1 + 16 + 16;

    /// <summary>Where it goes when it is an answer to one process; null = to all whom it concerns.</summary>
    public string? ToQueue { get; init; }

    /// <summary>Bytes it takes while it waits.</summary>
    public int Length => HeaderLength + Payload.Length;

    /// <summary>The bytes on the wire.</summary>
    public byte[] Encode(Guid sender)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Length);
        bytes[0] = (byte)Kind;
        sender.TryWriteBytes(bytes.AsSpan(1));
        Subject.TryWriteBytes(bytes.AsSpan(17));
        Payload.Span.CopyTo(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    /// <summary>Reads a message; the payload is copied, for the client library takes its buffer back.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Guid sender, out FanoutMessage message)
    {
        if (bytes.Length < HeaderLength)
        {
            (sender, message) = (Guid.Empty, default);
            return false;
        }

        sender = new Guid(bytes[1..17]);
        message = new FanoutMessage((FanoutKind)bytes[0], new Guid(bytes[17..HeaderLength]), bytes[HeaderLength..].ToArray());
        return true;
    }

    /// <summary>Asks for the thread's running text.</summary>
    public static FanoutMessage Wanted(Guid threadId, string replyQueue) => new(FanoutKind.SnapshotWanted, threadId, Encoding.UTF8.GetBytes(replyQueue));

    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);
}
