using Evenkeel.Contracts.Timeline;
using Evenkeel.Timeline.Catalogue;

namespace Evenkeel.Timeline.CustomEvents;

/// <summary>All event types of one organization: the program's own, and those it has registered.</summary>
internal sealed class EventTypeBook(EventTexts own, IReadOnlyDictionary<string, CustomEventType> custom)
{
    /// <summary>Types of which a conversation's own person may see that they happened.</summary>
    public IEnumerable<string> VisibleToUsers =>
        own.Definitions.Concat(custom.Values.Select(type => type.Definition)).Where(IsVisible).Select(definition => definition.EventType);

    /// <summary>Those the organization has registered.</summary>
    public IReadOnlyDictionary<string, CustomEventType> Custom => custom;

    /// <summary>Whether it is one of <see cref="VisibleToUsers"/>. A type that is not known is not.</summary>
    public bool IsVisibleToUsers(string type) => Find(type) is { } definition && IsVisible(definition);

    /// <summary>The text of an event.</summary>
    public string Text(string type, string status, string language) =>
        custom.TryGetValue(type, out var found) ? EventTexts.Of(found.Definition, status, language) : own.Of(type, status, language);

    private static bool IsVisible(TimelineEventDefinition definition) => definition.Privacy == PrivacyClass.UserVisible;

    private TimelineEventDefinition? Find(string type) => custom.TryGetValue(type, out var found) ? found.Definition : own.Find(type);
}

/// <summary>A type that an organization has registered.</summary>
/// <param name="Definition">Its texts and classes.</param>
/// <param name="SchemaJson">What its data must be like, as it was given.</param>
internal sealed record CustomEventType(TimelineEventDefinition Definition, string SchemaJson);
