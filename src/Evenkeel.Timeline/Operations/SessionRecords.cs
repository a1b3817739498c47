using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Reading;

namespace Evenkeel.Timeline.Operations;

/// <inheritdoc/>
internal sealed class SessionRecords(Database database, ReadEvents events, TimeProvider time) : ISessionRecords
{
    // More than a turn of the longest search rounds and retries records.
    private const int MostEventsOfTurn = 5_000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TimelineEvent>> ReadAsync(
        Guid organizationId, Guid sessionId, Guid turnId, string language, CancellationToken cancellationToken)
    {
        var filter = new EventFilter { Limit = MostEventsOfTurn };
        return [.. (await events.RunAsync(organizationId, sessionId, filter, cancellationToken) ?? []).Where(one => one.TurnId == turnId)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<Guid>> PinnedAsync(Guid organizationId, IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellationToken) =>
        (await database.QueryAsync<Guid>(
            DataScope.Organization(organizationId),
            "SELECT DISTINCT session_id FROM timeline_pins WHERE session_id = ANY (@ids)",
            new { ids = sessionIds.ToArray() },
            cancellationToken)).ToHashSet();

    /// <inheritdoc/>
    public Task PinAsync(Guid organizationId, IReadOnlyCollection<Guid> sessionIds, string reason, Guid author, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            DataScope.Organization(organizationId),
            """
            INSERT INTO timeline_pins (session_id, organization_id, kind, reason, author, created_at)
            SELECT id, @organizationId, 'pin', @reason, @author, @now FROM unnest(@ids) AS id ON CONFLICT DO NOTHING
            """,
            new { ids = sessionIds.ToArray(), organizationId, reason, author = author.ToString(), now = time.GetUtcNow() },
            cancellationToken);

    /// <inheritdoc/>
    public Task UnpinAsync(Guid organizationId, IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            DataScope.Organization(organizationId),
            "DELETE FROM timeline_pins WHERE session_id = ANY (@ids) AND kind = 'pin'",
            new { ids = sessionIds.ToArray() },
            cancellationToken);

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
