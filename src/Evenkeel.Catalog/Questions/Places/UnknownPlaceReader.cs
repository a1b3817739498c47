using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Questions.Phrases;
using Evenkeel.Catalog.Questions.Words;

namespace Evenkeel.Catalog.Questions.Places;

/// <summary>What a question names as a place and is none that is known.</summary>
internal readonly record struct FoundUnknown(int Start, int End, IReadOnlyList<KnownPlace> Similar);

/// <summary>
/// Finds names of unknown places: capitalised words behind "in" or "near" that are no subject or language, small ones only where a letter makes a well-known
/// name of them, and in Chinese what stands in 在…举行.
/// </summary>
internal sealed class UnknownPlaceReader(QuestionText text, IPlaceNames names, TakenText taken)
{
    private const int MostSimilar = 3;
    private const int FewestLetters = 4;
    private const int MostWords = 3;
    private const long KnownToAll = 300_000;

    private static readonly string[] SubjectEndings =
        ["ing", "ics", "logy", "ment", "tion", "sion", "ity", "ops", "ware", "script", "graphy", "nomy", "ence", "ance", "ish", "ese"];
    private static readonly string[] ChineseFrames =
        ["举行", "举办", "召开", "的会议", "的活动", "的大会", "的展会", "的论坛", "的峰会", "的聚会", "的讲座", "的沙龙"];
    private static readonly string[] ChineseSubjects = ["领域", "方面", "行业", "线", "学", "技术", "系统", "里", "中", "上", "期间", "这", "那", "什么", "哪"];

    private readonly bool _isAboutEvents = EventWords.IsIn(text);

    public List<FoundUnknown> Read(IReadOnlyDictionary<int, PlaceCue> cues)
    {
        var found = new List<FoundUnknown>();
        foreach (var (start, cue) in cues.OrderBy(pair => pair.Key))
        {
            var unknown = taken.IsTaken(start) ? null : QuestionText.IsHan(text[cue.Start]) ? ReadChinese(start, cue) : cue.MayBeUnknown ? Read(start, cue) : null;
            if (unknown is { } place)
            {
                found.Add(place);
                taken.Take(cue.Start, place.End);
            }
        }

        return found;
    }

    private FoundUnknown? Read(int start, PlaceCue cue)
    {
        var end = EndOfName(start);
        if (end == start)
        {
            return ReadSmall(start, cue);
        }

        var folded = PlaceName.Fold(text.Original[start..end]);
        if (!LooksLikeName(text.Original[start..end]) || IsSubjectOf(folded.Split(' ')))
        {
            return null;
        }

        var similar = names.Similar(folded, MostSimilar);
        return _isAboutEvents || IsBehindBeginning(cue) || similar.Any(place => IsMisspelt(place, folded)) ? new FoundUnknown(start, end, similar) : null;
    }

    /// <summary>"Events in berln": a letter differs, and the place is one that everybody knows.</summary>
    private FoundUnknown? ReadSmall(int start, PlaceCue cue)
    {
        var word = text.WordAfter(start);
        if (word.Length <= FewestLetters || text.StartsCapital(start) || !(EventWords.Contains(text.WordBefore(cue.Start)) || IsBehindBeginning(cue)))
        {
            return null;
        }

        var folded = PlaceName.Fold(word.ToString());
        if (IsSubject(folded) || OrdinaryWords.IsOrdinary(folded) || names.Named(folded).Count > 0)
        {
            return null;
        }

        var similar = names.Similar(folded, MostSimilar).Where(place => IsMisspelt(place, folded)).ToList();
        return similar.Count == 0 ? null : new FoundUnknown(start, start + word.Length, similar);
    }

    /// <summary>The question is little more than "in …".</summary>
    private bool IsBehindBeginning(PlaceCue cue) => cue.Start == 0 || (taken.IsTaken(cue.Start - 1) || (text[cue.Start - 1] == ' ' && taken.IsTaken(cue.Start - 2)));

    private static bool IsMisspelt(KnownPlace place, string folded) => place.Weight >= KnownToAll && IsOneLetterOff(folded, PlaceName.Fold(place.Name));

    private FoundUnknown? ReadChinese(int start, PlaceCue cue)
    {
        if (text[cue.Start] is not ('在' or '于'))
        {
            return null;
        }

        for (var end = start; end < start + 9 && QuestionText.IsHan(text[end]) && !taken.IsTaken(end); end++)
        {
            if (end >= start + 2 && Array.Exists(ChineseFrames, frame => IsAt(frame, end)))
            {
                var name = text.Original[start..end];
                return Array.Exists(ChineseSubjects, name.EndsWith) || names.Named(name).Count > 0 ? null
                    : new FoundUnknown(start, end, names.Similar(name, MostSimilar));
            }
        }

        return null;
    }

    private bool IsAt(string words, int start) => start + words.Length <= text.Length && text.Range(start, start + words.Length).SequenceEqual(words);

    private int EndOfName(int start)
    {
        var (end, count) = (start, 0);
        foreach (var word in text.Words)
        {
            var follows = count == 0 ? word.Start == start : IsSameName(end, word.Start);
            if (word.Start < start || (!follows && count == 0))
            {
                continue;
            }

            if (!follows || !text.StartsCapital(word.Start) || taken.IsAnyTaken(word.Start, word.End) || count == MostWords)
            {
                break;
            }

            (end, count) = (word.End, count + 1);
        }

        return end;
    }

    /// <summary>A blank or hyphen between, or the dot of "St. Gallen".</summary>
    private bool IsSameName(int end, int start) => text.Range(end, start) is " " or "-"
        || (text.Range(end, start) is ". " && !text.BeginsSentence(end - 3) && text[end - 3] == ' ');

    /// <summary>Not "AI", "DevOps", "C++", "Web3".</summary>
    private static bool LooksLikeName(string name) => name.Length >= FewestLetters && !name.Any(char.IsDigit)
        && name.Split(' ', '-').All(word => word.Length > 0 && word.Skip(1).All(character => char.IsLower(character) || character == '.'));

    private static bool IsSubjectOf(string[] words) => OrdinaryWords.IsOrdinary(words[0]) || Array.Exists(words, IsSubject);

    private static bool IsSubject(string word) => OrdinaryWords.IsSubject(word)
        || (word.Length > 6 && Array.Exists(SubjectEndings, word.EndsWith));

    /// <summary>One letter more, less, another or two of them exchanged.</summary>
    private static bool IsOneLetterOff(string one, string other)
    {
        var same = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        var (left, right) = (one[same..], other[same..]);
        return Behind(left, 1) == Behind(right, 1) || Behind(left, 1) == right || left == Behind(right, 1)
            || (left.Length > 1 && right.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..] == right[2..]);
    }

    private static string Behind(string text, int count) => text.Length > count ? text[count..] : "";
}
