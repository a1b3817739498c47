using System.Collections.Frozen;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Http;

namespace Evenkeel.Timeline.Catalogue;

/// <summary>
/// Friendly texts of events, made when they are read or shown: stored are types only, so that every reader gets their own language and a better word
/// reaches old events too.
/// </summary>
public sealed class EventTexts(IEnumerable<TimelineEventDefinition> definitions)
{
    // A type of a newer release, or one whose registration was removed: what it was is not known, that it was is.
    private static readonly TimelineEventDefinition Unknown = new("", "ℹ️", "Something was recorded", "已记录一项活动")
    {
        EnglishFailed = "⚠️ A step failed",
        ChineseFailed = "⚠️ 一个步骤失败",
        Privacy = PrivacyClass.Operational,
    };

    private readonly FrozenDictionary<string, TimelineEventDefinition> _byType =
        definitions.ToFrozenDictionary(definition => definition.EventType, StringComparer.Ordinal);

    /// <summary>All types that the program's own modules declare.</summary>
    public IEnumerable<TimelineEventDefinition> Definitions => _byType.Values;

    /// <summary>What is known of a type; null for custom and unknown ones.</summary>
    public TimelineEventDefinition? Find(string type) => _byType.GetValueOrDefault(type);

    /// <summary>The text of an event of <paramref name="type"/>; a neutral one where the type is unknown.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="status">One of <see cref="TimelineEventStatus"/>.</param>
    /// <param name="language"><c>en</c> or <c>zh</c>; English for anything else.</param>
    public string Of(string type, string status, string language) => Of(Find(type) ?? Unknown, status, language);

    /// <summary>The text of an event whose type is described by <paramref name="definition"/>, such as a custom one.</summary>
    public static string Of(TimelineEventDefinition definition, string status, string language)
    {
        var chinese = language == RequestLanguage.Chinese;
        var text = chinese ? definition.Chinese : definition.English;
        if (status != TimelineEventStatus.Failed)
        {
            return $"{definition.Emoji} {text}";
        }

        return (chinese ? definition.ChineseFailed : definition.EnglishFailed) ?? $"⚠️ {text}{(chinese ? "失败" : " failed")}";
    }
}
