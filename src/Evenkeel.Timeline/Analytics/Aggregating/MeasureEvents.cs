using System.Text.Json;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Timeline;

namespace Evenkeel.Timeline.Analytics.Aggregating;

/// <summary>Like events of one minute, counted by the database.</summary>
internal sealed record StageRow
{
    public required Guid OrganizationId { get; init; }
    public required DateTime At { get; init; }
    public required string EventType { get; init; }
    public required string EventStatus { get; init; }
    public string? ErrorType { get; init; }
    public string? ErrorSeverity { get; init; }

    /// <summary>Of the processing time; null where there was none.</summary>
    public short? Bucket { get; init; }
    public required long Count { get; init; }
    public double Sum { get; init; }
    public double Least { get; init; }
    public double Greatest { get; init; }

    /// <summary>How many of them were the first of their session.</summary>
    public long First { get; init; }
}

/// <summary>One event whose data is measured.</summary>
internal sealed record FactRow
{
    public required Guid OrganizationId { get; init; }
    public required DateTime At { get; init; }
    public required string EventType { get; init; }
    public string? Data { get; init; }
}

/// <summary>What is measured of events: pure, so that a test needs no database.</summary>
internal sealed class MeasureEvents(double lowScore)
{
    /// <summary>Types whose data is read, event by event.</summary>
    public static IReadOnlyList<string> FactTypes { get; } =
        [TimelineEventType.TurnEnded, TimelineEventType.ModelRetry, TimelineEventType.ModelFallback, TimelineEventType.FeedbackGiven];

    public static void Add(MinutePoints points, StageRow row)
    {
        var minute = new Minute(row.OrganizationId, row.At);
        var counted = new Measured(row.Count, row.Count, 1, 1);
        points.Add(minute, MetricName.StageEvents, new((MetricLabel.EventType, row.EventType), (MetricLabel.Status, row.EventStatus)), (0, counted));
        if (row.First > 0)
        {
            points.Add(minute, MetricName.Sessions, new(), (0, new Measured(row.First, row.First, 1, 1)));
        }

        // How a turn ended is counted with the turns.
        if (row.EventType == TimelineEventType.TurnEnded)
        {
            return;
        }

        if (row.Bucket is { } bucket)
        {
            points.Add(minute, MetricName.StageDuration, new((MetricLabel.EventType, row.EventType)), (bucket, new Measured(row.Count, row.Sum, row.Least, row.Greatest)));
        }

        if (row.EventStatus == TimelineEventStatus.Failed || row.ErrorSeverity is "error" or "critical")
        {
            points.Add(
                minute, MetricName.Errors,
                new((MetricLabel.ErrorType, row.ErrorType), (MetricLabel.EventType, row.EventType), (MetricLabel.Severity, row.ErrorSeverity)), (0, counted));
        }
    }

    public void Add(MinutePoints points, FactRow row)
    {
        if (row.Data is null)
        {
            return;
        }

        using var document = JsonDocument.Parse(row.Data);
        var data = new EventFacts(document.RootElement);
        var minute = new Minute(row.OrganizationId, row.At);
        switch (row.EventType)
        {
            case TimelineEventType.TurnEnded:
                AddTurn(points, minute, data);
                break;
            case TimelineEventType.ModelRetry:
                AddFailure(points, minute, MetricName.ModelRetries, (data.Text("model"), data.Text("error_code")));
                break;
            case TimelineEventType.ModelFallback:
                AddFailure(points, minute, MetricName.ModelFallbacks, (data.Text("from"), data.Text("error_code")));
                break;
            case TimelineEventType.FeedbackGiven:
                points.Count(minute, MetricName.Feedback, new((MetricLabel.Value, data.Text("value"))));
                break;
        }
    }

    /// <summary>A model that is asked again, or left for another one, has failed.</summary>
    private static void AddFailure(MinutePoints points, Minute minute, string metric, (string? Model, string? ErrorCode) failure)
    {
        var labels = new Labels((MetricLabel.Model, failure.Model), (MetricLabel.ErrorCode, failure.ErrorCode));
        points.Count(minute, metric, labels);
        points.Count(minute, MetricName.ProviderErrors, labels);
    }

    private void AddTurn(MinutePoints points, Minute minute, EventFacts data)
    {
        var (status, code) = ((MetricLabel.Status, data.Text("status")), (MetricLabel.ErrorCode, data.Text("error_code")));
        var (chatbot, model) = ((MetricLabel.ChatbotId, data.Text("chatbot_id")), (MetricLabel.Model, data.Text("model")));
        points.Count(minute, MetricName.Turns, new(status, code, chatbot, model));
        Observe(MetricName.TurnDuration, "total_ms", new(status, chatbot, model));
        Observe(MetricName.FirstToken, "first_token_ms", new(chatbot, model));
        Observe(MetricName.QueueWait, "queue_ms", new(chatbot));
        Sum(MetricName.TokensIn, "input_tokens", new(model, chatbot));
        Sum(MetricName.TokensOut, "output_tokens", new(model, chatbot));
        Sum(MetricName.Credits, "credits", new(model, chatbot));
        Sum(MetricName.ModelCalls, "model_calls", new(model, chatbot));
        // The last failure has no retry behind it.
        if (code.Item2 is ErrorCode.LlmUnavailable or ErrorCode.LlmTimeout)
        {
            points.Count(minute, MetricName.ProviderErrors, new(model, code));
        }

        AddQuality(points, minute, data, new(chatbot));

        void Observe(string metric, string member, Labels labels)
        {
            if (data.Number(member) is { } value)
            {
                points.Observe(minute, metric, labels, value);
            }
        }

        void Sum(string metric, string member, Labels labels)
        {
            if (data.Number(member) is { } value and not 0)
            {
                points.Count(minute, metric, labels, value);
            }
        }
    }

    private void AddQuality(MinutePoints points, Minute minute, EventFacts data, Labels chatbot)
    {
        if (data.Number("passages") is { } passages)
        {
            points.Count(minute, MetricName.Retrievals, chatbot);
            if (passages == 0)
            {
                points.Count(minute, MetricName.RetrievalEmpty, chatbot);
            }
        }

        if (data.Number("best_score") is { } score)
        {
            points.Observe(minute, MetricName.RetrievalScore, chatbot, score);
            if (score < lowScore)
            {
                points.Count(minute, MetricName.RetrievalLow, chatbot);
            }
        }

        if (data.Number("groundedness") is { } groundedness)
        {
            points.Observe(minute, MetricName.Groundedness, chatbot, groundedness);
        }

        if (data.IsFalse("answered"))
        {
            points.Count(minute, MetricName.NotAnswered, chatbot);
        }
    }
}

/// <summary>Members of an event's data; what is absent or of another type is not measured.</summary>
internal readonly struct EventFacts(JsonElement data)
{
    public string? Text(string member) => Find(member) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public double? Number(string member) => Find(member) is { ValueKind: JsonValueKind.Number } value && double.IsFinite(value.GetDouble()) ? value.GetDouble() : null;

    public bool IsFalse(string member) => Find(member) is { ValueKind: JsonValueKind.False };

    private JsonElement? Find(string member) => data.ValueKind == JsonValueKind.Object && data.TryGetProperty(member, out var value) ? value : null;
}
