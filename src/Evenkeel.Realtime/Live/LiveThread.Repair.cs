using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Frames;

namespace Evenkeel.Realtime.Live;

/// <summary>
/// Order of durable frames. Publishers commit in order but may call in any: when a <c>seq</c> is skipped, the flow is held, the missing
/// rows are read once for all connections, and the flow goes on in order.
/// </summary>
internal sealed partial class LiveThread
{
    private const int RepairPage = 100;

    private DurableSource? _source;
    private Repair? _repair;

    /// <summary>Whether connections here have not got everything up to <paramref name="lastSeq"/>.</summary>
    public bool IsBehind(long lastSeq)
    {
        lock (_gate)
        {
            return _live.Count > 0 && _repair is null && lastSeq > _lastSeq;
        }
    }

    /// <summary>Reads what is missing up to <paramref name="lastSeq"/>, which the database says is there.</summary>
    public void CatchUpTo(long lastSeq)
    {
        lock (_gate)
        {
            if (_live.Count > 0 && _repair is null && lastSeq > _lastSeq)
            {
                BeginRepairUnderLock();
            }
        }
    }

    private void SequenceUnderLock(EncodedFrame frame)
    {
        if (_repair is not null)
        {
            _repair.Held.Enqueue(frame);
        }
        else if (frame.Seq > _lastSeq)
        {
            AdmitUnderLock(frame);
        }
    }

    private void AdmitUnderLock(EncodedFrame frame)
    {
        if (frame.Seq == _lastSeq + 1)
        {
            _lastSeq = frame.Seq;
            AppendUnderLock(frame);
            return;
        }

        BeginRepairUnderLock().Held.Enqueue(frame);
    }

    private Repair BeginRepairUnderLock()
    {
        _repair = new Repair();
        TryHold();
        ThreadPool.UnsafeQueueUserWorkItem(static thread => _ = thread.RepairAsync(), this, preferLocal: false);
        return _repair;
    }

    private async Task RepairAsync()
    {
        try
        {
            await ReadMissingAsync();
        }
        catch (Exception exception)
        {
            if (!TryPutOff())
            {
                // A gap must never stay silent: the clients come back and catch up from the rows.
                owner.ReportFailure(exception, Id);
                GiveUp();
            }
        }

        Drain();
        owner.Release(this);
    }

    private async Task ReadMissingAsync()
    {
        while (true)
        {
            long after;
            DurableSource source;
            lock (_gate)
            {
                (after, source) = (_lastSeq, _source!);
            }

            var rows = await source.Frames.ReadAfterAsync(source.OrganizationId, Id, after, RepairPage, owner.Stopping);
            if (Resume(rows.Select(EncodedFrame.Of)))
            {
                return;
            }
        }
    }

    /// <summary>Puts rows and held frames into the flow; false when a gap is left and rows are to be read again.</summary>
    private bool Resume(IEnumerable<EncodedFrame> rows)
    {
        lock (_gate)
        {
            var repair = _repair!;
            _repair = null;
            var progressed = false;
            foreach (var row in rows.Where(row => row.Seq > _lastSeq))
            {
                (_lastSeq, progressed) = (row.Seq, true);
                if (row is { IsFinal: true, TurnId: { } turnId })
                {
                    // Its last pieces wait behind the rows, or for their time: an answer that is not told yet stands below all of its text.
                    repair.TakePieces(turnId).ForEach(AppendUnderLock);
                    EndTextUnderLock(turnId);
                }

                AppendUnderLock(row);
            }

            while (repair.Held.TryPeek(out var held))
            {
                if (held.Seq > _lastSeq + 1 && progressed)
                {
                    _repair = repair;
                    return false;
                }

                repair.Held.Dequeue();
                if (held.Seq == 0 || held.Seq > _lastSeq)
                {
                    // Without progress the rows between are gone (deleted): what is held comes next.
                    (_lastSeq, progressed) = (Math.Max(_lastSeq, held.Seq), true);
                    AppendUnderLock(held);
                }
            }

            repair.Done.SetResult();
            return true;
        }
    }

    /// <summary>Where nothing waits behind the rows, the next look at the database finds them again.</summary>
    private bool TryPutOff()
    {
        lock (_gate)
        {
            if (_repair!.Held.Count > 0)
            {
                return false;
            }

            _repair.Done.SetResult();
            _repair = null;
            return true;
        }
    }

    private void GiveUp()
    {
        Connection[] all;
        lock (_gate)
        {
            _lastSeq = Math.Max(_lastSeq, _repair!.Held.Max(frame => frame.Seq));
            _repair.Done.SetResult();
            _repair = null;
            all = [.. _live];
        }

        foreach (var connection in all)
        {
            connection.Close(CloseReason.StoreUnavailable);
        }
    }

    /// <summary>Frames that wait for rows to be read.</summary>
    private sealed class Repair
    {
        public Queue<EncodedFrame> Held { get; private set; } = [];

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Finished => Done.Task;

        /// <summary>Takes out what a turn sent before its end, in order.</summary>
        public List<EncodedFrame> TakePieces(Guid turnId)
        {
            var pieces = Held.Where(IsPiece).ToList();
            if (pieces.Count > 0)
            {
                Held = new Queue<EncodedFrame>(Held.Where(frame => !IsPiece(frame)));
            }

            return pieces;

            bool IsPiece(EncodedFrame frame) => frame is { Seq: 0, IsIdle: false } && frame.TurnId == turnId;
        }
    }

    private sealed record DurableSource(IDurableFrames Frames, Guid OrganizationId);
}

/// <summary>How far a connection has caught up.</summary>
/// <param name="Frames">Where it read from; the thread repairs gaps from there.</param>
/// <param name="OrganizationId">The thread's tenant.</param>
/// <param name="LastSeq">It has every durable frame up to here.</param>
/// <param name="Answered">Turns whose last durable frame it just got.</param>
internal sealed record CaughtUp(IDurableFrames Frames, Guid OrganizationId, long LastSeq, IReadOnlySet<Guid> Answered);

/// <summary>Whether a connection became live.</summary>
/// <param name="IsLive">It did.</param>
/// <param name="LastSeq">What has been published so far.</param>
/// <param name="Retry">When to try again.</param>
internal readonly record struct Admission(bool IsLive, long LastSeq, Task Retry);
