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
        ListedAsTurns(MetricName.Turns, Count, Sum, Status, ErrorCode, ChatbotId, Model),
        ListedAsTurns(MetricName.TurnDuration, Milliseconds, Distribution, Status, ChatbotId, Model),
        ListedAsTurns(MetricName.FirstToken, Milliseconds, Distribution, ChatbotId, Model),
        ListedAsTurns(MetricName.QueueWait, Milliseconds, Distribution, ChatbotId),
        ListedAsEvents(MetricName.StageDuration, Milliseconds, Distribution, EventType),
        ListedAsEvents(MetricName.StageEvents, Count, Sum, EventType, Status),
        ListedAsEvents(MetricName.Errors, Count, Sum, ErrorType, EventType, Severity),
        ListedAsTurns(MetricName.TokensIn, "tokens", Sum, Model, ChatbotId),
        ListedAsTurns(MetricName.TokensOut, "tokens", Sum, Model, ChatbotId),
        ListedAsTurns(MetricName.Credits, "credits", Sum, Model, ChatbotId),
        ListedAsTurns(MetricName.ModelCalls, Count, Sum, Model, ChatbotId),
        ListedAsEvents(MetricName.ModelRetries, Count, Sum, Model, ErrorCode),
        ListedAsEvents(MetricName.ModelFallbacks, Count, Sum, Model, ErrorCode),
        ListedAsEvents(MetricName.ProviderErrors, Count, Sum, Model, ErrorCode),
        ListedAsEvents(MetricName.RetrievalScore, Score, Distribution, ChatbotId),
        ListedAsEvents(MetricName.Retrievals, Count, Sum, ChatbotId),
        ListedAsEvents(MetricName.RetrievalEmpty, Count, Sum, ChatbotId),
        ListedAsEvents(MetricName.RetrievalLow, Count, Sum, ChatbotId),
        ListedAsEvents(MetricName.NotAnswered, Count, Sum, ChatbotId),
        ListedAsEvents(MetricName.Groundedness, Score, Distribution, ChatbotId),
        ListedAsEvents(MetricName.Feedback, Count, Sum, Value),
        ListedAsEvents(MetricName.Sessions, Count, Sum),
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

    // The list of turns can be narrowed by each of these labels.
    private static MetricDefinition ListedAsTurns(string metric, string unit, string kind, params string[] labels) =>
        new(metric, unit, kind, false, labels) { Behind = "turns" };

    // What is measured of some turns only, or of other events: see EventsBehind.
    private static MetricDefinition ListedAsEvents(string metric, string unit, string kind, params string[] labels) =>
        new(metric, unit, kind, false, labels) { Behind = "timeline" };
}
