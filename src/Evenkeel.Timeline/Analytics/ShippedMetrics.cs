using static Evenkeel.Timeline.Analytics.MetricKind;
using static Evenkeel.Timeline.Analytics.MetricLabel;

namespace Evenkeel.Timeline.Analytics;

/// <summary>The metrics that are always there.</summary>
internal static class ShippedMetrics
{
    private const string Count = "count";
    private const string Milliseconds = "ms";
    private const string Score = "score";

    /// <summary>Made of the events of turns.</summary>
    public static IReadOnlyList<MetricDefinition> OfEvents { get; } =
    [
        OfTurns(MetricName.Turns, Count, Sum, Status, ErrorCode, ChatbotId, Model),
        OfTurns(MetricName.TurnDuration, Milliseconds, Distribution, Status, ChatbotId, Model),
        OfTurns(MetricName.FirstToken, Milliseconds, Distribution, ChatbotId, Model),
        OfTurns(MetricName.QueueWait, Milliseconds, Distribution, ChatbotId),
        OfStages(MetricName.StageDuration, Milliseconds, Distribution, EventType),
        OfStages(MetricName.StageEvents, Count, Sum, EventType, Status),
        OfStages(MetricName.Errors, Count, Sum, ErrorType, EventType, Severity),
        OfTurns(MetricName.TokensIn, "tokens", Sum, Model, ChatbotId),
        OfTurns(MetricName.TokensOut, "tokens", Sum, Model, ChatbotId),
        OfTurns(MetricName.Credits, "credits", Sum, Model, ChatbotId),
        OfTurns(MetricName.ModelCalls, Count, Sum, Model),
        OfStages(MetricName.ModelRetries, Count, Sum, Model, ErrorCode),
        OfStages(MetricName.ModelFallbacks, Count, Sum, Model, ErrorCode),
        OfStages(MetricName.ProviderErrors, Count, Sum, Model, ErrorCode),
        OfTurns(MetricName.RetrievalScore, Score, Distribution, ChatbotId),
        OfTurns(MetricName.Retrievals, Count, Sum, ChatbotId),
        OfTurns(MetricName.RetrievalEmpty, Count, Sum, ChatbotId),
        OfTurns(MetricName.RetrievalLow, Count, Sum, ChatbotId),
        OfTurns(MetricName.NotAnswered, Count, Sum, ChatbotId),
        OfTurns(MetricName.Groundedness, Score, Distribution, ChatbotId),
        OfStages(MetricName.Feedback, Count, Sum, Value),
        OfStages(MetricName.Sessions, Count, Sum),
    ];

    /// <summary>Read by the gauge sources of this module.</summary>
    public static IReadOnlyList<MetricDefinition> OfInstallation { get; } =
    [
        new(MetricName.Connections, Count, Gauge, true),
        new(MetricName.Connects, Count, Sum, true),
        new(MetricName.Resumes, Count, Sum, true),
        new(MetricName.Disconnects, Count, Sum, true, Reason),
        new(MetricName.DiskUsedPercent, "percent", Gauge, true),
        new(MetricName.DatabaseBytes, "bytes", Gauge, true),
        new(MetricName.RedactionFailures, Count, Sum, true),
    ];

    private static MetricDefinition OfTurns(string metric, string unit, string kind, params string[] labels) =>
        new(metric, unit, kind, false, labels) { Behind = "turns" };

    private static MetricDefinition OfStages(string metric, string unit, string kind, params string[] labels) =>
        new(metric, unit, kind, false, labels) { Behind = "timeline" };
}
