namespace Evenkeel.Timeline.Reading;

/// <summary>An event's row. It becomes something to be seen in <see cref="VisibleEvents"/> and nowhere else.</summary>
internal sealed record EventRow
{
    public const string Columns =
        """
        c.id, c.organization_id, c.seq, c.session_id, c.message_id, c.turn_id, c.event_type, c.event_status, c.event_data::text AS event_data_text,
        c.user_message, c.occurred_at, c.processing_ms, c.error_type, c.error_severity, c.correlation_id, c.attempt
        """;

    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required long Seq { get; init; }
    public required Guid SessionId { get; init; }
    public Guid? MessageId { get; init; }
    public Guid? TurnId { get; init; }
    public required string EventType { get; init; }
    public required string EventStatus { get; init; }
    public string? EventDataText { get; init; }

    /// <summary>Of events that an earlier release recorded.</summary>
    public string? UserMessage { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public double? ProcessingMs { get; init; }
    public string? ErrorType { get; init; }
    public string? ErrorSeverity { get; init; }
    public Guid? CorrelationId { get; init; }
    public required int Attempt { get; init; }
}
