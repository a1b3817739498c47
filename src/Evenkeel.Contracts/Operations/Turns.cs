using Evenkeel.Contracts.Timeline;

namespace Evenkeel.Contracts.Operations;

/// <summary>A turn as operators see it: facts, never words.</summary>
public sealed record TurnSummary
{
    public required Guid Id { get; init; }
    public required Guid ThreadId { get; init; }
    public required Guid ChatbotId { get; init; }
    public required Guid MessageId { get; init; }
    public required Guid CorrelationId { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }
    public string? ErrorCode { get; init; }

    /// <summary>The model that answered; absent when none did, and before the end.</summary>
    public string? Model { get; init; }
    public required int Attempt { get; init; }
    public Guid? WorkerId { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>up</c> or <c>down</c>, as its person said of the answer; absent where they did not.</summary>
    public string? Feedback { get; init; }

    /// <summary>Kept beyond retention.</summary>
    public bool IsPinned { get; init; }
}

/// <summary>A turn with its timeline.</summary>
public sealed record TurnRecord
{
    public required TurnSummary Turn { get; init; }

    /// <summary>What its person said of the answer; absent where they said nothing, took it back or deleted the conversation.</summary>
    public TurnFeedback? Feedback { get; init; }

    /// <summary>In order of <c>seq</c>; empty when retention has removed them.</summary>
    public required IReadOnlyList<TimelineEvent> Events { get; init; }
}

/// <summary>What a person said of a turn's answer.</summary>
public sealed record TurnFeedback
{
    /// <summary><c>up</c> or <c>down</c>.</summary>
    public required string Value { get; init; }

    /// <summary>In their words, for owners and administrators only: no API key reads it. Absent where they wrote none.</summary>
    public string? Comment { get; init; }

    /// <summary>When they first said something; absent where it was not kept then.</summary>
    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>When they last changed value or comment; absent where they did not.</summary>
    public DateTimeOffset? ChangedAt { get; init; }
}

/// <summary>The queue now: <c>GET /api/v1/admin/queue</c>.</summary>
public sealed record QueueStatus
{
    /// <summary>Turns of the organization.</summary>
    public required int Queued { get; init; }
    public required int Running { get; init; }

    /// <summary>Seconds the oldest queued turn has waited; 0 without one.</summary>
    public required double OldestQueuedSeconds { get; init; }
    public required int FailedLastHour { get; init; }

    /// <summary>Running turns that are not in their first attempt.</summary>
    public required int Retried { get; init; }

    /// <summary>For operators.</summary>
    public IReadOnlyList<WorkerStatus>? Workers { get; init; }
}

/// <summary>A worker process.</summary>
public sealed record WorkerStatus
{
    public required Guid Id { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Its last heartbeat.</summary>
    public required DateTimeOffset SeenAt { get; init; }
    public required int RunningTurns { get; init; }
    public required bool IsAlive { get; init; }
}

/// <summary>Something done to many sessions or turns at once.</summary>
public sealed record BulkRequest
{
    /// <summary><c>delete_events</c>, <c>export_events</c>, <c>pin</c>, <c>unpin</c> or <c>retry_turns</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Turns by id, at most 1,000; absent where <see cref="Filter"/> is given.</summary>
    public IReadOnlyList<Guid>? TurnIds { get; init; }

    /// <summary>All turns that match.</summary>
    public BulkFilter? Filter { get; init; }

    /// <summary>Count only.</summary>
    public bool DryRun { get; init; }

    /// <summary>Refuse when more turns than this match now: what the preview said.</summary>
    public long? ExpectedCount { get; init; }
}

/// <summary>The filter of the list of turns.</summary>
public sealed record BulkFilter
{
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary><c>-</c> = none; likewise of the model.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The model that answered.</summary>
    public string? Model { get; init; }
    public Guid? ChatbotId { get; init; }
    public Guid? ThreadId { get; init; }
    public Guid? CorrelationId { get; init; }

    /// <summary>What was said of the answer: <c>up</c>, <c>down</c> or <c>any</c>.</summary>
    public string? Feedback { get; init; }

    /// <summary>Sent at or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Sent before.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Not ended before; together with <c>to</c>, what was open in a time.</summary>
    public DateTimeOffset? EndedFrom { get; init; }

    /// <summary>Ended before.</summary>
    public DateTimeOffset? EndedTo { get; init; }
}

/// <summary>How a bulk operation stands.</summary>
public sealed record BulkJob
{
    /// <summary>Absent in a preview.</summary>
    public Guid? Id { get; init; }
    public required string Action { get; init; }

    /// <summary><c>preview</c>, <c>queued</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Turns.</summary>
    public required long Total { get; init; }
    public required long Done { get; init; }

    /// <summary>Turns on which it could not be done, such as a retry of one that runs.</summary>
    public required long Skipped { get; init; }

    /// <summary>Where an export can be fetched.</summary>
    public string? ResultUrl { get; init; }
    public string? ErrorCode { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>What somebody did: append-only.</summary>
public sealed record AuditEntry
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Absent for an API key or the server itself.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Display name, name of the key, or <c>system</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>Such as <c>api_key.created</c> or <c>bulk.delete_events</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to.</summary>
    public string? Target { get; init; }

    /// <summary>Names and numbers.</summary>
    public System.Text.Json.JsonElement? Data { get; init; }
}
