using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline;

/// <summary>
/// Records the stages of turns. Chat goes on whatever happens here: recording never waits for the database, and what cannot be
/// kept is dropped and counted.
/// </summary>
public interface ITimeline
{
    /// <summary>Entries lost since the start, because the buffer was full or the database refused them.</summary>
    long Dropped { get; }

    /// <summary>
    /// Buffers an entry; it is written within about 100 ms, 10 where somebody watches. Never blocks, never throws. A turn's entry that failed is never
    /// dropped: it waits, and what the turn records after it, for the turn's commit, and is written without one after some seconds.
    /// </summary>
    void Record(TimelineEntry entry);

    /// <summary>
    /// Removes and returns, in order, what is recorded for this turn and not on its way to the database yet, so that the turn's own
    /// commit writes it with <see cref="AppendInTransaction"/>: one transaction less, and the events of a finished turn are complete.
    /// </summary>
    IReadOnlyList<TimelineEntry> TakePending(Guid turnId);

    /// <summary>
    /// Adds one statement that writes the entries in order; nothing when there are none. It has no result rows. It locks one row per session,
    /// ascending by session id: a batch that writes for several sessions passes all entries in one call, so that batches cannot deadlock.
    /// </summary>
    void AppendInTransaction(ScopedBatch batch, IReadOnlyList<TimelineEntry> entries);

    /// <summary>Says that a transaction with <see cref="AppendInTransaction"/> was committed: who watches sees its entries at once.</summary>
    void Committed(IReadOnlyList<TimelineEntry> entries);
}
