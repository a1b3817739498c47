using Evenkeel.Chat.Guarding;
using Evenkeel.Chat.Turns;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Models;

namespace Evenkeel.Chat.Stages;

/// <summary>Looks at the question before anything else does: what is refused reaches neither search nor model.</summary>
internal sealed class ModerateInput(IModeration moderation) : ITurnStage
{
    public string EventType => TimelineEventType.Moderation;

    public async Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        var verdict = await moderation.CheckAsync(context.Turn.Question, ModeratedText.Question, cancellationToken);
        if (verdict.Category is { } category)
        {
            throw BlockedAnswers.Failure(context, category, verdict.IsByEndpoint ? "endpoint" : "rules");
        }

        var facts = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["of"] = "question",
            ["source"] = moderation.HasEndpoint && !verdict.IsDegraded ? "rules_and_endpoint" : "rules",
        };
        if (verdict.IsDegraded)
        {
            facts["degraded"] = "endpoint_unavailable";
        }

        return facts;
    }
}
