using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Frames;

namespace Evenkeel.Realtime.Sockets;

/// <summary>A connection by WebSocket.</summary>
internal sealed class SocketConnection(ConnectionParts parts) : Connection(parts)
{
    private bool _answersPings;

    public override Transport Transport => Transport.WebSocket;

    /// <summary>Something came from the client.</summary>
    public void Saw(Incoming kind)
    {
        LastSeen = Heartbeat.Now;
        _answersPings |= kind == Incoming.Pong;
    }

    /// <summary>Answers a protocol ping (RFC 6455, section 5.5.3).</summary>
    public void SendPong(ReadOnlySpan<byte> payload) => WriteRaw(FrameHeader.Control(FrameHeader.Pong, payload));

    /// <summary>Answers the client's close with the same code (section 5.5.1).</summary>
    public void AnswerClose(ReadOnlySpan<byte> code) => WriteRaw(FrameHeader.Control(FrameHeader.Close, code));

    /// <inheritdoc/>
    protected override CloseReason? Overdue(Beat beat)
    {
        if (Caller is null)
        {
            return beat.Now - OpenedAt > Limits.SignInDeadlineSeconds * 1000L ? CloseReason.SignInMissing : null;
        }

        // Only a client that has answered before can fall silent; one that never does is left to the write deadline.
        return _answersPings && beat.Now - LastSeen > Limits.StaleAfterSeconds * 1000L ? CloseReason.Stale : base.Overdue(beat);
    }

    /// <summary>The reader goes on until the client answers, or the heartbeat drops the network connection.</summary>
    protected override void OnClosing()
    {
    }
}
