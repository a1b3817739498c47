using Evenkeel.Chat.Agents;
using Evenkeel.Chat.Catalogue;
using Evenkeel.Chat.Prompts;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Models;
using Evenkeel.Platform.Identifiers;
using Microsoft.Extensions.Options;

namespace Evenkeel.Chat.Stages;

/// <summary>
/// Puts together what the model gets, within token budgets: instructions, passages, history, question. The passages fit already: what did not was
/// left out whole by the search, so that every citation label stands for a passage the model saw in full.
/// </summary>
internal sealed class ComposePrompt(PromptTexts prompts, IAnswerModels models, IdSource ids, IOptions<ChatOptions> options) : ITurnStage
{
    public string EventType => TimelineEventType.ContextComposition;

    public Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var history = RecentWithinBudget(context.History, options.Value.HistoryTokens);
        context.Prompt = new TurnPrompt(prompts, MaterialBlock.For(ids.Next()), context, history);
        context.Request = Request(context, context.Prompt);
        return Task.FromResult<IReadOnlyDictionary<string, object?>>(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["prompt_version"] = PromptTexts.Version,
            ["passages"] = context.Hits.Count,
            ["history_messages"] = history.Count,
            ["tools"] = context.Request.Tools.Count,
            ["estimated_tokens"] = context.Request.Messages.Sum(message => TokenEstimate.Of(message.Text)),
        });
    }

    /// <summary>Passages as the built-in responder reads them.</summary>
    internal static GroundingPassage[] Grounding(TurnContext context) =>
    [
        .. context.Hits.Select((hit, index) => new GroundingPassage(
            hit.PassageId, $"{index + 1}", hit.Title, hit.HeadingPath, hit.Text, hit.Language, hit.Score)
        {
            Line = context.Events.TryGetValue(hit.PassageId, out var found) ? EventFacts.Line(found.Event, context.AnswerLanguage) : null,
        }),
    ];

    private ChatModelRequest Request(TurnContext context, TurnPrompt prompt)
    {
        var settings = context.Chatbot.Settings;
        // Passages are given at once in any case: most questions need no second search, and a first answer is not to wait for one.
        var withTools = context.Route != Route.SmallTalk && settings.UseTools && models.OffersTools;
        ChatTool[] tools = withTools ? SearchTools.For(context) : [];
        var messages = prompt.Messages(context.Hits, tools);
        return new ChatModelRequest
        {
            Messages = messages,
            MessagesWithoutTools = tools.Length > 0 ? prompt.WithoutTools(messages) : null,
            Tools = tools,
            Question = context.SearchText,
            Passages = Grounding(context),
            Notes = context.Notes,
            Language = context.AnswerLanguage,
            Model = settings.Model.Length == 0 ? null : settings.Model,
            Temperature = settings.Temperature,
            Persona = settings.Persona,
            UnknownAnswer = settings.UnknownAnswer,
            IsSmallTalk = context.Route == Route.SmallTalk,
            CorrelationId = context.Turn.CorrelationId,
        };
    }

    private static List<HistoryMessage> RecentWithinBudget(IReadOnlyList<HistoryMessage> history, int budget)
    {
        var first = history.Count;
        while (first > 0 && (budget -= TokenEstimate.Of(history[first - 1].Text)) >= 0)
        {
            first--;
        }

        return [.. history.Skip(first)];
    }
}
