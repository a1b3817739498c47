using System.Text.Json;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Http;
using Evenkeel.Timeline.Catalogue;

namespace Evenkeel.Timeline.Reading;

/// <summary>Which events of a session.</summary>
internal sealed record EventFilter
{
    /// <summary>Empty = all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Empty = all.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    public long AfterSeq { get; init; }

    public DateTimeOffset? Since { get; init; }

    public required int Limit { get; init; }

    /// <summary>The last ones instead of the first ones; ascending all the same.</summary>
    public bool Latest { get; init; }
}

/// <summary>Reads a session's timeline.</summary>
internal sealed class ReadEvents(Database database, EventTexts texts)
{
    /// <summary>Ascending by <c>seq</c>; null when the organization has no such session.</summary>
    public async Task<IReadOnlyList<TimelineEvent>?> RunAsync(Guid organizationId, Guid sessionId, EventFilter filter, CancellationToken cancellationToken)
    {
        var order = filter.Latest ? "DESC" : "ASC";
        // The session's row comes with every event, or alone when there are none: existence and events in one round trip.
        var sql =
            $"""
            SELECT e.id, e.seq, s.session_id, e.message_id, e.turn_id, e.event_type, e.event_status, e.event_data::text AS event_data_text,
                   e.user_message, e.occurred_at, e.processing_ms, e.error_type, e.error_severity, e.correlation_id, e.attempt
            FROM timeline_sessions s
            LEFT JOIN LATERAL (
                SELECT * FROM chat_events c
                WHERE c.session_id = s.session_id
                  AND c.seq > @AfterSeq
                  AND (cardinality(@types) = 0 OR c.event_type = ANY (@types))
                  AND (cardinality(@statuses) = 0 OR c.event_status = ANY (@statuses))
                  AND (@since::timestamptz IS NULL OR c.occurred_at >= @since::timestamptz)
                ORDER BY c.seq {order} LIMIT @Limit
            ) e ON true
            WHERE s.session_id = @sessionId
            ORDER BY e.seq
            """;
        var rows = await database.QueryAsync<EventRow>(
            DataScope.Organization(organizationId),
            sql,
            new
            {
                sessionId,
                filter.AfterSeq,
                types = filter.Types.ToArray(),
                statuses = filter.Statuses.ToArray(),
                since = filter.Since?.UtcDateTime,
                filter.Limit,
            },
            cancellationToken);
        return rows.Count == 0 ? null : [.. rows.Where(row => row.Id is not null).Select(row => row.ToEvent(texts))];
    }

    private sealed record EventRow
    {
        public Guid? Id { get; init; }
        public long Seq { get; init; }
        public Guid SessionId { get; init; }
        public Guid? MessageId { get; init; }
        public Guid? TurnId { get; init; }
        public string EventType { get; init; } = "";
        public string EventStatus { get; init; } = "";
        public string? EventDataText { get; init; }
        public string? UserMessage { get; init; }
        public DateTimeOffset OccurredAt { get; init; }
        public double? ProcessingMs { get; init; }
        public string? ErrorType { get; init; }
        public string? ErrorSeverity { get; init; }
        public Guid? CorrelationId { get; init; }
        public int Attempt { get; init; }

        public TimelineEvent ToEvent(EventTexts texts) => new()
        {
            Id = Id!.Value,
            Seq = Seq,
            SessionId = SessionId,
            MessageId = MessageId,
            TurnId = TurnId,
            EventType = EventType,
            EventStatus = EventStatus,
            EventData = EventDataText is null ? null : JsonSerializer.Deserialize<JsonElement>(EventDataText),
            UserMessage = UserMessage ?? texts.Of(EventType, EventStatus, RequestLanguage.English),
            Timestamp = OccurredAt,
            ProcessingTimeMs = ProcessingMs,
            ErrorType = ErrorType,
            ErrorSeverity = ErrorSeverity,
            CorrelationId = CorrelationId,
            Attempt = Attempt,
        };
    }
}
