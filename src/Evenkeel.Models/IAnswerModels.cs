namespace Evenkeel.Models;

/// <summary>
/// The configured models behind one door: tries again what is worth it, goes on to the next model of the chain, and ends with the built-in
/// responder. Chat asks here, never for a provider.
/// </summary>
public interface IAnswerModels
{
    /// <summary>The model asked first.</summary>
    string PrimaryModel { get; }

    /// <summary>
    /// Whether the model asked first is offered tools now. Whoever composes a request with <see cref="ChatModelRequest.Tools"/> still gives
    /// <see cref="ChatModelRequest.MessagesWithoutTools"/>: the endpoint may refuse them, or another model may have to answer.
    /// </summary>
    bool OffersTools { get; }

    /// <summary>How long a call may say nothing before it counts as failed: the longest of all models asked.</summary>
    TimeSpan LongestSilence { get; }

    /// <summary>
    /// Answers, in parts. Each part is handed out before the next step is taken: whoever gets a <see cref="WithdrawPart"/> has withdrawn the
    /// text before the next call begins.
    /// </summary>
    /// <returns>Ends after an <see cref="AnsweredPart"/>.</returns>
    /// <exception cref="ModelException">Nobody answered: the failure of the model asked first, with the shortest wait that is known to help.</exception>
    IAsyncEnumerable<AnswerPart> AnswerAsync(ChatModelRequest request, AnswerLimits limits, CancellationToken ct);
}

/// <summary>What one answer is subject to.</summary>
public sealed record AnswerLimits
{
    /// <summary>A failure that an administrator asked for; other codes than those of models are ignored here.</summary>
    public ForcedError? Forced { get; init; }
}

/// <summary>A piece of an answer, or what becomes of it.</summary>
public abstract record AnswerPart
{
    private protected AnswerPart()
    {
    }
}

/// <summary>Text to be appended.</summary>
public sealed record TextPart(string Model, string Text) : AnswerPart;

/// <summary>
/// The model asks for tools and waits for their results: the last part before <see cref="AnsweredPart"/>, whose finish reason is then "tool_calls".
/// Text that came before belongs to the message with these calls. Ask again with that message, one <see cref="ChatTurnMessage.ToolResult"/> for each
/// call, and the same tools.
/// </summary>
public sealed record ToolCallsPart(string Model, IReadOnlyList<ChatToolCall> Calls) : AnswerPart;

/// <summary>Tokens counted by the provider.</summary>
public sealed record UsagePart(string Model, ChatModelUsage Usage) : AnswerPart;

/// <summary>The text so far does not count: the call that gave it failed, and another follows.</summary>
/// <param name="Reason">For clients: <see cref="Retry"/> or <see cref="Fallback"/>.</param>
public sealed record WithdrawPart(string Reason) : AnswerPart
{
    public const string Retry = "model_retry";
    public const string Fallback = "model_fallback";
}

/// <summary>The model failed and is called again after a wait, which begins when this part has been taken.</summary>
/// <param name="Model">The model.</param>
/// <param name="Call">The number of the coming call, counted over the whole answer.</param>
/// <param name="Wait">How long.</param>
/// <param name="ErrorCode">Why: <c>llm_unavailable</c> or <c>llm_timeout</c>.</param>
/// <param name="HttpStatus">What the endpoint answered, if it did.</param>
public sealed record RetryPart(string Model, int Call, TimeSpan Wait, string ErrorCode, int? HttpStatus) : AnswerPart;

/// <summary>The wait is over and the call begins.</summary>
public sealed record RetryStartedPart(string Model, int Call) : AnswerPart;

/// <summary>Another model goes on from here.</summary>
/// <param name="From">The model given up.</param>
/// <param name="To">The model asked now.</param>
/// <param name="ErrorCode">Why.</param>
/// <param name="IsBreakerOpen">The first one was not even asked, because its endpoint fails.</param>
public sealed record ModelChangedPart(string From, string To, string ErrorCode, bool IsBreakerOpen) : AnswerPart;

/// <summary>The answer is whole.</summary>
/// <param name="Model">Who gave it.</param>
/// <param name="FallbackFrom">The model that should have given it and failed; null when it was that one.</param>
/// <param name="Calls">Model calls made.</param>
/// <param name="FinishReason">As in <see cref="ChatModelDelta"/>.</param>
public sealed record AnsweredPart(string Model, string? FallbackFrom, int Calls, string? FinishReason) : AnswerPart;
