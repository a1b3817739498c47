using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Timeline.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Timeline.CustomEvents;

/// <summary><c>POST /chat/events/{session_id}</c>: one event of a registered type, or up to a hundred, all or none. Answered once they are stored.</summary>
internal sealed class RecordEvents(Database database, ITimeline timeline, SessionReader sessions, ReadCustomEvents read, EventQuota quota)
{
    private const string Stored =
        """
        SELECT c.id, c.seq, c.event_type FROM chat_events c, timeline_sessions s
        WHERE s.session_id = $1 AND c.session_id = $1 AND c.seq > s.last_seq - $2 AND c.occurred_at = $3
        ORDER BY c.seq
        """;

    public static async Task<Results<Created<RecordEventsResponse>, ErrorResult>> HandleAsync(
        [FromRoute(Name = "session_id")] Guid sessionId, RecordEventRequest request, Caller caller, HttpContext context, RecordEvents record)
    {
        var place = new EventPlace(caller.OrganizationId, sessionId, CorrelationId.Of(context), RequestLanguage.Of(context));
        var recorded = await record.RunAsync(place, request, caller, context.RequestAborted);
        return recorded.TryGet(out var events, out var error) ? TypedResults.Created((string?)null, events) : (ErrorResult)error;
    }

    private async Task<Result<RecordEventsResponse>> RunAsync(EventPlace place, RecordEventRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if (await sessions.OpenAsync(caller, place.SessionId, place.Language, cancellationToken) is null)
        {
            return Error.NotFound;
        }

        var given = await read.RunAsync(place, request, cancellationToken);
        if (!given.TryGet(out var entries, out var error))
        {
            return error;
        }

        if (quota.TryTake(place.OrganizationId, entries.Count, place.Language) is { } tooMany)
        {
            return tooMany;
        }

        var stored = await StoreAsync(place, entries, cancellationToken);
        timeline.Committed(entries);
        // Switched off: then nothing may be said to be stored.
        return stored.Count == entries.Count ? new RecordEventsResponse(stored) : new Error(ErrorCode.Conflict);
    }

    private async Task<IReadOnlyList<RecordedEvent>> StoreAsync(EventPlace place, IReadOnlyList<TimelineEntry> entries, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(place.OrganizationId));
        timeline.AppendInTransaction(batch, entries);
        // The session's row is held by the statement before: its number is that of the last of these.
        batch.Add(Stored, Sql.Value(place.SessionId), Sql.Value((long)entries.Count), Sql.Time(entries[0].Timestamp));
        var stored = new List<RecordedEvent>(entries.Count);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            stored.Add(new RecordedEvent(reader.GetGuid(0), reader.GetInt64(1), reader.GetString(2)));
        }

        return stored;
    }
}

/// <summary>Where events are recorded.</summary>
/// <param name="OrganizationId">Whose.</param>
/// <param name="SessionId">Into which session.</param>
/// <param name="RequestId">The correlation id of those that name none.</param>
/// <param name="Language">Of refusals.</param>
internal sealed record EventPlace(Guid OrganizationId, Guid SessionId, Guid RequestId, string Language)
{
    /// <summary>When they happen.</summary>
    public DateTimeOffset Now { get; init; }
}
