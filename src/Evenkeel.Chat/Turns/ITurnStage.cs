namespace Evenkeel.Chat.Turns;

/// <summary>
/// One stage of a turn. Stages run in the order of registration; each is recorded as started, then completed or failed, with its duration.
/// A stage holds no transaction open while it waits for somebody else.
/// </summary>
internal interface ITurnStage
{
    /// <summary>A type of <see cref="Contracts.Timeline.TimelineEventType"/>.</summary>
    string EventType { get; }

    /// <summary>How long the stage may show nothing before clients may take the indicator away.</summary>
    TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>Whether this turn needs the stage at all.</summary>
    bool AppliesTo(TurnContext context) => true;

    /// <summary>Does the work on <paramref name="context"/>.</summary>
    /// <returns>Facts for the timeline: names and numbers, never message text.</returns>
    Task<IReadOnlyDictionary<string, object?>> RunAsync(TurnContext context, CancellationToken cancellationToken);
}

/// <summary>A stage ends the turn with an error that the person sees.</summary>
internal sealed class StageFailedException(Platform.Errors.Error error, string errorType, Exception? inner = null) : Exception(error.Code, inner)
{
    public Platform.Errors.Error Error { get; } = error;

    /// <summary><c>rag_error</c>, <c>llm_error</c>, <c>location_error</c>, <c>validation_error</c> or <c>content_blocked</c>.</summary>
    public string ErrorType { get; } = errorType;

    /// <summary>More for the timeline: names and numbers, never message text.</summary>
    public IReadOnlyDictionary<string, object?> Facts { get; init; } = new Dictionary<string, object?>(StringComparer.Ordinal);
}
