using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Frames;

namespace Evenkeel.Realtime.Live;

/// <summary>The live flow: who gets it, in which order, and how it is written out.</summary>
internal sealed partial class LiveThread : IThreadPoolWorkItem
{
    /// <summary>Up to so many connections are written to by the publisher itself: a hop to the pool costs more than the writes.</summary>
    private const int InlineConnections = 8;

    private readonly List<Connection> _live = [];
    private Connection[]? _targets;
    private readonly List<EncodedFrame> _outbox = [];
    private long _position;
    private bool _isDraining;

    /// <summary>
    /// Makes a connection live that has every durable frame up to <paramref name="caughtUp"/>: it gets the turns' state and text so far,
    /// then everything after. Refused while more has been published than it has (read again), or while missing rows are being read.
    /// </summary>
    public Admission TryGoLive(Connection connection, CaughtUp caughtUp)
    {
        lock (_gate)
        {
            if (_repair is not null)
            {
                return new Admission(false, _lastSeq, _repair.Finished);
            }

            if (_lastSeq > caughtUp.LastSeq)
            {
                return new Admission(false, _lastSeq, Task.CompletedTask);
            }

            if (_live.Count == 0)
            {
                _lastSeq = caughtUp.LastSeq;
            }

            _source = new DurableSource(caughtUp.Frames, caughtUp.OrganizationId);
            // The snapshot first: it moves the flow on to where the connection joins.
            var snapshot = SnapshotUnderLock(caughtUp.Answered);
            connection.GoLive(new LiveFilter(_position, caughtUp.LastSeq, AnsweredAmongUnderLock(caughtUp.Answered)), snapshot);
            _live.Add(connection);
            _targets = null;
            if (_live.Count == 1)
            {
                owner.Watched.Add(Id);
            }

            return new Admission(true, caughtUp.LastSeq, Task.CompletedTask);
        }
    }

    /// <summary>Ends every connection of the flow.</summary>
    public void Close(CloseReason reason)
    {
        Connection[] connections;
        lock (_gate)
        {
            connections = [.. _live];
        }

        foreach (var connection in connections)
        {
            connection.Close(reason);
        }
    }

    /// <summary>Takes a connection out of the flow.</summary>
    public void Leave(Connection connection)
    {
        var forgotten = 0;
        lock (_gate)
        {
            if (_live.Remove(connection))
            {
                _targets = null;
                if (_live.Count == 0)
                {
                    owner.Watched.Remove(Id);
                    forgotten = ForgetTurnsOfOthersUnderLock();
                }
            }
        }

        connection.Suspend();
        while (forgotten-- > 0)
        {
            owner.Release(this);
        }
    }

    /// <summary>Drains on a pool thread.</summary>
    public void Execute() => DrainAll();

    /// <summary>Called by every publisher after it left the lock.</summary>
    private void Drain()
    {
        bool inline;
        lock (_gate)
        {
            if (_isDraining || _outbox.Count == 0)
            {
                return;
            }

            _isDraining = true;
            TryHold();
            inline = _live.Count <= InlineConnections;
        }

        if (inline)
        {
            DrainAll();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private void DrainAll()
    {
        while (TryTakeBatch(out var batch, out var targets))
        {
            foreach (var connection in targets)
            {
                Deliver(batch, connection);
            }
        }

        owner.Release(this);
    }

    private void Deliver(Batch batch, Connection connection)
    {
        try
        {
            connection.Deliver(batch);
        }
        catch (Exception exception)
        {
            // One broken connection must not stop the flow of all others; it resumes from the rows.
            owner.ReportFailure(exception, Id);
            connection.Close(CloseReason.StoreUnavailable);
        }
    }

    private bool TryTakeBatch(out Batch batch, out Connection[] targets)
    {
        lock (_gate)
        {
            if (_outbox.Count == 0)
            {
                _isDraining = false;
                (batch, targets) = (null!, []);
                return false;
            }

            batch = new Batch(_position - _outbox.Count, [.. _outbox]);
            _outbox.Clear();
            targets = _targets ??= [.. _live];
            return true;
        }
    }

    /// <summary>Adds to the flow, or behind the rows that are being read.</summary>
    private void AppendUnderLock(EncodedFrame frame)
    {
        if (_repair is not null)
        {
            _repair.Held.Enqueue(frame);
            return;
        }

        _outbox.Add(frame);
        _position++;
    }

    private HashSet<Guid>? AnsweredAmongUnderLock(IReadOnlySet<Guid> answered)
    {
        var still = _turns.Where(turn => answered.Contains(turn.Id)).Select(turn => turn.Id).ToHashSet();
        return still.Count == 0 ? null : still;
    }

    /// <summary>State and text of the turns. What others have not got yet is sent to them first, so that everybody is at the same offset.</summary>
    private List<EncodedFrame> SnapshotUnderLock(IReadOnlySet<Guid> answered)
    {
        var snapshot = new List<EncodedFrame>();
        foreach (var turn in _turns.Where(turn => !turn.IsAnswered))
        {
            FlushUnderLock(turn);
            if (answered.Contains(turn.Id))
            {
                continue;
            }

            if (turn.EncodedStatus is { } status)
            {
                snapshot.Add(status);
            }

            if (turn.SentText() is { } text)
            {
                snapshot.Add(text);
            }
        }

        return snapshot;
    }
}
