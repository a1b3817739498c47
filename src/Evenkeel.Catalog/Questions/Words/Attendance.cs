using System.Collections.Frozen;
using Evenkeel.Catalog.Questions.Phrases;

namespace Evenkeel.Catalog.Questions.Words;

/// <summary>How a question wants to attend, and the words that say so.</summary>
internal static class Attendance
{
    private static readonly RuleTable<bool> Rules = new(new (string Pattern, bool IsVirtual)[]
    {
        ("online|virtual|virtually|remote|remotely", true),
        ("webinar|webinars|livestream|livestreams|livestreamed|live-stream", true),
        ("in-person|on-site|onsite|face-to-face|offline", false),
        ("in person", false),
        ("on site", false),
        ("face to face", false),
        ("not|no|non online|virtual|remote", false),
        ("线上!环|网上|网络研讨会|网络会议|云端|直播", true),
        ("在线!程性段上", true),
        ("远程!过控桌连仓登", true),
        ("虚拟 会议|活动|大会", true),
        ("线下|现场|面对面", false),
    }.Select(rule => (new Pattern(rule.Pattern, FrozenDictionary<string, KindReader>.Empty), rule.IsVirtual)));

    /// <summary>What these words before another name is no way of attending: "virtual memory", "remote procedure call".</summary>
    private static readonly FrozenDictionary<string, FrozenSet<string>> OtherThings = new Dictionary<string, string>
    {
        ["virtual"] = "memory machines function functions method methods dom private environment environments host hosts thread threads address addresses network "
            + "networks assistant assistants currency keyboard reality disk file destructor table scrolling",
        ["remote"] = "procedure control desktop code work working host hosts server servers repository repositories debugging access sensing call calls branch "
            + "branches method methods management jobs job teams team address addresses configuration",
        ["online"] = "shop shops shopping banking store stores schema backup game games index indexes migration migrations",
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Split(' ').ToFrozenSet());

    /// <summary>True = from anywhere, false = at the place; null = not said, or both.</summary>
    public static bool? Read(QuestionText text, TakenText taken)
    {
        var (isVirtual, isOnSite) = (false, false);
        for (var start = 0; start < text.Length; start++)
        {
            if (taken.IsTaken(start) || QuestionText.IsWordCharacter(text[start - 1]) && QuestionText.IsWordCharacter(text[start]) || text[start] == ' ')
            {
                continue;
            }

            var (end, says) = Longest(text, start);
            if (end > 0)
            {
                taken.Take(start, end);
                isVirtual |= says;
                isOnSite |= !says;
                start = end - 1;
            }
        }

        return isVirtual == isOnSite ? null : isVirtual;
    }

    private static (int End, bool IsVirtual) Longest(QuestionText text, int start)
    {
        var longest = (End: 0, IsVirtual: false);
        Rules.MatchAt(text, start, (isVirtual, _, end, _) => longest = end > longest.End ? (end, isVirtual) : longest);
        return longest.End == 0 || IsOtherThing(text, start, longest.End) ? default : longest;
    }

    /// <summary>互联网上, "virtual-host", and "works offline".</summary>
    private static bool IsOtherThing(QuestionText text, int start, int end)
    {
        var things = OtherThings.GetAlternateLookup<ReadOnlySpan<char>>();
        var next = text.WordAfter(end);
        if (text[start - 1] == '联' || (text[end] == '-' && char.IsAsciiLetter(text[end + 1])) || (text.Range(start, end) is "offline" && !EventWords.Contains(next)))
        {
            return true;
        }

        return things.TryGetValue(text.Range(start, end), out var others)
            && (others.GetAlternateLookup<ReadOnlySpan<char>>().Contains(next)
                || (next is "machine" && text.WordAfter(end + 1 + next.Length) is not "learning"));
    }
}
