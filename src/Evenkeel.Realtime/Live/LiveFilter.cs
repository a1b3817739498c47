using Evenkeel.Realtime.Frames;

namespace Evenkeel.Realtime.Live;

/// <summary>What a connection already has at the moment it goes live, and must not get again.</summary>
/// <param name="from">Frames of the live flow before this position are in its snapshot.</param>
/// <param name="lastSeq">Durable frames up to here were replayed.</param>
/// <param name="answered">Turns whose last durable frame was replayed while they are still live here: their deltas would come after their answer.</param>
internal sealed class LiveFilter(long from, long lastSeq, HashSet<Guid>? answered)
{
    private long _lastSeq = lastSeq;

    /// <summary>The usual case: everything in the batch is new to the connection.</summary>
    public bool TakesAll(Batch batch) => batch.Start >= from && batch.FirstSeq > _lastSeq && answered is not { Count: > 0 };

    public bool Takes(EncodedFrame frame, long position)
    {
        if (position < from || (frame.Seq > 0 && frame.Seq <= _lastSeq))
        {
            return false;
        }

        if (frame.TurnId is not { } turn || answered?.Contains(turn) != true || frame.Seq > 0)
        {
            return true;
        }

        if (frame.IsIdle)
        {
            answered.Remove(turn);
        }

        return frame.IsIdle;
    }

    public void Passed(Batch batch) => _lastSeq = Math.Max(_lastSeq, batch.LastSeq);
}
