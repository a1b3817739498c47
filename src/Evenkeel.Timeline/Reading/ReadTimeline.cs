using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Reading;

/// <summary>What part of an organization's timeline.</summary>
/// <param name="OrganizationId">Whose.</param>
/// <param name="SessionId">Null = all sessions.</param>
/// <param name="Since">At or after.</param>
/// <param name="Until">Before.</param>
internal sealed record TimelineRange(Guid OrganizationId, Guid? SessionId, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Only what comes behind this row in the list.</summary>
    public TimelineCursor? Before { get; init; }
}

/// <summary>
/// Reads events of all sessions, newest first. There is no index by organization, which every recorded row would pay for: rows lie in the order of time, and
/// spans that grow eightfold are looked through from the newest on, until there are enough.
/// </summary>
internal sealed class ReadTimeline(Database database)
{
    private const int Growth = 8;
    private static readonly TimeSpan FirstSpan = TimeSpan.FromMinutes(2);

    /// <summary>At most <see cref="EventFilter.Limit"/> rows.</summary>
    public async Task<IReadOnlyList<EventRow>> RunAsync(TimelineRange range, EventFilter filter, CancellationToken cancellationToken)
    {
        var found = new List<EventRow>();
        var until = range.Before is { } cursor && cursor.At < range.Until ? cursor.At.AddTicks(TimeSpan.TicksPerMicrosecond) : range.Until;
        for (var span = FirstSpan; until > range.Since && found.Count < filter.Limit; span *= Growth)
        {
            // A session has its index.
            var since = range.SessionId is null && until - span > range.Since ? until - span : range.Since;
            found.AddRange(await ReadAsync(range with { Since = since, Until = until }, filter with { Limit = filter.Limit - found.Count }, cancellationToken));
            until = since;
        }

        return found;
    }

    private Task<IReadOnlyList<EventRow>> ReadAsync(TimelineRange range, EventFilter filter, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        var conditions = filter.Conditions(parameters);
        parameters.Add("OrganizationId", range.OrganizationId);
        parameters.Add("SessionId", range.SessionId);
        parameters.Add("since", range.Since.UtcDateTime);
        parameters.Add("until", range.Until.UtcDateTime);
        parameters.Add("beforeAt", range.Before?.At.UtcDateTime);
        parameters.Add("beforeId", range.Before?.Id);
        parameters.Add("Limit", filter.Limit);
        return database.QueryAsync<EventRow>(
            DataScope.Organization(range.OrganizationId),
            $"""
            SELECT {EventRow.Columns} FROM chat_events c
            WHERE c.organization_id = @OrganizationId AND c.occurred_at >= @since AND c.occurred_at < @until
              {(range.SessionId is null ? "" : "AND c.session_id = @SessionId")}
              {(range.Before is null ? "" : "AND (c.occurred_at, c.id) < (@beforeAt, @beforeId)")}{conditions}
            ORDER BY c.occurred_at DESC, c.id DESC LIMIT @Limit
            """,
            parameters,
            cancellationToken);
    }
}
