using System.Diagnostics;
using System.Globalization;
using Evenkeel.Chat.Stages;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Models;
using Evenkeel.Platform.Tracing;
using Evenkeel.Search;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Chat.Agents;

/// <summary>What a model has searched in one turn.</summary>
/// <param name="firstQuery">What was searched before the model was asked.</param>
internal sealed class SearchRounds(string firstQuery)
{
    /// <summary>Searches of a model; every one is a further call of it, for which a person waits.</summary>
    public const int Most = 3;

    /// <summary>After this no further search begins: the answer has to come within the turn's own limits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Labels found, by query.</summary>
    public Dictionary<string, IReadOnlyList<int>> Known { get; } = new(StringComparer.Ordinal) { [SearchTool.KeyOf(firstQuery)] = [] };

    /// <summary>Rounds done.</summary>
    public int Done { get; set; }
}

/// <summary>
/// Does what a model asks for while it answers: searches the documents or the catalogue again. What is found is numbered on, so that every label of the answer
/// stands for one passage; what was found before is not given again.
/// </summary>
internal sealed partial class ModelSearches(IPassageSearch search, EventSearches events, StageReporter reporter, IOptions<ChatOptions> options, TimeProvider time, ILogger<ModelSearches> logger)
{
    // A model that asks for more at once is guessing.
    private const int MostCalls = 3;
    private const int MostPassages = 4;

    /// <summary>The request that goes on after <paramref name="calls"/>, with their results.</summary>
    /// <param name="context">The turn; its hits grow.</param>
    /// <param name="calls">What the model asked for.</param>
    /// <param name="textBefore">What it wrote before it asked; not shown any more.</param>
    /// <param name="rounds">Of this turn.</param>
    /// <param name="cancellationToken">Of the turn.</param>
    public async Task<ChatModelRequest> ContinueAsync(
        TurnContext context, IReadOnlyList<ChatToolCall> calls, string textBefore, SearchRounds rounds, CancellationToken cancellationToken)
    {
        var request = context.Request!;
        rounds.Done++;
        var results = new List<ChatTurnMessage>(calls.Count);
        for (var index = 0; index < calls.Count; index++)
        {
            using var span = ToolSpan(calls[index], request);
            var text = !request.Tools.Any(tool => tool.Name == calls[index].Name) ? "There is no such tool."
                : index >= MostCalls ? "Too many searches at once; this one was not made."
                : SearchTool.QueryOf(calls[index]) is not { } query ? "The query is missing."
                : calls[index].Name == EventTool.Name ? await events.SearchAsync(context, query, rounds.Done, cancellationToken)
                : await SearchAsync(context, query, rounds, cancellationToken);
            results.Add(ChatTurnMessage.ToolResult(calls[index], text));
        }

        return request with
        {
            Messages = [.. request.Messages, new ChatTurnMessage(ChatRole.Assistant, textBefore) { ToolCalls = calls }, .. results],
            // Whoever takes over gets everything found so far.
            MessagesWithoutTools = context.Prompt!.Messages(context.Hits, tools: []),
            Passages = ComposePrompt.Grounding(context),
            MayCallTools = rounds.Done < SearchRounds.Most,
        };
    }

    /// <summary>Named by the tool where we offered it: what else a model asks for are its own words.</summary>
    private static Activity? ToolSpan(ChatToolCall call, ChatModelRequest request)
    {
        var name = request.Tools.Any(tool => tool.Name == call.Name) ? call.Name : "unknown";
        return Spans.StartBelow($"{GenAi.ExecuteTool} {name}")?.SetTag(GenAi.OperationName, GenAi.ExecuteTool).SetTag(GenAi.ToolName, name);
    }

    private async Task<string> SearchAsync(TurnContext context, string query, SearchRounds rounds, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (rounds.Known.TryGetValue(SearchTool.KeyOf(query), out var known))
        {
            reporter.Progress(context.Turn, TimelineEventType.ToolSearchDocuments, new { origin = "model", round = rounds.Done, repeated = true });
            return known.Count == 0 ? "This was searched already; use other words." : $"This was searched already and found {Labels(known)}.";
        }

        try
        {
            var found = (await search.SearchAsync(SearchDocuments.QueryFor(context, query, MostPassages, options.Value.ContextTokens), cancellationToken)).Context;
            var before = context.Hits.Count;
            var given = context.Hits.SelectMany(hit => hit.PassageIds).ToHashSet();
            PassageHit[] added = [.. found.Where(hit => !hit.PassageIds.All(given.Contains))];
            context.Hits = [.. context.Hits, .. added];
            var labels = found.Select(hit => LabelOf(hit, context.Hits)).ToArray();
            rounds.Known[SearchTool.KeyOf(query)] = labels;
            reporter.Progress(context.Turn, TimelineEventType.ToolSearchDocuments, new
            {
                origin = "model", round = rounds.Done, ms = Math.Round(time.GetElapsedTime(started).TotalMilliseconds, 1),
                passages = found.Select((hit, index) => new { passage_id = hit.PassageId, rank = hit.Rank, score = Math.Round(hit.Score, 3), label = labels[index] }).ToArray(),
            });
            return Answer(context, added, before, labels);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or NpgsqlException { IsTransient: true }))
        {
            Log.SearchFailed(logger, exception, context.Turn.Id);
            reporter.Warn(context.Turn, TimelineEventType.ToolSearchDocuments, new { origin = "model", round = rounds.Done, degraded = "search_failed" });
            return "The search failed.";
        }
    }

    private static string Answer(TurnContext context, IReadOnlyList<PassageHit> added, int before, IReadOnlyList<int> labels)
    {
        var known = labels.Where(label => label <= before).ToArray();
        return (added.Count, known.Length) switch
        {
            (0, 0) => "Nothing was found.",
            (0, _) => $"Nothing new was found; {Labels(known)} fit best.",
            (_, 0) => context.Prompt!.Block.Write(added, before + 1),
            _ => $"{context.Prompt!.Block.Write(added, before + 1)}\n\nAlso fitting, given before: {Labels(known)}.",
        };
    }

    /// <summary>Its own label, or that of the one it stands in: neighbours are given as one passage.</summary>
    private static int LabelOf(PassageHit hit, IReadOnlyList<PassageHit> hits) =>
        1 + hits.Index().OrderByDescending(entry => ReferenceEquals(entry.Item, hit)).First(entry => entry.Item.PassageIds.Contains(hit.PassageId)).Index;

    private static string Labels(IEnumerable<int> labels) => string.Concat(labels.Select(label => string.Create(CultureInfo.InvariantCulture, $"[{label}]")));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Turn {TurnId} goes on without what its model searched for: the search failed")]
        public static partial void SearchFailed(ILogger logger, Exception exception, Guid turnId);
    }
}
