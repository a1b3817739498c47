namespace Evenkeel.Realtime.Frames;

/// <summary>Frames of a thread that go out together: joined once, then one copy and one write per connection.</summary>
/// <param name="start">Position in the thread's live flow of the first frame.</param>
/// <param name="frames">The frames, in order.</param>
internal sealed class Batch(long start, EncodedFrame[] frames)
{
    private byte[]? _socket;
    private byte[]? _eventStream;

    public long Start { get; } = start;

    public IReadOnlyList<EncodedFrame> Frames { get; } = frames;

    /// <summary>The lowest <c>seq</c> inside; <see cref="long.MaxValue"/> without durable frames.</summary>
    public long FirstSeq { get; } = frames.Where(frame => frame.Seq > 0).Select(frame => frame.Seq).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>The highest <c>seq</c> inside; 0 without durable frames.</summary>
    public long LastSeq { get; } = frames.Max(frame => frame.Seq);

    /// <summary>All of them, joined.</summary>
    public byte[] Joined(Transport transport) => transport == Transport.WebSocket
        ? _socket ??= Join(Frames, transport)
        : _eventStream ??= Join(Frames, transport);

    /// <summary>The bytes of <paramref name="frames"/> in one array.</summary>
    public static byte[] Join(IReadOnlyList<EncodedFrame> frames, Transport transport)
    {
        if (frames.Count == 1)
        {
            return frames[0].Bytes(transport);
        }

        var joined = GC.AllocateUninitializedArray<byte>(frames.Sum(frame => frame.Bytes(transport).Length));
        var written = 0;
        foreach (var frame in frames)
        {
            var bytes = frame.Bytes(transport);
            bytes.CopyTo(joined, written);
            written += bytes.Length;
        }

        return joined;
    }
}
