using System.Text.Json;

namespace Evenkeel.Contracts.Operations;

/// <summary>What can be asked of <c>GET /api/v1/admin/analytics/series</c>.</summary>
public sealed record MetricDescription
{
    /// <summary>Such as <c>turns</c> or <c>stage_duration</c>.</summary>
    public required string Metric { get; init; }

    /// <summary><c>count</c>, <c>ms</c>, <c>s</c>, <c>tokens</c>, <c>credits</c>, <c>percent</c>, <c>bytes</c> or <c>score</c>.</summary>
    public required string Unit { get; init; }

    /// <summary><c>sum</c> (events add up), <c>distribution</c> (a histogram: count, mean, percentiles) or <c>gauge</c> (last, least and greatest value).</summary>
    public required string Kind { get; init; }

    /// <summary>What it can be grouped or filtered by, such as <c>event_type</c>, <c>error_code</c>, <c>model</c>, <c>chatbot_id</c>.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>
    /// Where what lies behind a point is listed: <c>turns</c> (<c>GET /api/v1/admin/turns</c>, of a gauge those that were open at the time, else those that ended in it), <c>timeline</c>
    /// (<c>GET /api/v1/admin/timeline</c> with the metric and its labels) or <c>queue</c> (<c>GET /api/v1/admin/queue</c>: the workers); absent where nothing lies behind it.
    /// </summary>
    public string? Behind { get; init; }

    /// <summary>About the whole installation rather than the organization: operators only.</summary>
    public required bool IsOfInstallation { get; init; }
}

/// <summary>A metric over time.</summary>
public sealed record MetricSeries
{
    public required string Metric { get; init; }
    public required string Unit { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }

    /// <summary>Seconds from one point to the next.</summary>
    public required int StepSeconds { get; init; }

    /// <summary>The label it is grouped by; absent when it is not.</summary>
    public string? GroupBy { get; init; }

    /// <summary>One for each value of the label it is grouped by, greatest first; a single one with an empty label otherwise.</summary>
    public required IReadOnlyList<LabelledSeries> Series { get; init; }

    /// <summary>The same of the period of equal length before, where it was asked for; its times are its own.</summary>
    public IReadOnlyList<LabelledSeries>? Previous { get; init; }
}

/// <summary>One line of a chart.</summary>
public sealed record LabelledSeries
{
    /// <summary>Value of the label; empty when not grouped. <c>other</c> holds what is beyond the greatest twenty.</summary>
    public required string Label { get; init; }

    /// <summary>All of the time range in one.</summary>
    public required MetricPoint Total { get; init; }

    /// <summary>Ascending; steps in which nothing was measured are absent.</summary>
    public required IReadOnlyList<MetricPoint> Points { get; init; }
}

/// <summary>What was measured in one step.</summary>
public sealed record MetricPoint
{
    /// <summary>Beginning of the step.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many measurements.</summary>
    public required long Count { get; init; }

    /// <summary>Their sum; for a gauge the last value.</summary>
    public required double Value { get; init; }

    /// <summary>Estimated from a histogram whose bounds grow by about a fifth: up to 10 % off. Distributions only.</summary>
    public double? P50 { get; init; }
    public double? P95 { get; init; }
    public double? P99 { get; init; }

    /// <summary>Gauges and distributions.</summary>
    public double? Min { get; init; }
    public double? Max { get; init; }
}

/// <summary>How events are stored: <c>GET /api/v1/admin/timeline/stats</c> and <c>evenkeel events stats --json</c>.</summary>
public sealed record TimelineStats
{
    public required long Rows { get; init; }
    public required long Bytes { get; init; }
    public DateTimeOffset? Oldest { get; init; }
    public DateTimeOffset? Newest { get; init; }

    /// <summary>Rows lost since the start of this process.</summary>
    public long Dropped { get; init; }
    public required IReadOnlyList<TimelineDay> Days { get; init; }
    public required IReadOnlyList<TimelineTypeStats> Types { get; init; }

    /// <summary>Bytes when every class has reached its retention at the rate of the last seven days.</summary>
    public required long ProjectedBytes { get; init; }
}

/// <summary>One day of one retention class.</summary>
public sealed record TimelineDay
{
    public required DateOnly Day { get; init; }

    /// <summary><c>debug</c>, <c>event</c> or <c>error</c>.</summary>
    public required string Retention { get; init; }
    public required long Rows { get; init; }
    public required long Bytes { get; init; }
}

/// <summary>Rows of one event type.</summary>
public sealed record TimelineTypeStats
{
    public required string EventType { get; init; }
    public required long Rows { get; init; }

    /// <summary>Of the rows' own data, without indexes.</summary>
    public required long Bytes { get; init; }
}

/// <summary>A custom event type, registered by an organization.</summary>
public sealed record EventTypeDescription
{
    /// <summary>Letters, digits and <c>_</c>, beginning with a letter, with a dot: <c>crm.ticket_opened</c>. Built-in types have no dot.</summary>
    public required string EventType { get; init; }
    public required string Emoji { get; init; }
    public required string English { get; init; }
    public required string Chinese { get; init; }

    /// <summary>JSON schema (draft 2020-12) of <c>event_data</c>; what it does not name is refused.</summary>
    public required JsonElement Schema { get; init; }

    /// <summary><c>debug</c>, <c>event</c> or <c>error</c>: how long it is kept.</summary>
    public required string Retention { get; init; }

    /// <summary><c>user_visible</c> (the conversation's person may see that it happened), <c>operational</c> or <c>sensitive</c> (its texts are masked).</summary>
    public required string Privacy { get; init; }

    /// <summary>Not of the organization's making.</summary>
    public bool IsBuiltIn { get; init; }
}

/// <summary>A custom event: <c>POST /chat/events/{session_id}</c>.</summary>
[System.Text.Json.Serialization.JsonUnmappedMemberHandling(System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow)]
public sealed record RecordEventRequest
{
    public string? EventType { get; init; }

    /// <summary>Absent = <c>completed</c>.</summary>
    public string? EventStatus { get; init; }
    public JsonElement? EventData { get; init; }
    public Guid? MessageId { get; init; }
    public Guid? TurnId { get; init; }
    public Guid? CorrelationId { get; init; }

    /// <summary>Milliseconds.</summary>
    public double? ProcessingTimeMs { get; init; }
    public string? ErrorType { get; init; }
    public string? ErrorSeverity { get; init; }

    /// <summary>Several at once, all or none: at most 100, instead of the other members.</summary>
    public IReadOnlyList<RecordEventRequest>? Events { get; init; }
}
