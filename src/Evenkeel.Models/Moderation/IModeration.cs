namespace Evenkeel.Models;

/// <summary>Whose text is looked at.</summary>
public enum ModeratedText
{
    /// <summary>What a person wrote.</summary>
    Question,

    /// <summary>What a model wrote, or a stretch of it.</summary>
    Answer,
}

/// <summary>Categories of harm, as recorded. Never shown to the person.</summary>
public static class ModerationCategory
{
    public const string SelfHarm = "self_harm";
    public const string Weapons = "weapons";
    public const string SexualMinors = "sexual_minors";
    public const string Violence = "violence";
    public const string Hate = "hate";
    public const string Malware = "malware";
    public const string Doxxing = "doxxing";

    /// <summary>Something the configured endpoint objects to and that none of the others names.</summary>
    public const string Other = "other";
}

/// <summary>What moderation says of a text.</summary>
/// <param name="Category">One of <see cref="ModerationCategory"/>; null = nothing to object to.</param>
/// <param name="IsByEndpoint">The endpoint objected, not the built-in rules.</param>
/// <param name="IsDegraded">An endpoint is configured and did not answer: the built-in rules alone decided.</param>
public readonly record struct ModerationVerdict(string? Category, bool IsByEndpoint = false, bool IsDegraded = false)
{
    public bool IsBlocked => Category is not null;
}

/// <summary>
/// Looks for clear-cut harm: by built-in rules in English and Chinese, and by an OpenAI-compatible endpoint where one is configured.
/// It never fails a turn: an endpoint that does not answer in time leaves the decision to the rules.
/// </summary>
public interface IModeration
{
    /// <summary>Whether an endpoint is configured.</summary>
    bool HasEndpoint { get; }

    /// <summary>
    /// Whether a stretch of text has a word without which no rule holds. Cheaper than the rules where the same text passes by in many small pieces.
    /// </summary>
    bool IsSuspicious(string text);

    /// <summary>The built-in rules alone: no I/O, some microseconds.</summary>
    ModerationVerdict CheckByRules(string text, ModeratedText kind);

    /// <summary>The rules, then the endpoint. Takes at most the endpoint's time-out; throws only when cancelled.</summary>
    Task<ModerationVerdict> CheckAsync(string text, ModeratedText kind, CancellationToken cancellationToken);
}
