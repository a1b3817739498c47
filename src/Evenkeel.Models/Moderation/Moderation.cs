namespace Evenkeel.Models;

/// <summary>Rules first: they cost nothing, and what they refuse need not leave the machine.</summary>
internal sealed class Moderation(ModerationEndpoint endpoint) : IModeration
{
    public bool HasEndpoint => endpoint.IsConfigured;

    public bool IsSuspicious(string text) => ModerationByRules.IsSuspicious(text);

    public ModerationVerdict CheckByRules(string text, ModeratedText kind) => new(ModerationByRules.CategoryOf(text, kind));

    public async Task<ModerationVerdict> CheckAsync(string text, ModeratedText kind, CancellationToken cancellationToken)
    {
        var verdict = CheckByRules(text, kind);
        if (verdict.IsBlocked || !endpoint.IsConfigured)
        {
            return verdict;
        }

        var (isAnswered, category) = await endpoint.AskAsync(text, cancellationToken);
        return new ModerationVerdict(category, IsByEndpoint: category is not null, IsDegraded: !isAnswered);
    }
}
