namespace Evenkeel.Timeline.Recording;

/// <summary>
/// Entries that wait to be written, grouped by turn (or by session where there is no turn), oldest group first. Bounded: what
/// does not fit is refused, except what must not be lost. All members are safe to call from any thread and hold the lock only for dictionary work.
/// </summary>
/// <param name="capacity">Most entries held.</param>
/// <param name="manyEntries">So many are enough for a large write: <see cref="WhenMany"/> is called when they have come together.</param>
internal sealed class PendingEntries(int capacity, int manyEntries)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Group> _groups = [];

    // Three waits, three queues, each in the order of time. A group stands in each that it belongs to.
    private readonly Queue<Group> _watched = new();
    private readonly Queue<Group> _ordinary = new();
    private readonly Queue<Group> _withheld = new();
    private int _count;

    /// <summary>Entries held now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether they are enough for a large write, for which nothing more needs to be waited for.</summary>
    public bool AreMany => Count >= manyEntries;

    /// <summary>Called when <see cref="AreMany"/> has become true.</summary>
    public Action WhenMany { get; set; } = static () => { };

    /// <summary>Keeps an entry; false when the buffer is full.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">Timestamp of the clock.</param>
    /// <param name="mustStay">It is kept however full the buffer is, and waits with what follows for its turn's own commit.</param>
    /// <param name="isWatched">Somebody waits to see it.</param>
    public bool TryAdd(TimelineEntry entry, long now, bool mustStay, bool isWatched)
    {
        int count;
        lock (_lock)
        {
            if (_count >= capacity && !mustStay)
            {
                return false;
            }

            var key = entry.TurnId ?? entry.SessionId;
            if (!_groups.TryGetValue(key, out var group))
            {
                group = new Group(key, now);
                _groups.Add(key, group);
                _ordinary.Enqueue(group);
            }

            Mark(group, now, mustStay, isWatched);
            group.Entries.Add(entry);
            count = ++_count;
        }

        if (count == manyEntries)
        {
            WhenMany();
        }

        return true;
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
    /// Removes entries of groups that have waited long enough, watched ones at once and first, then the oldest. A group larger than what is asked for is
    /// taken in parts.
    /// </summary>
    public List<TimelineEntry> TakeOldest(Waits latestStart, int most)
    {
        var taken = new List<TimelineEntry>();
        lock (_lock)
        {
            TakeFrom(_watched, long.MaxValue, most, taken);
            TakeFrom(_withheld, latestStart.Withheld, most, taken);
            TakeFrom(_ordinary, latestStart.Ordinary, most, taken);
        }

        return taken;
    }

    private void Mark(Group group, long now, bool mustStay, bool isWatched)
    {
        if (mustStay && group.WithheldAt is null)
        {
            group.WithheldAt = now;
            _withheld.Enqueue(group);
        }

        if (isWatched && !group.IsWatched)
        {
            group.IsWatched = true;
            _watched.Enqueue(group);
        }
    }

    private void TakeFrom(Queue<Group> queue, long latestStart, int most, List<TimelineEntry> taken)
    {
        while (taken.Count < most && queue.TryPeek(out var group))
        {
            var isWithheld = group.WithheldAt is not null && queue != _withheld;
            if (group.IsEmptied || isWithheld)
            {
                queue.Dequeue();
                continue;
            }

            if ((queue == _withheld ? group.WithheldAt : group.StartedAt) > latestStart)
            {
                return;
            }

            if (!TakePart(group, most - taken.Count, taken))
            {
                return;
            }

            queue.Dequeue();
        }
    }

    /// <returns>True when the group is empty now.</returns>
    private bool TakePart(Group group, int most, List<TimelineEntry> taken)
    {
        if (group.Entries.Count > most)
        {
            taken.AddRange(group.Entries.GetRange(0, most));
            group.Entries.RemoveRange(0, most);
            _count -= most;
            return false;
        }

        _groups.Remove(group.Key);
        taken.AddRange(Emptied(group));
        return true;
    }

    private List<TimelineEntry> Emptied(Group group)
    {
        var entries = group.Entries;
        group.Entries = [];
        group.IsEmptied = true;
        _count -= entries.Count;
        return entries;
    }

    /// <summary>Groups that began (or were withheld) at or before these timestamps have waited long enough.</summary>
    internal readonly record struct Waits(long Ordinary, long Withheld)
    {
        /// <summary>Everything.</summary>
        public static Waits None { get; } = new(long.MaxValue, long.MaxValue);
    }

    private sealed class Group(Guid key, long startedAt)
    {
        public Guid Key { get; } = key;

        public long StartedAt { get; } = startedAt;

        public List<TimelineEntry> Entries { get; set; } = [];

        public bool IsWatched { get; set; }

        /// <summary>Since when it waits for its turn's commit; null = it does not.</summary>
        public long? WithheldAt { get; set; }

        /// <summary>Taken; its places in the queues are skipped.</summary>
        public bool IsEmptied { get; set; }
    }
}
