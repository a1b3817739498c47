using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Errors;
using Evenkeel.Search;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Evenkeel.Chat.Stages;

/// <summary>Searches the chatbot's documents. When that fails, the turn goes on without passages unless the chatbot requires them.</summary>
internal sealed partial class SearchDocuments(IPassageSearch search, ILogger<SearchDocuments> logger) : ITurnStage
{
    private const int MostPassages = 6;

    public string EventType => TimelineEventType.ToolSearchDocuments;

    public bool AppliesTo(TurnContext context) => context.Route == Route.Documents;

    public async Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var turn = context.Turn;
        try
        {
            var result = await search.SearchAsync(
                QueryFor(context, context.SearchText, MostPassages), cancellationToken);
            context.Hits = result.Hits;
            return new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["indexed_passages"] = result.IndexedPassages,
                ["candidates"] = result.Candidates,
                ["passages"] = result.Hits.Select(hit => new { passage_id = hit.PassageId, rank = hit.Rank, score = Math.Round(hit.Score, 3) }).ToArray(),
            };
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or NpgsqlException { IsTransient: true }))
        {
            // A database that is away for a moment is not a search that fails: the turn is run again rather than answered without documents.
            if (context.Chatbot.Settings.RequireRetrieval)
            {
                throw new StageFailedException(new Error(ErrorCode.RagError), "rag_error", exception);
            }

            Log.SearchFailed(logger, exception, turn.Id);
            return new Dictionary<string, object?>(StringComparer.Ordinal) { ["degraded"] = "search_failed" };
        }
    }

    /// <summary>A search in the documents of the turn's chatbot.</summary>
    internal static PassageQuery QueryFor(TurnContext context, string text, int limit) =>
        new() { OrganizationId = context.Turn.OrganizationId, ChatbotId = context.Turn.ChatbotId, Text = text, Limit = limit };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} goes on without documents: the search failed")]
        public static partial void SearchFailed(ILogger logger, Exception exception, Guid turnId);
    }
}
