namespace Evenkeel.Timeline;

/// <summary>A stage of a turn as it is recorded; see <see cref="Contracts.Timeline.TimelineEvent"/> for how it is read. Its text is made from its type when it is read.</summary>
public sealed record TimelineEntry
{
    public required Guid OrganizationId { get; init; }

    /// <summary>The thread.</summary>
    public required Guid SessionId { get; init; }

    public Guid? MessageId { get; init; }

    public Guid? TurnId { get; init; }

    /// <summary>One of <see cref="Contracts.Timeline.TimelineEventType"/>, or a custom type.</summary>
    public required string EventType { get; init; }

    /// <summary>One of <see cref="Contracts.Timeline.TimelineEventStatus"/>.</summary>
    public required string EventStatus { get; init; }

    /// <summary>Names and numbers; more than <see cref="TimelineOptions.LargestDataBytes"/> is replaced by its size.</summary>
    public EventData? Data { get; init; }

    /// <summary><see cref="Data"/> from JSON that is there already.</summary>
    public string? DataJson
    {
        get => Data?.ToString();
        init => Data = value is null ? null : EventData.OfJson(value);
    }

    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>With <c>completed</c> and <c>failed</c>.</summary>
    public TimeSpan? ProcessingTime { get; init; }

    public string? ErrorType { get; init; }

    /// <summary><c>critical</c>, <c>error</c>, <c>warning</c> or <c>info</c>.</summary>
    public string? ErrorSeverity { get; init; }

    public Guid? CorrelationId { get; init; }

    /// <summary>Which run of the turn, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Retention of a custom type; null = as the type is declared.</summary>
    public string? Retention { get; init; }

    /// <summary>Privacy of a custom type; null = as the type is declared.</summary>
    public string? Privacy { get; init; }
}
