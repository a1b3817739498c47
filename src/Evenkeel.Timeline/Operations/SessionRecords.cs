using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Realtime;
using Evenkeel.Timeline.CustomEvents;
using Evenkeel.Timeline.Reading;

namespace Evenkeel.Timeline.Operations;

/// <inheritdoc/>
internal sealed class SessionRecords(Database database, ReadEvents events, EventTypeBooks books) : ISessionRecords
{
    // More than a turn of the longest search rounds and retries records.
    private const int MostEventsOfTurn = 5_000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TimelineEvent>> ReadAsync(
        Guid organizationId, Guid sessionId, Guid turnId, string language, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(organizationId, sessionId, cancellationToken) is not { } span)
        {
            return [];
        }

        var types = await books.OfAsync(organizationId, cancellationToken);
        var rows = await events.RunAsync(span, new EventFilter { TurnId = turnId, Limit = MostEventsOfTurn }, cancellationToken);
        return [.. rows.Select(row => VisibleEvents.Of(row, new EventView(SeesAll: true, language), types)!)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<Guid>> PinnedAsync(Guid organizationId, IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellationToken) =>
        (await database.QueryAsync<Guid>(
            DataScope.Organization(organizationId),
            "SELECT DISTINCT session_id FROM timeline_pins WHERE session_id = ANY (@ids)",
            new { ids = sessionIds.ToArray() },
            cancellationToken)).ToHashSet();

    /// <inheritdoc/>
    public Task DeleteAsync(Guid organizationId, Guid sessionId, IReadOnlyCollection<Guid> turnIds, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            DataScope.Organization(organizationId),
            """
            DELETE FROM chat_events WHERE session_id = @sessionId AND turn_id = ANY (@ids)
              AND NOT EXISTS (SELECT FROM timeline_pins p WHERE p.session_id = @sessionId)
            """,
            new { sessionId, ids = turnIds.ToArray() },
            cancellationToken);
}
