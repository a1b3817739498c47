using Evenkeel.Contracts.Timeline;
using Evenkeel.Timeline;

namespace Evenkeel.Bench.Events;

/// <summary>Events as a turn records them: seven stages begun and ended with their facts, among them the table of passages considered, and the end.</summary>
internal sealed class MadeUpTurns
{
    /// <summary>Events of one turn.</summary>
    public const int EventsPerTurn = 15;

    private const int TurnsPerSession = 5;

    private static readonly Guid Organization = Guid.CreateVersion7();
    private static readonly string[] Stages =
    [
        TimelineEventType.Moderation, TimelineEventType.LoadingHistory, TimelineEventType.AgentThinking, TimelineEventType.ToolSearchEvents,
        TimelineEventType.ToolSearchDocuments, TimelineEventType.ContextComposition, TimelineEventType.ResponseGeneration,
    ];

    private readonly Random _random = new(7);
    private Guid _session;
    private int _turns;

    /// <summary>The events of the next turn.</summary>
    public IEnumerable<TimelineEntry> Next() => Facts().Select(made => made.ToEntry());

    /// <summary>The same with their facts as a stage has them: handing them over is recording, making them up is not.</summary>
    public IEnumerable<MadeUpEvent> Facts()
    {
        if (_turns++ % TurnsPerSession == 0)
        {
            _session = Guid.CreateVersion7();
        }

        var entry = new TimelineEntry
        {
            OrganizationId = Organization, SessionId = _session, MessageId = Guid.CreateVersion7(), TurnId = Guid.CreateVersion7(), CorrelationId = Guid.CreateVersion7(),
            EventType = "", EventStatus = TimelineEventStatus.Started, Timestamp = DateTimeOffset.UtcNow,
        };
        foreach (var stage in Stages)
        {
            yield return new(entry with { EventType = stage, Timestamp = DateTimeOffset.UtcNow }, null);
            var completed = entry with
            {
                EventType = stage, EventStatus = TimelineEventStatus.Completed, Timestamp = DateTimeOffset.UtcNow, ProcessingTime = TimeSpan.FromMilliseconds(_random.NextDouble() * 20),
            };
            yield return new(completed, stage == TimelineEventType.ToolSearchDocuments ? Considered() : Plain());
        }

        yield return new(entry with { EventType = TimelineEventType.SavingMessage, EventStatus = TimelineEventStatus.Completed, ProcessingTime = TimeSpan.FromMilliseconds(3) }, null);
    }

    private Dictionary<string, object?> Plain() => new(StringComparer.Ordinal)
    {
        ["route"] = "documents", ["messages"] = _random.Next(20), ["tokens"] = _random.Next(2_000), ["follow_up"] = _random.Next(2) == 0, ["model"] = "scripted",
    };

    private Dictionary<string, object?> Considered() => new(StringComparer.Ordinal)
    {
        ["found"] = 8,
        ["considered"] = Enumerable.Range(1, 8).Select(rank => new { passage_id = Guid.CreateVersion7(), rank, lexical = _random.NextDouble(), fused = _random.NextDouble(), used = rank < 5 }).ToArray(),
    };
}

/// <summary>An event and the facts that belong to it.</summary>
internal sealed record MadeUpEvent(TimelineEntry Entry, IReadOnlyDictionary<string, object?>? Facts)
{
    public TimelineEntry ToEntry() => Facts is null ? Entry : Entry with { Data = EventData.Of(Facts) };
}
