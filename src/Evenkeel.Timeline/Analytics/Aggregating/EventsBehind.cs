using System.Collections.Frozen;
using Dapper;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Timeline.Analytics.Series;

namespace Evenkeel.Timeline.Analytics.Aggregating;

/// <summary>
/// The events that a number was made of, as a condition on <c>chat_events c</c>: what <see cref="MeasureEvents"/> decides event by event, said once more for the
/// list behind a point. A test counts both.
/// </summary>
/// <param name="Metric">One that <see cref="IsOf"/> says yes to.</param>
/// <param name="Labels">Of the metric's own labels: their names become part of the statement.</param>
/// <param name="LowScore">As in <see cref="AnalyticsOptions.LowScore"/>.</param>
internal sealed record EventsBehind(MetricDefinition Metric, IReadOnlyList<MetricFilter> Labels, double LowScore)
{
    private const string Turn = $"c.event_type = '{TimelineEventType.TurnEnded}'";
    private const string Retry = $"c.event_type = '{TimelineEventType.ModelRetry}'";
    private const string Fallback = $"c.event_type = '{TimelineEventType.ModelFallback}'";
    private const string Unanswered = $"{Turn} AND c.event_data ->> 'error_code' IN ('{ErrorCode.LlmUnavailable}', '{ErrorCode.LlmTimeout}')";

    // Data is compared as JSON: what is of another type than it should be does not fit, and does not fail.
    private static readonly FrozenDictionary<string, string> Conditions = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [MetricName.Turns] = Turn,
        [MetricName.TurnDuration] = Number("total_ms"),
        [MetricName.FirstToken] = Number("first_token_ms"),
        [MetricName.QueueWait] = Number("queue_ms"),
        [MetricName.StageDuration] = $"NOT {Turn} AND c.processing_ms IS NOT NULL",
        [MetricName.StageEvents] = "true",
        [MetricName.Errors] = $"NOT {Turn} AND (c.event_status = '{TimelineEventStatus.Failed}' OR c.error_severity IN ('error', 'critical'))",
        [MetricName.TokensIn] = Amount("input_tokens"),
        [MetricName.TokensOut] = Amount("output_tokens"),
        [MetricName.Credits] = Amount("credits"),
        [MetricName.ModelCalls] = Amount("model_calls"),
        [MetricName.ModelRetries] = Retry,
        [MetricName.ModelFallbacks] = Fallback,
        [MetricName.ProviderErrors] = $"({Retry} OR {Fallback} OR ({Unanswered}))",
        [MetricName.RetrievalScore] = Number("best_score"),
        [MetricName.Retrievals] = Number("passages"),
        [MetricName.RetrievalEmpty] = $"{Turn} AND c.event_data -> 'passages' = '0'",
        [MetricName.RetrievalLow] = $"{Number("best_score")} AND c.event_data -> 'best_score' < to_jsonb(@lowScore::float8)",
        [MetricName.NotAnswered] = $"{Turn} AND c.event_data -> 'answered' = 'false'",
        [MetricName.Groundedness] = Number("groundedness"),
        [MetricName.Feedback] = $"c.event_type = '{TimelineEventType.FeedbackGiven}'",
        [MetricName.Sessions] = "c.seq = 1",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether it is made of events, and not read from somewhere.</summary>
    public static bool IsOf(MetricDefinition metric) => Conditions.ContainsKey(metric.Metric);

    /// <summary>The condition, its values added to <paramref name="parameters"/>.</summary>
    public string Sql(DynamicParameters parameters)
    {
        parameters.Add("lowScore", LowScore);
        return $"{Conditions[Metric.Metric]} AND {MetricFilter.Sql(Labels, parameters, label => $"left({ValueOf(label)}, {Aggregating.Labels.LongestValue})")}";
    }

    private string ValueOf(string label) => (Metric.Metric, label) switch
    {
        (MetricName.StageEvents, MetricLabel.Status) => "c.event_status",
        (_, MetricLabel.EventType) => "c.event_type",
        (_, MetricLabel.ErrorType) => "c.error_type",
        (_, MetricLabel.Severity) => "c.error_severity",
        // The one that was left has failed.
        (MetricName.ModelFallbacks, MetricLabel.Model) => "c.event_data ->> 'from'",
        (MetricName.ProviderErrors, MetricLabel.Model) => "coalesce(c.event_data ->> 'from', c.event_data ->> 'model')",
        _ => $"c.event_data ->> '{label}'",
    };

    private static string Number(string member) => $"{Turn} AND jsonb_typeof(c.event_data -> '{member}') = 'number'";

    private static string Amount(string member) => $"{Number(member)} AND c.event_data -> '{member}' <> '0'";
}
