using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Search.Catalogue;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Evenkeel.Chat.Catalogue;

/// <summary>
/// Searches the organization's events. What fails here is done without; a place that is not known is told to the person, with what may have been
/// meant, and not ignored.
/// </summary>
internal sealed partial class SearchEvents(IEventSearch search, ILogger<SearchEvents> logger) : ITurnStage
{
    private const int MostEvents = 8;

    /// <summary>Beside documents an event has to fit closely, with every word, or it would be recommended with every other answer.</summary>
    private const double LeastScoreBesideDocuments = 0.6;

    public string EventType => TimelineEventType.ToolSearchEvents;

    public bool AppliesTo(TurnContext context) => context.Route.HasFlag(Route.Catalogue);

    public async Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        if (UnknownPlaces.NoteFor(context.Understood!, context.AnswerLanguage) is { } note && context.Understood!.Places.Count == 0)
        {
            // Events elsewhere are no answer to where somebody asked for.
            context.Notes = [note];
            return Problem(context);
        }

        try
        {
            var finding = await search.FindAsync(QueryFor(context, context.SearchText, context.Understood), cancellationToken);
            context.WasSearched = true;
            var kept = Offer(context, finding);
            return Recorded(context, finding, kept);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or NpgsqlException { IsTransient: true }))
        {
            Log.SearchFailed(logger, exception, context.Turn.Id);
            AlsoDocuments(context);
            return new Dictionary<string, object?>(StringComparer.Ordinal) { ["degraded"] = "search_failed" };
        }
    }

    /// <summary>A search in the catalogue within what the turn may look at.</summary>
    internal static EventQuery QueryFor(TurnContext context, string text, UnderstoodQuestion? understood) => new()
    {
        OrganizationId = context.Turn.OrganizationId,
        Text = text,
        Understood = understood,
        TimeZone = context.Turn.TimeZone,
        Limit = MostEvents,
        OnlyEvents = context.Turn.OnlyEvents,
    };

    /// <summary>Adds events to what the model is offered.</summary>
    /// <returns>Those that were not offered before.</returns>
    internal static IReadOnlyList<FoundEvent> Add(TurnContext context, IEnumerable<FoundEvent> found)
    {
        FoundEvent[] added = [.. found.Where(one => context.Events.TryAdd(one.Event.Id, one))];
        context.Hits = [.. context.Hits, .. added.Select((one, index) => EventFacts.AsPassage(one, index + 1, context.AnswerLanguage))];
        return added;
    }

    private static IReadOnlyList<FoundEvent> Offer(TurnContext context, EventFinding finding)
    {
        var kept = Add(context, finding.Hits.Where(hit => !context.Route.HasFlag(Route.Documents) || (finding.Words == WordsFound.Every && hit.Score >= LeastScoreBesideDocuments)));
        if (kept.Count == 0)
        {
            AlsoDocuments(context);
        }
        else if (finding.Words == WordsFound.None && context.Turn.OnlyEvents is null)
        {
            context.Notes = [.. context.Notes, WithoutWords(context.AnswerLanguage)];
        }

        var route = kept.Count > 0 || !context.Route.HasFlag(Route.Documents) ? context.Route : Route.Documents;
        context.Meta = context.Meta with { Route = Routes.Name(route), Understood = kept.Count > 0 ? finding.Understood : context.Meta.Understood };
        return kept;
    }

    private static string WithoutWords(string language) => language == "zh"
        ? "没有活动包含所问的内容；以下活动符合所问的地点、日期或参加方式。"
        : "No event mentions what was asked for; these fit the place, the days or the way of attending.";

    /// <summary>Where the catalogue has nothing, documents may; not where somebody asks about given events.</summary>
    private static void AlsoDocuments(TurnContext context)
    {
        if (context.Turn.OnlyEvents is null)
        {
            context.Route |= Route.Documents;
        }
    }

    private static Dictionary<string, object?> Problem(TurnContext context) => new(StringComparer.Ordinal)
    {
        ["error_type"] = ErrorCode.LocationError,
        ["severity"] = ErrorCatalogue.Of(ErrorCode.LocationError).Severity,
        ["unknown_places"] = context.Understood!.UnknownPlaces.Count,
        ["suggestions"] = context.Understood.UnknownPlaces.SelectMany(place => place.Suggestions).Select(place => place.LocationId).ToArray(),
    };

    private static Dictionary<string, object?> Recorded(TurnContext context, EventFinding finding, IReadOnlyList<FoundEvent> kept) => new(StringComparer.Ordinal)
    {
        ["backend"] = finding.Backend,
        ["total"] = finding.Total,
        ["ms"] = Math.Round(finding.TookMs, 1),
        ["restricted_to"] = context.Turn.OnlyEvents?.Count,
        ["offered"] = kept.Count,
        ["words_found"] = finding.Words.ToString().ToLowerInvariant(),
        ["warnings"] = finding.Warnings,
        ["understood"] = EventFacts.Numbers(finding.Understood),
        ["events"] = finding.Hits.Select((hit, index) => new { event_id = hit.Event.Id, rank = index + 1, score = Math.Round(hit.Score, 3), reason = hit.Reason }).ToArray(),
    };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} goes on without the catalogue: the search failed")]
        public static partial void SearchFailed(ILogger logger, Exception exception, Guid turnId);
    }
}
