using System.Text.Json;
using System.Text.Json.Serialization;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Privacy;
using Evenkeel.Timeline;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// The event <c>turn_ended</c>: all that is measured of a turn, written in the transaction that ends it, so that each ended turn has exactly one. Analytics
/// are made from it. Times are milliseconds; what is not known is absent.
/// </summary>
internal sealed record TurnEnded
{
    public required string Status { get; init; }
    public string? ErrorCode { get; init; }
    public required Guid ChatbotId { get; init; }

    /// <summary>From the send to the first claim.</summary>
    public double? QueueMs { get; init; }

    /// <summary>From the send to the first piece of the answer.</summary>
    public double? FirstTokenMs { get; init; }

    /// <summary>From the send to the end.</summary>
    public required double TotalMs { get; init; }
    public required int Attempts { get; init; }
    public int? ModelCalls { get; init; }
    public string? Model { get; init; }

    /// <summary>Another model than the one asked first answered.</summary>
    public bool Fallback { get; init; }
    public int? InputTokens { get; init; }
    public int? OutputTokens { get; init; }

    /// <summary>What was charged, in credits.</summary>
    public double? Credits { get; init; }
    public string? Route { get; init; }

    /// <summary>Passages and events offered to the model, where anything was looked up.</summary>
    public int? Passages { get; init; }

    /// <summary>Of the best of them, 0 to 1.</summary>
    public double? BestScore { get; init; }

    /// <summary>False when the answer says that it does not know.</summary>
    public bool? Answered { get; init; }

    /// <summary>Share of what the answer states that stands in what was offered, 0 to 1.</summary>
    public double? Groundedness { get; init; }

    /// <summary>What is known of a turn that a worker has run.</summary>
    public static TurnEnded Of(TurnContext context, string status, string? errorCode, DateTimeOffset endedAt)
    {
        var turn = context.Turn;
        var meta = context.Meta;
        return new TurnEnded
        {
            Status = status,
            ErrorCode = errorCode,
            ChatbotId = turn.ChatbotId,
            QueueMs = turn.StartedAt is { } started ? Since(turn, started) : null,
            FirstTokenMs = context.FirstTokenAt is { } first ? Since(turn, first) : null,
            TotalMs = Since(turn, endedAt),
            Attempts = turn.Attempt,
            ModelCalls = meta.RetryMeta?.ModelCalls,
            Model = ModelOf(context),
            Fallback = meta.Fallback is not null,
            InputTokens = context.Usage?.InputTokens,
            OutputTokens = context.Usage?.OutputTokens,
            Route = meta.Route,
            Passages = context.WasSearched ? context.Hits.Count : null,
            BestScore = context.WasSearched && context.Hits.Count > 0 ? Math.Round(context.Hits.Max(hit => hit.Score), 3) : null,
            Answered = meta.Quality?.Answered,
            Groundedness = meta.Quality?.Groundedness,
        };
    }

    /// <summary>What answered, null when nothing did: the same text in the turn's row and in its event, so that a line of a chart finds its turns.</summary>
    public static string? ModelOf(TurnContext context) => context.ModelName.Length > 0 ? Redaction.Text("model", context.ModelName) : null;

    /// <summary>As the timeline's entry.</summary>
    /// <param name="turn">Its ids; <see cref="TimelineEntry.EventType"/> and what follows from the end are set here.</param>
    public TimelineEntry ToEntry(TimelineEntry turn) => turn with
    {
        EventType = TimelineEventType.TurnEnded,
        EventStatus = Status == TurnStatus.Failed ? TimelineEventStatus.Failed : TimelineEventStatus.Completed,
        ProcessingTime = TimeSpan.FromMilliseconds(TotalMs),
        DataJson = JsonSerializer.Serialize(this, TurnEndedJson.Default.TurnEnded),
    };

    // Two nodes' clocks may differ by more than a turn waits.
    private static double Since(Turn turn, DateTimeOffset moment) => Math.Max(0, Math.Round((moment - turn.QueuedAt).TotalMilliseconds, 1));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TurnEnded))]
internal sealed partial class TurnEndedJson : JsonSerializerContext;
