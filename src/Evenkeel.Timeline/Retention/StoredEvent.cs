using System.Data.Common;
using System.Text.Json;

namespace Evenkeel.Timeline.Retention;

/// <summary>An event as it is archived and exported: everything that is stored of it.</summary>
public sealed record StoredEvent
{
    /// <summary>Of <c>chat_events c</c>, in the order in which <see cref="Read"/> takes them.</summary>
    internal const string Columns =
        "c.id, c.organization_id, c.session_id, c.seq, c.message_id, c.turn_id, c.correlation_id, c.occurred_at, c.processing_ms, c.attempt, "
        + "c.event_type, c.event_status, c.error_type, c.error_severity, c.event_data::text, c.retention";

    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid SessionId { get; init; }
    public required long Seq { get; init; }
    public Guid? MessageId { get; init; }
    public Guid? TurnId { get; init; }
    public Guid? CorrelationId { get; init; }

    /// <summary>UTC, to the microsecond.</summary>
    public required DateTime Timestamp { get; init; }
    public double? ProcessingTimeMs { get; init; }
    public required int Attempt { get; init; }
    public required string EventType { get; init; }
    public required string EventStatus { get; init; }
    public string? ErrorType { get; init; }
    public string? ErrorSeverity { get; init; }
    public JsonElement? EventData { get; init; }
    public required string Retention { get; init; }

    /// <summary>The row a reader of <see cref="Columns"/> stands on.</summary>
    internal static StoredEvent Read(DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        OrganizationId = row.GetGuid(1),
        SessionId = row.GetGuid(2),
        Seq = row.GetInt64(3),
        MessageId = Uuid(row, 4),
        TurnId = Uuid(row, 5),
        CorrelationId = Uuid(row, 6),
        Timestamp = row.GetDateTime(7),
        ProcessingTimeMs = row.IsDBNull(8) ? null : row.GetDouble(8),
        Attempt = row.GetInt32(9),
        EventType = row.GetString(10),
        EventStatus = row.GetString(11),
        ErrorType = Text(row, 12),
        ErrorSeverity = Text(row, 13),
        EventData = Text(row, 14) is { } json ? JsonSerializer.Deserialize<JsonElement>(json) : null,
        Retention = row.GetString(15),
    };

    private static Guid? Uuid(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
