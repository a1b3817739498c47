using System.Text;
using Evenkeel.Contracts.Frames;
using Evenkeel.Realtime.Frames;

namespace Evenkeel.Realtime.Live;

/// <summary>What a running or waiting turn looks like right now. Guarded by its thread's lock.</summary>
internal sealed class LiveTurn(Guid id)
{
    private readonly StringBuilder _text = new();
    private ChatStatusFrame? _status;
    private EncodedFrame? _encodedStatus;
    private EncodedFrame? _encodedText;
    private string _model = "";
    private Guid? _cid;
    private int _sent;

    public Guid Id { get; } = id;

    public int Attempt { get; private set; }

    /// <summary>It runs in this process: what happens is told to the others, and nothing they say of this attempt counts.</summary>
    public bool IsOurs { get; set; }

    /// <summary>When anything was last heard of it.</summary>
    public long LastProgress { get; set; }

    /// <summary>When its text was last asked for elsewhere; 0 = never.</summary>
    public long AskedAt { get; set; }

    /// <summary>Its last durable frame was published: only <c>idle</c> is still to come.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>When a delta was last sent; 0 = never.</summary>
    public long LastDelta { get; set; }

    /// <summary>Whether the delta clock will come back to it.</summary>
    public bool IsDeltaDue { get; set; }

    public string Text => _text.ToString();

    public ChatStatusFrame? Status
    {
        get => _status;
        set => (_status, _encodedStatus) = (value, null);
    }

    public EncodedFrame? EncodedStatus => _status is null ? null : _encodedStatus ??= EncodedFrame.Of(_status);

    /// <summary>Appends text. A higher attempt replaces the text of a lower one, which is ignored when it comes late.</summary>
    public bool Append(int attempt, string model, Guid cid, string text)
    {
        if (IsAnswered || attempt < Attempt)
        {
            return false;
        }

        if (attempt > Attempt)
        {
            Restart(attempt);
        }

        (_model, _cid, _encodedText) = (model, cid, null);
        _text.Append(text);
        return true;
    }

    /// <summary>
    /// Appends a piece that begins at a place: of a snapshot or a repeated piece only what is new. False when what stands before is missing.
    /// The attempt is the current one.
    /// </summary>
    public bool AppendAt(ChatDeltaFrame piece)
    {
        if (piece.Offset > _text.Length)
        {
            return false;
        }

        var known = _text.Length - piece.Offset;
        if (known < piece.Token.Length)
        {
            Append(piece.Attempt, piece.Model, piece.Cid ?? Guid.Empty, piece.Token[known..]);
        }

        return true;
    }

    /// <summary>Whether a status may replace what is shown: not one of an attempt that is over, and not waiting once it runs.</summary>
    public bool Accepts(ChatStatusFrame status) =>
        !IsAnswered && (status.Attempt is { } attempt ? attempt >= Attempt : Attempt == 0 || status.Event != StatusEvent.Queued);

    /// <summary>Whether clients have been sent text of this attempt.</summary>
    public bool HasShownText => _sent > 0;

    /// <summary>Discards the text; offsets begin at 0 again, and the next delta goes out at once.</summary>
    public void Restart(int attempt)
    {
        Attempt = Math.Max(Attempt, attempt);
        _text.Clear();
        (_sent, _encodedText, LastDelta, IsDeltaDue) = (0, null, 0, false);
    }

    /// <summary>What is not sent yet, marked as sent; null when there is nothing.</summary>
    public EncodedFrame? TakeDelta()
    {
        var end = SendableLength();
        if (end <= _sent)
        {
            return null;
        }

        var delta = Piece(_sent, end);
        _sent = end;
        return delta;
    }

    /// <summary>Marks everything as sent: nobody listens.</summary>
    public void SkipDelta() => _sent = SendableLength();

    /// <summary>What was sent so far as one piece at offset 0; null when there is nothing.</summary>
    public EncodedFrame? SentText() => _sent == 0 ? null : _encodedText ??= Piece(0, _sent);

    private EncodedFrame Piece(int start, int end) => EncodedFrame.Of(new ChatDeltaFrame
    {
        TurnId = Id,
        Attempt = Attempt,
        Offset = start,
        Model = _model,
        Token = _text.ToString(start, end - start),
        Cid = _cid,
    });

    /// <summary>Without half a surrogate pair at the end: providers cut anywhere, and half a character has no UTF-8 form.</summary>
    private int SendableLength() => _text.Length > 0 && char.IsHighSurrogate(_text[^1]) ? _text.Length - 1 : _text.Length;
}
