using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Chats;

/// <summary>Whether an answer helped.</summary>
public static class FeedbackValue
{
    public const string Up = "up";
    public const string Down = "down";
}

/// <summary>
/// Body of <c>POST /api/v1/messages/{id}/feedback</c>; it replaces what was said before. An unknown field is refused: a misspelt <c>value</c> must not
/// take it back.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FeedbackRequest
{
    /// <summary><c>up</c> or <c>down</c>; null takes it back.</summary>
    public string? Value { get; init; }

    /// <summary>Up to 2,000 characters, trimmed; only with a value. Owners and administrators of the organization can read it.</summary>
    public string? Comment { get; init; }
}

/// <summary>What a person said of an answer.</summary>
public sealed record MessageFeedback
{
    /// <summary><c>up</c> or <c>down</c>.</summary>
    public required string Value { get; init; }

    /// <summary>In their words; absent where they wrote none.</summary>
    public string? Comment { get; init; }
}
