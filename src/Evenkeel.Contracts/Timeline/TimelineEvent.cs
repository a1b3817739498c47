using System.Text.Json;

namespace Evenkeel.Contracts.Timeline;

/// <summary>Types of timeline events.</summary>
public static class TimelineEventType
{
    public const string MessageReceived = "message_received";
    public const string Moderation = "moderation";
    public const string LoadingHistory = "loading_history";
    public const string AgentThinking = "agent_thinking";
    public const string ToolSearchDocuments = "tool_search_documents";
    public const string ToolSearchEvents = "tool_search_events";
    public const string ContextComposition = "context_composition";
    public const string ResponseGeneration = "response_generation";
    public const string ModelRetry = "model_retry";
    public const string ModelFallback = "model_fallback";
    public const string AnswerEvaluation = "answer_evaluation";
    public const string SavingMessage = "saving_message";
    public const string TurnTakenOver = "turn_taken_over";
    public const string BreakerOpened = "breaker_opened";
    public const string BreakerClosed = "breaker_closed";
    public const string Error = "error";

    /// <summary>The turn reached its end, with all that is measured of it; written in the transaction that ends it.</summary>
    public const string TurnEnded = "turn_ended";

    /// <summary>A person said whether an answer helped: <c>value</c> (<c>up</c> or <c>down</c>), never the comment.</summary>
    public const string FeedbackGiven = "feedback_given";
}

/// <summary>How long an event is kept.</summary>
public static class RetentionClass
{
    /// <summary>Detail that helps to understand one turn: 7 days unless set otherwise.</summary>
    public const string Debug = "debug";

    /// <summary>What happened: 30 days.</summary>
    public const string Event = "event";

    /// <summary>What went wrong: 90 days.</summary>
    public const string Error = "error";
}

/// <summary>Who may see an event.</summary>
public static class PrivacyClass
{
    /// <summary>The conversation's own person too, without its data.</summary>
    public const string UserVisible = "user_visible";

    /// <summary>Owners, administrators and API keys.</summary>
    public const string Operational = "operational";

    /// <summary>As operational; every text in its data is withheld.</summary>
    public const string Sensitive = "sensitive";
}

/// <summary>States of a timeline event.</summary>
public static class TimelineEventStatus
{
    public const string Started = "started";
    public const string Progress = "progress";
    public const string Completed = "completed";
    public const string Failed = "failed";
}

/// <summary>One stage of one turn, as recorded.</summary>
public sealed record TimelineEvent
{
    public required Guid Id { get; init; }

    /// <summary>Gap-free within the session.</summary>
    public required long Seq { get; init; }

    /// <summary>The thread.</summary>
    public required Guid SessionId { get; init; }
    public Guid? MessageId { get; init; }
    public Guid? TurnId { get; init; }

    /// <summary>One of <see cref="TimelineEventType"/>.</summary>
    public required string EventType { get; init; }

    /// <summary>One of <see cref="TimelineEventStatus"/>.</summary>
    public required string EventStatus { get; init; }
    public JsonElement? EventData { get; init; }

    /// <summary>Friendly localized text with emoji.</summary>
    public required string UserMessage { get; init; }
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Milliseconds the stage took; with <c>completed</c> and <c>failed</c>.</summary>
    public double? ProcessingTimeMs { get; init; }
    public string? ErrorType { get; init; }

    /// <summary><c>critical</c>, <c>error</c>, <c>warning</c> or <c>info</c>.</summary>
    public string? ErrorSeverity { get; init; }
    public Guid? CorrelationId { get; init; }
    public int Attempt { get; init; }
}
