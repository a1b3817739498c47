namespace Evenkeel.Realtime.Live;

/// <summary>
/// The turns that ended lately. A fast worker may finish a turn before the request that sent it has announced <c>queued</c>: without this
/// memory the announcement would leave a typing indicator that nobody clears. A few thousand cover seconds at full load, far longer than such a race.
/// </summary>
internal sealed class EndedTurns
{
    private const int Remembered = 4_096;

    private readonly Lock _gate = new();
    private readonly HashSet<Guid> _known = [];
    private readonly Queue<Guid> _order = new();

    public bool Contains(Guid turnId)
    {
        lock (_gate)
        {
            return _known.Contains(turnId);
        }
    }

    /// <returns>True the first time.</returns>
    public bool Add(Guid turnId)
    {
        lock (_gate)
        {
            if (!_known.Add(turnId))
            {
                return false;
            }

            _order.Enqueue(turnId);
            if (_order.Count > Remembered)
            {
                _known.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
