using System.Runtime.InteropServices;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Timeline.Recording;

/// <summary>Entries that are written together, made ready to be copied.</summary>
internal sealed class EntryBatch
{
    private const int FewRows = 16;

    private EntryBatch(IReadOnlyList<TimelineEntry> entries) => Entries = entries;

    /// <summary>As recorded, in order.</summary>
    public IReadOnlyList<TimelineEntry> Entries { get; }

    /// <summary>What each session needs of its row.</summary>
    public Dictionary<Guid, SessionPart> Sessions { get; } = [];

    /// <summary>Rows by leaf.</summary>
    public Dictionary<EventLeaf, CopyRows> Rows { get; } = [];

    public static EntryBatch Of(IReadOnlyList<TimelineEntry> entries, PrepareEntries prepare, IdSource ids)
    {
        var batch = new EntryBatch(entries);
        CopyRows? rows = null;
        EventLeaf last = default;
        var ready = ids.Next(entries.Count);
        for (var index = 0; index < ready.Length; index++)
        {
            var entry = entries[index];
            var prepared = prepare.Of(entry);
            var leaf = EventLeaf.Of(prepared);
            if (rows is null || leaf != last)
            {
                last = leaf;
                if (!batch.Rows.TryGetValue(leaf, out rows))
                {
                    // Nearly all rows of a batch are of one class and one day.
                    batch.Rows.Add(leaf, rows = new CopyRows(batch.Rows.Count == 0 ? entries.Count : FewRows));
                }
            }

            ref var part = ref CollectionsMarshal.GetValueRefOrAddDefault(batch.Sessions, entry.SessionId, out var isKnown);
            part = isKnown ? part.With(entry.Timestamp) : new SessionPart(entry.OrganizationId, 1, entry.Timestamp, entry.Timestamp);
            rows.Add(ready[index], prepared, part.Entries);
        }

        return batch;
    }

    /// <summary>Gives the memory of the rows back.</summary>
    public void Return()
    {
        foreach (var rows in Rows.Values)
        {
            rows.Return();
        }

        Rows.Clear();
    }

    /// <summary>How many rows of the batch are a session's, and when they were.</summary>
    internal readonly record struct SessionPart(Guid OrganizationId, int Entries, DateTimeOffset First, DateTimeOffset Last)
    {
        public SessionPart With(DateTimeOffset at) => this with { Entries = Entries + 1, First = at < First ? at : First, Last = at > Last ? at : Last };
    }
}
