namespace Evenkeel.Models;

public enum ChatRole
{
    System,
    User,
    Assistant,
}

public sealed record ChatTurnMessage(ChatRole Role, string Text);

/// <summary>A retrieved passage offered to the model.</summary>
/// <param name="Id">The stored passage.</param>
/// <param name="Label">The short citation label ("1", "2"…), written as [1] in the answer.</param>
/// <param name="Title">The title of the document it comes from.</param>
/// <param name="HeadingPath">The headings above the passage, outermost first.</param>
/// <param name="Text">The passage as Markdown.</param>
/// <param name="Language">"en" or "zh".</param>
/// <param name="Score">The retrieval score; only its order and proportion within one request count.</param>
public sealed record GroundingPassage(
    Guid Id, string Label, string Title, IReadOnlyList<string> HeadingPath, string Text, string Language, double Score);

/// <summary>
/// What one turn asks of a model. <see cref="Messages"/> is the complete prompt as composed under the token budget (system,
/// history, question); remote providers send exactly that. The other fields carry the same turn in structured form for a
/// responder that does not read prompts.
/// </summary>
public sealed record ChatModelRequest
{
    public required IReadOnlyList<ChatTurnMessage> Messages { get; init; }

    /// <summary>What to look up: the newest user message, after the earlier question it follows on, if any.</summary>
    public required string Question { get; init; }

    public required IReadOnlyList<GroundingPassage> Passages { get; init; }

    /// <summary>The language of the question and so of the answer: "en" or "zh".</summary>
    public required string Language { get; init; }

    /// <summary>Overrides the configured model name, for bots that choose their own.</summary>
    public string? Model { get; init; }

    /// <summary>Null leaves it to the model: some refuse the parameter. Anthropic has it no more and ignores this.</summary>
    public double? Temperature { get; init; }

    /// <summary>Where nothing else is asked for.</summary>
    public const int LongestAnswerTokens = 1024;

    public int MaxOutputTokens { get; init; } = LongestAnswerTokens;

    public string Persona { get; init; } = "";

    /// <summary>What to say when the answer is not known; "" means built-in wording in <see cref="Language"/>.</summary>
    public string UnknownAnswer { get; init; } = "";

    public bool IsSmallTalk { get; init; }

    /// <summary>Joins the log lines of a call with the turn's; not sent to the provider.</summary>
    public Guid CorrelationId { get; init; }
}

/// <summary>A piece of the answer. Usage and finish reason arrive with, or after, the last text; then <c>Text</c> may be "".</summary>
/// <param name="Text">To be appended to the answer.</param>
/// <param name="Usage">Null where the provider does not count.</param>
/// <param name="FinishReason">"stop", "length" (cut at MaxOutputTokens) or "content_filter", whatever the provider calls it.</param>
public readonly record struct ChatModelDelta(string Text, ChatModelUsage? Usage = null, string? FinishReason = null);

public sealed record ChatModelUsage(int InputTokens, int OutputTokens);
