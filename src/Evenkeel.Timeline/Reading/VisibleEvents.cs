using System.Collections.Frozen;
using System.Text.Json;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Realtime;
using Evenkeel.Timeline.CustomEvents;

namespace Evenkeel.Timeline.Reading;

/// <summary>
/// Who sees what of an event: the one place where rows become something to be seen, by REST, on sockets and in webhooks. A conversation's own person sees
/// that something of a type meant for them happened, and what the client shows of it: no data, no texts that were stored, no errors' names but the
/// contract's. A type that is not known is not theirs to see.
/// </summary>
internal static class VisibleEvents
{
    private static readonly FrozenSet<string> PublicErrors = ErrorCatalogue.All.Select(error => error.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a filter may find for this view.</summary>
    /// <returns>Null when there can be nothing.</returns>
    public static EventFilter? Narrow(EventFilter filter, EventView view, EventTypeBook types)
    {
        if (view.SeesAll)
        {
            return filter;
        }

        // Whoever may not see data must not find out by asking for it.
        string[] visible = filter.Types.Count == 0 ? [.. types.VisibleToUsers] : [.. filter.Types.Where(types.IsVisibleToUsers)];
        var asksForHidden = !string.IsNullOrEmpty(filter.Text) || filter.ErrorTypes.Any(type => !PublicErrors.Contains(type));
        return visible.Length == 0 || asksForHidden ? null : filter with { Types = visible };
    }

    /// <summary>The event as it is seen; null where it is not.</summary>
    public static TimelineEvent? Of(EventRow row, EventView view, EventTypeBook types) =>
        view.SeesAll ? Whole(row, view, types)
        : types.IsVisibleToUsers(row.EventType) ? ForItsPerson(row, view, types)
        : null;

    private static TimelineEvent ForItsPerson(EventRow row, EventView view, EventTypeBook types) => new()
    {
        Id = row.Id,
        Seq = row.Seq,
        SessionId = row.SessionId,
        MessageId = row.MessageId,
        TurnId = row.TurnId,
        EventType = row.EventType,
        EventStatus = row.EventStatus,
        UserMessage = types.Text(row.EventType, row.EventStatus, view.Language),
        Timestamp = row.OccurredAt,
        ProcessingTimeMs = row.ProcessingMs,
        ErrorType = row.ErrorType is { } error && PublicErrors.Contains(error) ? error : null,
        ErrorSeverity = row.ErrorSeverity,
        CorrelationId = row.CorrelationId,
        Attempt = row.Attempt,
    };

    private static TimelineEvent Whole(EventRow row, EventView view, EventTypeBook types) => new()
    {
        Id = row.Id,
        Seq = row.Seq,
        SessionId = row.SessionId,
        MessageId = row.MessageId,
        TurnId = row.TurnId,
        EventType = row.EventType,
        EventStatus = row.EventStatus,
        EventData = row.EventDataText is null ? null : JsonSerializer.Deserialize<JsonElement>(row.EventDataText),
        UserMessage = string.IsNullOrEmpty(row.UserMessage) ? types.Text(row.EventType, row.EventStatus, view.Language) : row.UserMessage,
        Timestamp = row.OccurredAt,
        ProcessingTimeMs = row.ProcessingMs,
        ErrorType = row.ErrorType,
        ErrorSeverity = row.ErrorSeverity,
        CorrelationId = row.CorrelationId,
        Attempt = row.Attempt,
    };
}
