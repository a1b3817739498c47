using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Reading;

/// <summary>A session as the timeline knows it.</summary>
internal sealed record SessionSpan
{
    /// <summary>How it is read.</summary>
    public const string Columns = "session_id, organization_id, last_seq, first_at, last_at";

    public required Guid SessionId { get; init; }
    public required Guid OrganizationId { get; init; }

    /// <summary>The newest <c>seq</c>; 0 when nothing was recorded yet.</summary>
    public required long LastSeq { get; init; }

    /// <summary>No event is older.</summary>
    public DateTimeOffset FirstAt { get; init; }

    /// <summary>No event is newer.</summary>
    public DateTimeOffset LastAt { get; init; }
}

/// <summary>
/// Reads a session's rows. Partitions are days: the session's own times say which of them are looked into, and the newest events are looked for in the
/// newest ones first. <c>seq</c> has no gaps, so that it shows whether more must be looked into.
/// </summary>
internal sealed class ReadEvents(Database database)
{
    // Events are recorded within moments of their time, but for those that waited while the database was away.
    private static readonly TimeSpan Recently = TimeSpan.FromHours(2);

    /// <summary>The session; null when nothing was recorded of it.</summary>
    public Task<SessionSpan?> FindAsync(Guid organizationId, Guid sessionId, CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<SessionSpan>(
            DataScope.Organization(organizationId),
            $"SELECT {SessionSpan.Columns} FROM timeline_sessions WHERE session_id = @sessionId",
            new { sessionId },
            cancellationToken);

    /// <summary>Ascending by <c>seq</c>.</summary>
    public async Task<IReadOnlyList<EventRow>> RunAsync(SessionSpan session, EventFilter filter, CancellationToken cancellationToken)
    {
        if (session.LastSeq <= filter.AfterSeq)
        {
            return [];
        }

        if (IsAtTheEnd(session, filter))
        {
            var newest = await ReadAsync(session, filter, Earliest(session), cancellationToken);
            if (IsComplete(newest, session, filter))
            {
                return newest;
            }
        }

        return await ReadAsync(session, filter, session.FirstAt, cancellationToken);
    }

    private async Task<IReadOnlyList<EventRow>> ReadAsync(SessionSpan session, EventFilter filter, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        var conditions = filter.Conditions(parameters);
        parameters.Add("SessionId", session.SessionId);
        parameters.Add("AfterSeq", filter.AfterSeq);
        parameters.Add("Limit", filter.Limit);
        parameters.Add("from", Later(from, filter.Since).UtcDateTime);
        parameters.Add("to", session.LastAt.UtcDateTime);
        parameters.Add("until", filter.Until?.UtcDateTime);
        var rows = await database.QueryAsync<EventRow>(
            DataScope.Organization(session.OrganizationId),
            $"""
            SELECT {EventRow.Columns} FROM chat_events c
            WHERE c.session_id = @SessionId AND c.seq > @AfterSeq AND c.occurred_at >= @from AND c.occurred_at <= @to
              {(filter.Until is null ? "" : "AND c.occurred_at < @until")}{conditions}
            ORDER BY c.seq {(filter.Latest ? "DESC" : "ASC")} LIMIT @Limit
            """,
            parameters,
            cancellationToken);
        return filter.Latest ? [.. rows.Reverse()] : rows;
    }

    private static bool IsAtTheEnd(SessionSpan session, EventFilter filter) =>
        filter.IsPlain && Earliest(session) > session.FirstAt && (filter.Latest || session.LastSeq - filter.AfterSeq <= filter.Limit);

    /// <summary>What was looked for without a gap up to the newest: then nothing of it lies further back.</summary>
    private static bool IsComplete(IReadOnlyList<EventRow> rows, SessionSpan session, EventFilter filter) =>
        rows.Count > 0 && rows[^1].Seq >= session.LastSeq && rows[^1].Seq - rows[0].Seq == rows.Count - 1
        && (rows.Count == filter.Limit || rows[0].Seq == filter.AfterSeq + 1);

    private static DateTimeOffset Earliest(SessionSpan session) =>
        session.LastAt > DateTimeOffset.MinValue + Recently ? session.LastAt - Recently : DateTimeOffset.MinValue;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
