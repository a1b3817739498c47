using Evenkeel.Models;

namespace Evenkeel.Chat.Turns;

/// <summary>A claimed turn: what a worker needs to run it. (<see cref="Id"/>, <see cref="Attempt"/>, worker) is the fencing token.</summary>
internal sealed record Turn
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid ThreadId { get; init; }
    public required Guid ChatbotId { get; init; }
    public required Guid MessageId { get; init; }
    public required long MessageSeq { get; init; }
    public required string Question { get; init; }

    /// <summary>The answer that this turn's answer replaces.</summary>
    public Guid? Replaces { get; init; }
    public required Guid CorrelationId { get; init; }

    /// <summary>Language of texts for the person: <c>en</c> or <c>zh</c>.</summary>
    public required string Language { get; init; }

    /// <summary>From 1; higher when a worker was lost or handed the turn back.</summary>
    public required int Attempt { get; init; }

    /// <summary>Workers lost under this turn so far.</summary>
    public required int Losses { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When it was claimed for the first time.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Somebody stopped it before it was claimed: it ends without running.</summary>
    public bool StopRequested { get; init; }

    /// <summary>Events that may be looked at, and then nothing else; null = whatever there is.</summary>
    public IReadOnlyList<Guid>? OnlyEvents { get; init; }

    /// <summary>The person's, an IANA name.</summary>
    public string TimeZone { get; init; } = NoTimeZone;

    /// <summary>Where it is not known.</summary>
    public const string NoTimeZone = "Etc/UTC";

    /// <summary>The trace that the send belongs to (W3C); null when nobody records it.</summary>
    public string? Traceparent { get; init; }

    /// <summary>A failure asked for by an administrator who tests failures.</summary>
    public ForcedError? ForcedError { get; init; }

    /// <summary>The conversation's breaker when the turn was claimed.</summary>
    public ConversationBreaker Breaker { get; init; } = ConversationBreaker.Closed;
}
