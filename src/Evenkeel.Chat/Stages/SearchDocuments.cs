using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Knowledge.Privacy;
using Evenkeel.Platform.Errors;
using Evenkeel.Search;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Chat.Stages;

/// <summary>
/// Searches the chatbot's documents. When that fails, the turn goes on without passages unless the chatbot requires them; when only a model
/// that helps the search is away, it goes on with what words alone find.
/// </summary>
internal sealed partial class SearchDocuments(IPassageSearch search, IOptions<ChatOptions> options, ILogger<SearchDocuments> logger) : ITurnStage
{
    private const int MostPassages = 6;

    /// <summary>Candidates told of in the timeline.</summary>
    private const int MostRecorded = 50;

    public string EventType => TimelineEventType.ToolSearchDocuments;

    public bool AppliesTo(TurnContext context) => context.Route.HasFlag(Route.Documents);

    public async Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        try
        {
            var result = await search.SearchAsync(QueryFor(context, context.SearchText, MostPassages, options.Value.ContextTokens), cancellationToken);
            context.WasSearched = true;
            // Passages have the first numbers.
            context.Hits = [.. result.Context, .. context.Hits];
            return Recorded(result);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or NpgsqlException { IsTransient: true }))
        {
            // A database that is away for a moment is not a search that fails: the turn is run again rather than answered without documents.
            if (context.Chatbot.Settings.RequireRetrieval)
            {
                throw new StageFailedException(new Error(ErrorCode.RagError), "rag_error", exception);
            }

            Log.SearchFailed(logger, exception, context.Turn.Id);
            return new Dictionary<string, object?>(StringComparer.Ordinal) { ["degraded"] = "search_failed" };
        }
    }

    /// <summary>A search in the documents of the turn's chatbot, within its settings.</summary>
    internal static PassageQuery QueryFor(TurnContext context, string text, int limit, int tokens) => new()
    {
        OrganizationId = context.Turn.OrganizationId,
        ChatbotId = context.Turn.ChatbotId,
        Text = text,
        // Conversations belong to members of the organization.
        Audience = Audience.Member,
        Limit = limit,
        ContextTokens = tokens,
        LeastScore = context.Chatbot.Settings.LeastScore,
        Masking = MaskingPolicy.Of(context.Chatbot.Settings),
    };

    private static Dictionary<string, object?> Recorded(PassageSearchResult result)
    {
        var trace = result.Trace;
        var recorded = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["indexed_passages"] = result.IndexedPassages,
            ["candidates"] = result.Candidates,
            ["answerable"] = trace.IsAnswerable,
            ["language"] = trace.Language,
            ["warnings"] = trace.Warnings,
            ["steps"] = trace.Steps.Select(step => new { name = step.Name, @in = step.In, @out = step.Out, ms = step.Milliseconds }).ToArray(),
            ["passages"] = result.Hits.Select(hit => new { passage_id = hit.PassageId, rank = hit.Rank, score = Math.Round(hit.Score, 3) }).ToArray(),
            ["considered"] = ConsideredPassages.Of([.. trace.Candidates.Take(MostRecorded)]),
        };
        if (result.IsDegraded)
        {
            recorded["degraded"] = "lexical_only";
        }

        return recorded;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} goes on without documents: the search failed")]
        public static partial void SearchFailed(ILogger logger, Exception exception, Guid turnId);
    }
}
