namespace Evenkeel.Timeline.Recording;

/// <summary>
/// Entries that wait to be written, grouped by turn (or by session where there is no turn), oldest group first. Bounded: what
/// does not fit is refused. All members are safe to call from any thread and hold the lock only for dictionary work.
/// </summary>
internal sealed class PendingEntries(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Group> _groups = [];
    private readonly Queue<Group> _order = new();
    private int _count;

    /// <summary>Entries held now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Keeps an entry; false when the buffer is full.</summary>
    public bool TryAdd(TimelineEntry entry, long now)
    {
        lock (_lock)
        {
            if (_count >= capacity)
            {
                return false;
            }

            var key = entry.TurnId ?? entry.SessionId;
            if (!_groups.TryGetValue(key, out var group))
            {
                group = new Group(key, now);
                _groups.Add(key, group);
                _order.Enqueue(group);
            }

            group.Entries.Add(entry);
            _count++;
            return true;
        }
    }

    /// <summary>Removes the entries of one turn.</summary>
    public IReadOnlyList<TimelineEntry> Take(Guid turnId)
    {
        lock (_lock)
        {
            return _groups.Remove(turnId, out var group) ? Emptied(group) : [];
        }
    }

    /// <summary>
    /// Removes whole groups that began at or before <paramref name="latestStart"/>, oldest first, until there are at least
    /// <paramref name="most"/> entries.
    /// </summary>
    public List<TimelineEntry> TakeOldest(long latestStart, int most)
    {
        var taken = new List<TimelineEntry>();
        lock (_lock)
        {
            while (taken.Count < most && _order.TryPeek(out var group) && (group.IsEmptied || group.StartedAt <= latestStart))
            {
                _order.Dequeue();
                if (!group.IsEmptied)
                {
                    _groups.Remove(group.Key);
                    taken.AddRange(Emptied(group));
                }
            }
        }

        return taken;
    }

    private List<TimelineEntry> Emptied(Group group)
    {
        var entries = group.Entries;
        group.Entries = [];
        group.IsEmptied = true;
        _count -= entries.Count;
        return entries;
    }

    private sealed class Group(Guid key, long startedAt)
    {
        public Guid Key { get; } = key;

        public long StartedAt { get; } = startedAt;

        public List<TimelineEntry> Entries { get; set; } = [];

        /// <summary>Taken by its turn; its place in the queue is skipped.</summary>
        public bool IsEmptied { get; set; }
    }
}
