using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Retention;

/// <summary>Rows of pinned and held sessions leave the days that go, and go themselves when nothing keeps them any more.</summary>
internal sealed class KeepPinned(Database database)
{
    /// <summary>Leaves out what is kept; <c>c</c> is the event.</summary>
    public const string NotPinned = "NOT EXISTS (SELECT FROM timeline_pins p WHERE p.session_id = c.session_id)";

    /// <summary>Moves them out of a slice. Where nothing is pinned this looks at no event.</summary>
    /// <returns>Rows moved.</returns>
    public async Task<int> MoveAsync(EventSlice slice, CancellationToken cancellationToken)
    {
        var sessions = await database.QueryAsync<Guid>(DataScope.System, "SELECT DISTINCT session_id FROM timeline_pins", null, cancellationToken);
        var moved = 0;
        foreach (var some in sessions.Chunk(100))
        {
            moved += await database.ExecuteAsync(
                DataScope.System,
                """
                UPDATE chat_events SET retention = 'kept'
                WHERE retention = @Retention AND occurred_at >= @From AND occurred_at < @To AND session_id = ANY (@some)
                """,
                new { slice.Retention, From = (slice.From ?? DateTimeOffset.MinValue).UtcDateTime, To = slice.To.UtcDateTime, some },
                cancellationToken);
        }

        return moved;
    }

    /// <summary>Deletes kept rows of sessions that nothing keeps any more: they were over their time when they came here.</summary>
    /// <returns>Rows deleted.</returns>
    public Task<int> ForgetUnpinnedAsync(CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.System,
        $"""
        DELETE FROM chat_events d WHERE d.retention = 'kept' AND d.session_id IN (
            SELECT DISTINCT c.session_id FROM chat_events c WHERE c.retention = 'kept' AND {NotPinned} LIMIT 100)
        """,
        null,
        cancellationToken);
}
