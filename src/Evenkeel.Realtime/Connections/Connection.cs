using Evenkeel.Accounts;
using Evenkeel.Contracts.Frames;
using Evenkeel.Realtime.Frames;
using Evenkeel.Realtime.Live;

namespace Evenkeel.Realtime.Connections;

/// <summary>What a connection is made of.</summary>
internal sealed record ConnectionParts(Guid Id, Guid CorrelationId, Guid ThreadId, Stream Output, RealtimeOptions Limits, Heartbeat Heartbeat)
{
    /// <summary>Drops the network connection at once.</summary>
    public required Action Abort { get; init; }
}

/// <summary>
/// One open stream of one client to one thread, by socket or SSE. It is either catching up (reads rows, ignores live frames) or live
/// (its thread delivers to it); <see cref="GoLive"/> and <see cref="Suspend"/> switch, so that no frame is lost or sent twice.
/// </summary>
internal abstract class Connection(ConnectionParts parts)
{
    /// <summary>How long the closing handshake may take before the network connection is dropped.</summary>
    private const long CloseDeadline = 3_000;

    private readonly Lock _gate = new();
    private readonly Outbox _outbox = new(parts.Output, parts.Limits, parts.Heartbeat);
    private long _nextPing = parts.Heartbeat.Now + (parts.Limits.PingIntervalSeconds * 1000L);
    private long _closingSince;
    private LiveFilter? _filter;

    public Guid Id => parts.Id;

    public Guid CorrelationId => parts.CorrelationId;

    public Guid ThreadId => parts.ThreadId;

    /// <summary>On the clock of <see cref="Heartbeat.Now"/>.</summary>
    public long OpenedAt { get; } = parts.Heartbeat.Now;

    /// <summary>When the client last sent anything.</summary>
    public long LastSeen { get; protected set; } = parts.Heartbeat.Now;

    /// <summary>Set once signed in; replaced when the token is renewed.</summary>
    public Caller? Caller { get; set; }

    /// <summary>Why the server ends it; null while open or when the client left.</summary>
    public CloseReason? Closing { get; private set; }

    public long FramesSent => _outbox.Frames;

    /// <summary>Set on streams of one turn: they get nothing else and end with its <c>idle</c>.</summary>
    public Guid? OnlyTurn { get; init; }

    public abstract Transport Transport { get; }

    protected RealtimeOptions Limits => parts.Limits;

    protected Heartbeat Heartbeat => parts.Heartbeat;

    /// <summary>Sends a frame meant for this connection alone.</summary>
    public void Send(Frame frame) => Write(EncodedFrame.Of(frame).Bytes(Transport), 1);

    /// <summary>Sends frames that come as they happen: a client that cannot take them is closed.</summary>
    public void Push(IReadOnlyList<EncodedFrame> frames) => Write(Batch.Join(frames, Transport), frames.Count);

    /// <summary>Sends while catching up, at the client's pace.</summary>
    public Task SendAsync(IReadOnlyList<EncodedFrame> frames)
    {
        var wanted = OnlyTurn is { } turn ? [.. frames.Where(frame => frame.TurnId is null || frame.TurnId == turn)] : frames;
        if (wanted.Count > 0)
        {
            Write(Batch.Join(wanted, Transport), wanted.Count);
        }

        return _outbox.DrainedAsync();
    }

    /// <summary>From now on the thread delivers. Called under the thread's lock, so that snapshot and flow meet without gap or overlap.</summary>
    public void GoLive(LiveFilter filter, IReadOnlyList<EncodedFrame> snapshot)
    {
        lock (_gate)
        {
            _filter = Closing is null ? filter : null;
            foreach (var frame in snapshot.Where(Wants))
            {
                Write(frame.Bytes(Transport), 1);
            }
        }
    }

    /// <summary>Stops deliveries; one that is under way on another thread ends before this returns.</summary>
    public void Suspend()
    {
        lock (_gate)
        {
            _filter = null;
        }
    }

    /// <summary>Delivers what the thread sends to all.</summary>
    public void Deliver(Batch batch)
    {
        CloseReason? close = null;
        lock (_gate)
        {
            if (_filter is not { } filter)
            {
                return;
            }

            var takesUp = filter.TakesAll(batch) && OnlyTurn is null
                ? _outbox.Write(batch.Joined(Transport), batch.Frames.Count)
                : DeliverChosenUnderLock(batch, filter, ref close);
            filter.Passed(batch);
            close = takesUp ? close : CloseReason.TooSlow;
        }

        if (close is not null)
        {
            Close(close);
        }
    }

    /// <summary>Ends the connection, once: the first reason counts.</summary>
    public void Close(CloseReason reason)
    {
        lock (_gate)
        {
            if (Closing is not null)
            {
                return;
            }

            Closing = reason;
            _filter = null;
            _closingSince = parts.Heartbeat.Now;
            _outbox.Finish(reason.Encode(Transport), dropWaiting: reason == CloseReason.TooSlow);
        }

        OnClosing();
    }

    /// <summary>Pings, deadlines and token expiry.</summary>
    public void OnBeat(Beat beat)
    {
        if (Closing is not null)
        {
            if (beat.Now - _closingSince > CloseDeadline && (_outbox.IsStalled(beat.Now) || _outbox.DrainedAsync().IsCompleted))
            {
                parts.Abort();
            }
        }
        else if (_outbox.IsStalled(beat.Now))
        {
            Close(CloseReason.TooSlow);
            parts.Abort();
        }
        else if (Overdue(beat) is { } reason)
        {
            Close(reason);
        }
        else if (beat.Now >= _nextPing)
        {
            _nextPing += Limits.PingIntervalSeconds * 1000L;
            Write(beat.Ping(Transport), 1);
        }
    }

    /// <summary>The handler is about to return: nothing may be written from now on.</summary>
    public void Abandon()
    {
        Suspend();
        _outbox.Abandon();
    }

    /// <summary>Completes when what was written has left.</summary>
    protected Task DrainedAsync() => _outbox.DrainedAsync();

    protected virtual CloseReason? Overdue(Beat beat) =>
        Caller is { } caller && beat.Time >= caller.TokenExpiresAt ? CloseReason.TokenExpired : null;

    /// <summary>The close frame is on its way.</summary>
    protected abstract void OnClosing();

    protected void WriteRaw(byte[] bytes) => Write(bytes, 0);

    private void Write(byte[] bytes, int frames)
    {
        if (!_outbox.Write(bytes, frames))
        {
            Close(CloseReason.TooSlow);
        }
    }

    private bool DeliverChosenUnderLock(Batch batch, LiveFilter filter, ref CloseReason? close)
    {
        for (var index = 0; index < batch.Frames.Count; index++)
        {
            var frame = batch.Frames[index];
            if (!filter.Takes(frame, batch.Start + index) || !Wants(frame))
            {
                continue;
            }

            if (!_outbox.Write(frame.Bytes(Transport), 1))
            {
                return false;
            }

            if (frame.IsIdle && OnlyTurn is not null)
            {
                close = CloseReason.Complete;
                return true;
            }
        }

        return true;
    }

    private bool Wants(EncodedFrame frame) => OnlyTurn is null || frame.TurnId == OnlyTurn;
}
