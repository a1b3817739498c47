using System.Text.RegularExpressions;

namespace Evenkeel.Chat.Catalogue;

/// <summary>Tells by its words whether a question asks for events. Rules, as for everything the supervisor decides.</summary>
internal static partial class EventWords
{
    /// <summary>Whether it names what stands in a catalogue: conferences, concerts, 活动.</summary>
    public static bool AsksForEvents(string question) => English.IsMatch(question) || Chinese.IsMatch(question);

    /// <summary>Whether it asks which ones there are: "any conferences", "upcoming meetups", 有哪些会议.</summary>
    public static bool AsksForList(string question) => ListEnglish.IsMatch(question) || ListChinese.IsMatch(question);

    private const string Kinds =
        "conference|congress|convention|summit|symposi(um|a)|meet-?up|workshop|hackathon|webinar|seminar|fair|trade show|exhibition|expo|concert|festival|show|talk|lecture|tour|class|course|event";

    [GeneratedRegex($@"\b({Kinds})(e?s)?\b|\bwhat('s| is) on\b|\bgoing on\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex English { get; }

    [GeneratedRegex("活动|会议|大会|峰会|论坛|研讨会|讲座|展览|展会|博览会|音乐会|演唱会|演出|节目|比赛|聚会|沙龙|工作坊|黑客松|培训|课程|赛事|市集")]
    private static partial Regex Chinese { get; }

    [GeneratedRegex(
        $@"\b(any|which|what|list|find( me)?|show( me)?|recommend|suggest|upcoming|next|are there|is there|looking for)\b.{{0,60}}\b({Kinds})(e?s)?\b|\bwhat('s| is) on\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ListEnglish { get; }

    [GeneratedRegex("(有什么|有哪些|有没有|哪些|推荐|介绍|列出|查找|找一?[个些]?|近期|最近|即将).{0,30}(活动|会议|大会|峰会|论坛|研讨会|讲座|展览|展会|博览会|音乐会|演唱会|演出|比赛|聚会|沙龙|工作坊|黑客松|课程|赛事|市集)")]
    private static partial Regex ListChinese { get; }
}
