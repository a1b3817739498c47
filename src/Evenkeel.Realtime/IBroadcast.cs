using Evenkeel.Contracts.Frames;

namespace Evenkeel.Realtime;

/// <summary>
/// Tells every connection of a thread what happened. All calls are short, never wait for a client, and are safe from any thread;
/// calls for one turn must be made in order.
/// </summary>
public interface IBroadcast
{
    /// <summary>
    /// A durable frame whose transaction has committed. Out-of-order and repeated calls are put right (missing rows are read back).
    /// An assistant's message or an error first flushes the turn's pending deltas and then ends its live text.
    /// </summary>
    void PublishDurable(Guid threadId, Frame frame, long seq);

    /// <summary>
    /// <c>queued</c>, <c>typing</c>, <c>stage</c> or <c>retrying</c> of <see cref="ChatStatusFrame.TurnId"/>: sent, and remembered for
    /// connections that come later. A missing <see cref="ChatStatusFrame.Deadline"/> becomes now + 30 s.
    /// </summary>
    void TurnStatus(Guid threadId, ChatStatusFrame status);

    /// <summary>Appends to the turn's live text. Sent at once when first, then gathered for up to 40 ms.</summary>
    void Delta(Guid threadId, Guid turnId, Guid cid, int attempt, string model, string text);

    /// <summary>Clears the turn's live text and tells clients to do the same. <paramref name="attempt"/> is the attempt that follows.</summary>
    void Reset(Guid threadId, Guid turnId, Guid cid, int attempt, string reason);

    /// <summary>The turn is over: forgets it and sends <c>idle</c>. Call it after <see cref="PublishDurable"/> of its last frame.</summary>
    void TurnEnded(Guid threadId, Guid turnId, Guid cid);

    /// <summary>The thread is not there any more: its connections close with 4404, so that no tab goes on showing it.</summary>
    void ThreadDeleted(Guid threadId);

    /// <summary>The turn's live text so far; empty when there is none.</summary>
    string LiveText(Guid threadId, Guid turnId);
}
