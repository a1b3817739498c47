using System.Diagnostics.CodeAnalysis;
using Evenkeel.Contracts.Frames;
using Evenkeel.Realtime.Frames;

namespace Evenkeel.Realtime.Live;

/// <summary>
/// One conversation that somebody watches or that has a turn: its live connections, the state of its turns, and the order of its frames.
/// State and flow change under one lock; frames are written to clients outside of it, by one drain at a time (<see cref="LiveThread"/>'s
/// other half, <c>LiveThread.Delivery.cs</c>). It lives while somebody holds it: connections and turns do.
/// </summary>
internal sealed partial class LiveThread(Guid id, LiveThreads owner)
{
    private const int Retired = int.MinValue;
    private static readonly TimeSpan TurnDeadline = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<LiveTurn> _turns = [];
    private long _lastSeq;
    private int _holders;

    public Guid Id { get; } = id;

    /// <summary>Keeps it in memory; false when it has just been forgotten and a new one must be made.</summary>
    public bool TryHold()
    {
        var holders = Volatile.Read(ref _holders);
        while (holders >= 0)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return true;
            }

            holders = seen;
        }

        return false;
    }

    /// <summary>Gives a hold back; true when it was the last, and it must be forgotten.</summary>
    public bool Release() =>
        Interlocked.Decrement(ref _holders) == 0 && Interlocked.CompareExchange(ref _holders, Retired, 0) == 0;

    public void PublishDurable(Frame frame, long seq)
    {
        lock (_gate)
        {
            if (EncodedFrame.IsFinalFrame(frame))
            {
                EndTextUnderLock(EncodedFrame.TurnOf(frame));
            }

            if (_live.Count == 0)
            {
                // Nobody to tell here; whoever is catching up reads until here.
                _lastSeq = Math.Max(_lastSeq, seq);
                TellOthersUnderLock(frame);
                return;
            }

            var encoded = EncodedFrame.Of(frame);
            owner.Outbox.Frame(Id, encoded);
            SequenceUnderLock(encoded);
        }

        Drain();
    }

    public void TurnStatus(ChatStatusFrame status)
    {
        if (status.TurnId is not { } turnId)
        {
            throw new ArgumentException("A turn's status names the turn.", nameof(status));
        }

        lock (_gate)
        {
            if (GetOrAddTurnUnderLock(turnId) is not { } turn || !turn.Accepts(status))
            {
                return;
            }

            turn.IsOurs |= status.Event != StatusEvent.Queued;
            ShowUnderLock(turn, status);
            owner.Outbox.Frame(Id, turn.EncodedStatus!);
        }

        Drain();
    }

    public void Delta(Guid turnId, Guid cid, int attempt, (string Model, string Text) piece)
    {
        lock (_gate)
        {
            if (GetOrAddTurnUnderLock(turnId) is not { } turn || !turn.Append(attempt, piece.Model, cid, piece.Text))
            {
                return;
            }

            turn.IsOurs = true;
            turn.LastProgress = Now;
            if (_live.Count == 0 && !owner.Outbox.IsOn)
            {
                turn.SkipDelta();
                return;
            }

            if (turn.IsDeltaDue)
            {
                return;
            }

            if (!IsDueUnderLock(turn))
            {
                turn.IsDeltaDue = true;
                owner.DeltaClock.Add(this);
                return;
            }

            FlushUnderLock(turn);
        }

        Drain();
    }

    /// <summary>Sends gathered deltas whose time has come.</summary>
    /// <returns>True when some are still to come.</returns>
    public bool FlushDueDeltas()
    {
        var more = false;
        lock (_gate)
        {
            foreach (var turn in _turns)
            {
                if (turn.IsDeltaDue && IsDueUnderLock(turn))
                {
                    FlushUnderLock(turn);
                }

                more |= turn.IsDeltaDue;
            }
        }

        Drain();
        return more;
    }

    public void Reset(Guid turnId, Guid cid, int attempt, string reason)
    {
        lock (_gate)
        {
            if (GetOrAddTurnUnderLock(turnId) is not { IsAnswered: false } turn || attempt < turn.Attempt)
            {
                return;
            }

            turn.IsOurs = true;
            RestartUnderLock(turn, new ChatResetFrame { TurnId = turnId, Attempt = attempt, Reason = reason, Cid = cid });
        }

        Drain();
    }

    /// <summary>Forgets the turn and shows that it is over.</summary>
    /// <param name="idle">What clients get.</param>
    /// <param name="tellsOthers">Whether other processes get it too.</param>
    public void End(ChatStatusFrame idle, bool tellsOthers)
    {
        bool wasKnown;
        lock (_gate)
        {
            EndTextUnderLock(idle.TurnId);
            wasKnown = _turns.RemoveAll(turn => turn.Id == idle.TurnId) > 0;
            if (tellsOthers)
            {
                TellOthersUnderLock(idle);
            }

            if (_live.Count > 0)
            {
                AppendUnderLock(EncodedFrame.Of(idle));
            }
        }

        Drain();
        if (wasKnown)
        {
            owner.Release(this);
        }
    }

    public string LiveText(Guid turnId)
    {
        lock (_gate)
        {
            return TryGetTurnUnderLock(turnId, out var turn) ? turn.Text : "";
        }
    }

    /// <summary>Whether the turn's end has been told to everybody who was live.</summary>
    public bool HasEnded(Guid turnId) => owner.Ended.Contains(turnId);

    /// <summary>Whether the turn waits or runs here.</summary>
    public bool HasTurn(Guid turnId)
    {
        lock (_gate)
        {
            return TryGetTurnUnderLock(turnId, out _);
        }
    }

    // 0 means "never": a clock that starts at 0 (a fake one) must not look like it.
    private long Now => Math.Max(1, owner.Time.GetTimestamp());

    private bool IsDueUnderLock(LiveTurn turn) =>
        turn.LastDelta == 0 || owner.Time.GetElapsedTime(turn.LastDelta) >= owner.DeltaClock.Interval;

    private void FlushUnderLock(LiveTurn turn)
    {
        turn.IsDeltaDue = false;
        if (turn.TakeDelta() is { } delta)
        {
            turn.LastDelta = Now;
            SendUnderLock(delta, turn);
        }
    }

    private void ShowUnderLock(LiveTurn turn, ChatStatusFrame status)
    {
        if (status.Attempt is { } attempt && attempt > turn.Attempt)
        {
            BeginAttemptUnderLock(turn, attempt);
        }

        turn.Status = status with { Deadline = status.Deadline ?? owner.Time.GetUtcNow() + TurnDeadline };
        turn.LastProgress = Now;
        FlushUnderLock(turn);
        if (_live.Count > 0)
        {
            AppendUnderLock(turn.EncodedStatus!);
        }
    }

    /// <summary>A higher attempt is first seen by something else than its reset: what clients show is withdrawn all the same.</summary>
    private void BeginAttemptUnderLock(LiveTurn turn, int attempt)
    {
        if (turn.HasShownText)
        {
            RestartUnderLock(turn, new ChatResetFrame { TurnId = turn.Id, Attempt = attempt, Reason = "taken_over", Cid = turn.Status?.Cid });
        }
        else
        {
            turn.Restart(attempt);
        }
    }

    private void RestartUnderLock(LiveTurn turn, ChatResetFrame reset)
    {
        turn.Restart(reset.Attempt);
        turn.LastProgress = Now;
        SendUnderLock(EncodedFrame.Of(reset), turn);
    }

    /// <summary>To the connections here, and to other processes when the turn runs here.</summary>
    private void SendUnderLock(EncodedFrame frame, LiveTurn turn)
    {
        if (_live.Count > 0)
        {
            AppendUnderLock(frame);
        }

        if (turn.IsOurs)
        {
            owner.Outbox.Frame(Id, frame);
        }
    }

    private void TellOthersUnderLock(Frame frame)
    {
        if (owner.Outbox.IsOn)
        {
            owner.Outbox.Frame(Id, EncodedFrame.Of(frame));
        }
    }

    private void EndTextUnderLock(Guid? turnId)
    {
        if (turnId is { } id && TryGetTurnUnderLock(id, out var turn) && !turn.IsAnswered)
        {
            FlushUnderLock(turn);
            turn.IsDeltaDue = false;
            turn.IsAnswered = true;
        }
    }

    /// <summary>Null when the turn has ended: publishers on other threads may come late, and must not bring it back.</summary>
    private LiveTurn? GetOrAddTurnUnderLock(Guid turnId)
    {
        if (!TryGetTurnUnderLock(turnId, out var turn) && !owner.Ended.Contains(turnId))
        {
            // The caller holds the thread, so this cannot fail.
            TryHold();
            turn = new LiveTurn(turnId) { LastProgress = Now };
            _turns.Add(turn);
        }

        return turn;
    }

    private bool TryGetTurnUnderLock(Guid turnId, [NotNullWhen(true)] out LiveTurn? turn)
    {
        turn = _turns.Find(candidate => candidate.Id == turnId);
        return turn is not null;
    }
}
