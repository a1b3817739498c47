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
