using Evenkeel.Contracts.Frames;
using Evenkeel.Realtime.Frames;

namespace Evenkeel.Realtime.Live;

/// <summary>
/// Turns that run in other processes. What is heard of them is applied by attempt and offset, so that it may come twice, late or with gaps: a
/// lower attempt is ignored, a gap asks for the text so far, and the database corrects the rest. Kept only while somebody is connected here.
/// </summary>
internal sealed partial class LiveThread
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(250);

    /// <summary>Well before the deadline that clients were given.</summary>
    private static TimeSpan RenewAfter => TurnDeadline / 2;

    /// <summary>A frame of another process.</summary>
    public void Receive(Frame frame)
    {
        switch (frame)
        {
            case ChatDeltaFrame delta:
                ReceiveDelta(delta);
                break;
            case ChatStatusFrame { TurnId: { } turnId } status:
                Apply(turnId, turn =>
                {
                    if (turn.Accepts(status) && !(turn.IsOurs && status.Attempt <= turn.Attempt))
                    {
                        turn.IsOurs &= status.Attempt is null;
                        ShowUnderLock(turn, status);
                    }
                });
                break;
            case ChatResetFrame reset:
                Apply(reset.TurnId, turn =>
                {
                    if (reset.Attempt > turn.Attempt)
                    {
                        turn.IsOurs = false;
                        RestartUnderLock(turn, reset);
                    }
                });
                break;
            case ChatMessageFrame or ChatErrorFrame:
                ReceiveDurable(frame);
                break;
        }
    }

    /// <summary>What the database says of an open turn: shown when nothing newer was heard.</summary>
    /// <returns>True when it runs elsewhere and its text is not known here.</returns>
    public bool Reconcile(StoredTurn stored, bool hearsOthers)
    {
        var wantsText = false;
        Apply(stored.Id, turn =>
        {
            var isNews = stored.IsRunning ? stored.Attempt > turn.Attempt : turn.Status is null;
            turn.IsOurs &= stored.IsRunning && !isNews;
            // Waiting in line is no standstill; running in silence is, unless nobody could tell us of its progress.
            var renews = !turn.IsOurs && IsOld(turn, RenewAfter) && !(stored.IsRunning && hearsOthers);
            if (stored.IsCarried && (isNews || renews))
            {
                ShowUnderLock(turn, StatusOf(stored));
            }

            wantsText = stored.IsRunning && !turn.IsOurs && turn.Text.Length == 0;
        }, adds: stored.IsCarried);
        return wantsText;
    }

    /// <summary>Whether the turn is shown and nothing was heard of it for so long that its indicator has to end.</summary>
    public bool HasStoodStill(Guid turnId)
    {
        lock (_gate)
        {
            return TryGetTurnUnderLock(turnId, out var turn) && IsOld(turn, TurnDeadline);
        }
    }

    /// <summary>Turns of which nothing was heard for a while.</summary>
    public IEnumerable<Guid> QuietTurns(TimeSpan since)
    {
        lock (_gate)
        {
            return _turns.Count == 0 ? [] : [.. _turns.Where(turn => IsOld(turn, since)).Select(turn => turn.Id)];
        }
    }

    /// <summary>Turns that do not run here.</summary>
    public IEnumerable<Guid> TurnsOfOthers()
    {
        lock (_gate)
        {
            return _turns.Count == 0 ? [] : [.. _turns.Where(turn => !turn.IsOurs).Select(turn => turn.Id)];
        }
    }

    /// <summary>Whether a turn runs in this process, which then tells its end itself.</summary>
    public bool HasTurnOfOurs
    {
        get
        {
            lock (_gate)
            {
                return _turns.Exists(turn => turn is { IsOurs: true, Attempt: > 0, IsAnswered: false });
            }
        }
    }

    /// <summary>State and text of the turns that run here, for a process that began to watch.</summary>
    public void Answer(string queue)
    {
        lock (_gate)
        {
            foreach (var turn in _turns.Where(turn => turn is { IsOurs: true, IsAnswered: false }))
            {
                FlushUnderLock(turn);
                foreach (var frame in new[] { turn.EncodedStatus, turn.SentText() }.OfType<EncodedFrame>())
                {
                    owner.Outbox.Frame(Id, frame, queue);
                }
            }
        }

        Drain();
    }

    private void ReceiveDurable(Frame frame)
    {
        lock (_gate)
        {
            if (_live.Count == 0)
            {
                return;
            }

            if (EncodedFrame.IsFinalFrame(frame))
            {
                EndTextUnderLock(EncodedFrame.TurnOf(frame));
            }

            SequenceUnderLock(EncodedFrame.Of(frame));
        }

        Drain();
    }

    private void ReceiveDelta(ChatDeltaFrame delta)
    {
        var asks = false;
        Apply(delta.TurnId, turn =>
        {
            if (delta.Attempt < turn.Attempt || (turn.IsOurs && delta.Attempt == turn.Attempt))
            {
                return;
            }

            if (delta.Attempt > turn.Attempt)
            {
                turn.IsOurs = false;
                BeginAttemptUnderLock(turn, delta.Attempt);
            }

            turn.LastProgress = Now;
            if (turn.AppendAt(delta))
            {
                // It was gathered where it comes from.
                FlushUnderLock(turn);
            }
            else if (turn.AskedAt == 0 || owner.Time.GetElapsedTime(turn.AskedAt) >= AskAgainAfter)
            {
                (turn.AskedAt, asks) = (Now, true);
            }
        });
        if (asks)
        {
            owner.AskForText(Id);
        }
    }

    /// <summary>Changes a turn that has not ended, if somebody is connected here.</summary>
    private void Apply(Guid turnId, Action<LiveTurn> changeUnderLock, bool adds = true)
    {
        lock (_gate)
        {
            var turn = _live.Count == 0 ? null : adds ? GetOrAddTurnUnderLock(turnId) : _turns.Find(turn => turn.Id == turnId);
            if (turn is { IsAnswered: false })
            {
                changeUnderLock(turn);
            }
        }

        Drain();
    }

    /// <summary>The next connection finds them in the database, and their text where they run.</summary>
    private int ForgetTurnsOfOthersUnderLock() => owner.IsAlone ? 0 : _turns.RemoveAll(turn => !turn.IsOurs);

    private bool IsOld(LiveTurn turn, TimeSpan age) => owner.Time.GetElapsedTime(turn.LastProgress) >= age;

    private static ChatStatusFrame StatusOf(StoredTurn stored) => new()
    {
        Event = stored.IsRunning ? StatusEvent.Typing : StatusEvent.Queued,
        TurnId = stored.Id,
        Attempt = stored.IsRunning ? stored.Attempt : null,
        Position = stored.IsRunning ? null : stored.Ahead,
        Cid = stored.CorrelationId,
    };
}
