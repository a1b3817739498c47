using Evenkeel.Contracts.Timeline;

namespace Evenkeel.Timeline;

/// <summary>
/// What is known of an event type. Whoever records declares its types once, as <c>services.AddSingleton(new TimelineEventDefinition(…))</c>; texts
/// are made from here when events are read, in the reader's language.
/// </summary>
/// <param name="EventType">Such as <c>agent_thinking</c>.</param>
/// <param name="Emoji">Stands before the text.</param>
/// <param name="English">What is under way or was done.</param>
/// <param name="Chinese">The same.</param>
public sealed record TimelineEventDefinition(string EventType, string Emoji, string English, string Chinese)
{
    /// <summary>One of <see cref="PrivacyClass"/>.</summary>
    public string Privacy { get; init; } = PrivacyClass.UserVisible;

    /// <summary>One of <see cref="RetentionClass"/>; what failed, and what has the severity <c>error</c> or <c>critical</c>, is kept as <see cref="RetentionClass.Error"/> all the same.</summary>
    public string Retention { get; init; } = RetentionClass.Event;

    /// <summary>Text of <c>failed</c>, with its own emoji, where it is not simply the text with "failed" behind it.</summary>
    public string? EnglishFailed { get; init; }

    /// <summary>The same.</summary>
    public string? ChineseFailed { get; init; }
}
