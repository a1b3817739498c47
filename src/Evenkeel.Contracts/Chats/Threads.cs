using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Chats;

/// <summary>A conversation.</summary>
public sealed record ChatThread
{
    public required Guid Id { get; init; }
    public required string Title { get; init; }
    public required Guid ChatbotId { get; init; }
    public required long LastSeq { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The turn that waits or runs, if any.</summary>
    public Guid? RunningTurnId { get; init; }

    /// <summary>Whether sending is refused for a while after failures.</summary>
    public required ThreadBreaker Breaker { get; init; }
}

/// <summary>States of a conversation's circuit breaker.</summary>
public static class BreakerState
{
    /// <summary>Everything goes through.</summary>
    public const string Closed = "closed";

    /// <summary>Sending is refused with <c>circuit_open</c>.</summary>
    public const string Open = "open";

    /// <summary>One turn is let through; its end closes the breaker or opens it again, for longer.</summary>
    public const string HalfOpen = "half_open";
}

/// <summary>The circuit breaker of a conversation, at one moment.</summary>
public sealed record ThreadBreaker
{
    /// <summary>One of <see cref="BreakerState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Failed turns in a row; five open it.</summary>
    public required int Failures { get; init; }

    /// <summary>While open: when sending is tried again.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>While open: the same as whole seconds from now, free of clock differences.</summary>
    [JsonPropertyName("retry_after_s")]
    public int? RetryAfterSeconds { get; init; }
}

/// <summary>A page of a list.</summary>
/// <param name="Items">The rows.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>A page of messages, ascending by <c>seq</c>.</summary>
public sealed record MessagePage
{
    public required IReadOnlyList<Message> Items { get; init; }

    /// <summary>Give it as <c>before_seq</c> for older messages; null at the beginning of the thread.</summary>
    public long? NextBeforeSeq { get; init; }

    /// <summary>The newest <c>seq</c> of the thread when this page was read: resume from it.</summary>
    public required long LastSeq { get; init; }

    /// <summary>The turn that waits or runs, if any.</summary>
    public Guid? RunningTurnId { get; init; }

    /// <summary>Whether sending is refused for a while after failures.</summary>
    public required ThreadBreaker Breaker { get; init; }
}

/// <summary>Body of <c>PATCH /api/v1/threads/{id}</c>.</summary>
public sealed record UpdateThreadRequest
{
    /// <summary>1 to 200 characters.</summary>
    public string? Title { get; init; }
}
