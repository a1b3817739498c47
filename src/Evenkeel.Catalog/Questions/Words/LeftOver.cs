using System.Collections.Frozen;
using System.Text;
using Evenkeel.Catalog.Questions.Phrases;

namespace Evenkeel.Catalog.Questions.Words;

/// <summary>What is left to search for: the question without what was understood and without the words that only ask.</summary>
internal static class LeftOver
{
    private static readonly FrozenSet<string> Asking = Set(
        "i i'd i'll i'm we we'd me my us you your please could can would do does did is are was were be there any anything some something everything all which what what's whats when where "
        + "whether show find give list tell search looking look know recommend suggest want wanted like need see get happening happens happen held taking takes place event events "
        + "conference conferences conf confs hi hello hey thanks attend visit interested near nearby sometime going coming kind kinds sort up");

    /// <summary>Stay between words that stay, "internet of things".</summary>
    private static readonly FrozenSet<string> Function = Set(
        "a an the of in on at for about with and or to by from near around during that this these those into as it its than related regarding who");

    private static readonly RuleTable<bool> Phrases = new(new[]
    {
        "go to", "going to", "going on", "travel to", "take place", "taking place", "like to", "like to go", "want to", "want to go", "are there", "in the area",
        "请问", "帮我", "帮忙", "我想", "我要", "想要", "想找", "我", "找一下", "查一下", "找找", "看看", "查找", "搜索", "推荐", "给我", "有没有", "什么时候", "有什么", "有哪些", "有啥", "什么",
        "哪些", "哪里", "哪儿", "怎么样", "活动", "会议", "大会", "举行", "举办", "召开", "一下", "最近", "近期", "关于", "相关", "或者", "参加", "想", "附近",
    }.Select(phrase => (new Pattern(phrase, FrozenDictionary<string, KindReader>.Empty), true)));

    private const string ChineseFunction = "的在有于吗呢吧啊呀是和与或里找去要到都了、，。？！";

    public static string Of(QuestionText text, TakenText taken)
    {
        DropPhrases(text, taken);
        var pieces = Pieces(text, taken);
        for (var index = 0; index < pieces.Count; index++)
        {
            if (pieces[index].IsKept && IsFunction(text, pieces[index]) && !IsBetweenKept(pieces, index))
            {
                pieces[index] = pieces[index] with { IsKept = false };
                index = Math.Max(-1, index - 2);
            }
        }

        return Join(text, pieces);
    }

    private static void DropPhrases(QuestionText text, TakenText taken)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (text[start] == ' ' || (QuestionText.IsWordCharacter(text[start]) && QuestionText.IsWordCharacter(text[start - 1])))
            {
                continue;
            }

            var longest = 0;
            Phrases.MatchAt(text, start, (_, _, end, _) => longest = Math.Max(longest, end));
            if (longest > 0 && !taken.IsAnyTaken(start, longest))
            {
                taken.Take(start, longest);
                start = longest - 1;
            }
        }
    }

    /// <summary>Runs without blanks, and runs of Chinese, cut where something was understood.</summary>
    private static List<Piece> Pieces(QuestionText text, TakenText taken)
    {
        var pieces = new List<Piece>();
        for (var start = 0; start < text.Length;)
        {
            if (text[start] == ' ')
            {
                start++;
                continue;
            }

            var (isTaken, isHan) = (taken.IsTaken(start), QuestionText.IsHan(text[start]));
            var end = start + 1;
            while (end < text.Length && text[end] != ' ' && taken.IsTaken(end) == isTaken && QuestionText.IsHan(text[end]) == isHan)
            {
                end++;
            }

            pieces.Add(Trimmed(text, taken, (start, end), isHan));
            start = end;
        }

        return pieces;
    }

    private static Piece Trimmed(QuestionText text, TakenText taken, (int Start, int End) run, bool isHan)
    {
        var (first, last) = run;
        while (first < last && IsEdge(text[first], isHan, isFirst: true))
        {
            first++;
        }

        while (last > first && IsEdge(text[last - 1], isHan, isFirst: false))
        {
            last--;
        }

        var isPossessive = text.Range(run.Start, run.End) is "'s" && taken.IsTaken(run.Start - 1);
        return new Piece(first, last, !taken.IsTaken(run.Start) && !isPossessive && last > first && !Asking.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.Range(first, last)));
    }

    /// <summary>".NET" keeps its dot and "C#" its sign.</summary>
    private static bool IsEdge(char character, bool isHan, bool isFirst) =>
        isHan ? ChineseFunction.Contains(character) : !QuestionText.IsWordCharacter(character) && character is not ('#' or '+') && !(isFirst && character == '.');

    private static bool IsFunction(QuestionText text, Piece piece) => Function.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.Range(piece.Start, piece.End));

    private static bool IsBetweenKept(List<Piece> pieces, int index) =>
        index > 0 && pieces[index - 1].IsKept && index + 1 < pieces.Count && pieces[index + 1].IsKept;

    private static string Join(QuestionText text, List<Piece> pieces)
    {
        var joined = new StringBuilder();
        var end = 0;
        foreach (var piece in pieces.Where(piece => piece.IsKept))
        {
            joined.Append(joined.Length > 0 && piece.Start > end ? " " : "").Append(text.Original, piece.Start, piece.End - piece.Start);
            end = piece.End;
        }

        return joined.ToString();
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet();

    private readonly record struct Piece(int Start, int End, bool IsKept);
}
