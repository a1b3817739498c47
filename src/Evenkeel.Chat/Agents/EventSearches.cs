using Evenkeel.Chat.Catalogue;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Search.Catalogue;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Evenkeel.Chat.Agents;

/// <summary>Searches the catalogue for a model, within what the turn may look at.</summary>
internal sealed partial class EventSearches(IEventSearch search, StageReporter reporter, ILogger<EventSearches> logger)
{
    /// <summary>What the model is told: events with the numbers to cite them by, or why there are none.</summary>
    public async Task<string> SearchAsync(TurnContext context, string query, int round, CancellationToken cancellationToken)
    {
        try
        {
            var finding = await search.FindAsync(SearchEvents.QueryFor(context, query, understood: null), cancellationToken);
            var before = context.Hits.Count;
            var added = SearchEvents.Add(context, finding.Hits);
            reporter.Progress(context.Turn, TimelineEventType.ToolSearchEvents, new
            {
                origin = "model", round, backend = finding.Backend, total = finding.Total, ms = Math.Round(finding.TookMs, 1), warnings = finding.Warnings,
                understood = EventFacts.Numbers(finding.Understood),
                events = finding.Hits.Select((hit, index) => new { event_id = hit.Event.Id, rank = index + 1, score = Math.Round(hit.Score, 3), reason = hit.Reason }).ToArray(),
            });
            return UnknownPlaces.NoteFor(finding.Understood, context.AnswerLanguage) is { } note && added.Count == 0 ? note
                : added.Count > 0 ? context.Prompt!.Block.Write([.. context.Hits.Skip(before)], before + 1)
                : finding.Hits.Count > 0 ? "Nothing new was found." : "Nothing was found.";
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or NpgsqlException { IsTransient: true }))
        {
            Log.SearchFailed(logger, exception, context.Turn.Id);
            reporter.Warn(context.Turn, TimelineEventType.ToolSearchEvents, new { origin = "model", round, degraded = "search_failed" });
            return "The search failed.";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} goes on without the events its model searched for: the search failed")]
        public static partial void SearchFailed(ILogger logger, Exception exception, Guid turnId);
    }
}
