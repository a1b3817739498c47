namespace Evenkeel.Timeline.Analytics;

/// <summary>Names of metrics.</summary>
internal static class MetricName
{
    public const string Turns = "turns";
    public const string TurnDuration = "turn_duration";
    public const string FirstToken = "first_token";
    public const string QueueWait = "queue_wait";
    public const string StageDuration = "stage_duration";
    public const string StageEvents = "stage_events";
    public const string Errors = "errors";
    public const string TokensIn = "tokens_in";
    public const string TokensOut = "tokens_out";
    public const string Credits = "credits";
    public const string ModelCalls = "model_calls";
    public const string ModelRetries = "model_retries";
    public const string ModelFallbacks = "model_fallbacks";
    public const string ProviderErrors = "provider_errors";
    public const string RetrievalScore = "retrieval_score";
    public const string Retrievals = "retrievals";
    public const string RetrievalEmpty = "retrieval_empty";
    public const string RetrievalLow = "retrieval_low";
    public const string NotAnswered = "not_answered";
    public const string Groundedness = "groundedness";
    public const string Feedback = "feedback";
    public const string Sessions = "sessions";

    public const string Connections = "connections";
    public const string Connects = "connects";
    public const string Resumes = "resumes";
    public const string Disconnects = "disconnects";
    public const string DiskUsedPercent = "disk_used_percent";
    public const string DatabaseBytes = "database_bytes";
    public const string RedactionFailures = "redaction_failures";
}

/// <summary>Kinds of metrics, as on the wire.</summary>
internal static class MetricKind
{
    public const string Sum = "sum";
    public const string Distribution = "distribution";
    public const string Gauge = "gauge";
}

/// <summary>Names of labels; their values are those of the filters of the lists of turns and of events.</summary>
internal static class MetricLabel
{
    public const string Status = "status";
    public const string ErrorCode = "error_code";
    public const string ErrorType = "error_type";
    public const string Severity = "severity";
    public const string EventType = "event_type";
    public const string ChatbotId = "chatbot_id";
    public const string Model = "model";
    public const string Value = "value";
    public const string Reason = "reason";

    /// <summary>Stands for all sets of labels beyond those that are kept apart.</summary>
    public const string Other = "other";
}
