using System.Collections.Frozen;
using Evenkeel.Catalog.Questions.Dates;
using Evenkeel.Catalog.Questions.Phrases;

namespace Evenkeel.Catalog.Questions.Places;

/// <summary>What stands before a place.</summary>
/// <param name="Start">Where the words begin; what they say is understood with the place.</param>
/// <param name="IsPlace">A place is expected: "in", 在.</param>
/// <param name="WithinKm">"Near", or a distance that was said.</param>
/// <param name="MayBeUnknown">Whatever is named here was meant as a place, known or not; "at Google" and "to Kubernetes" are not.</param>
/// <param name="IsExcluded">Anywhere but there: "not in", 除了.</param>
internal readonly record struct PlaceCue(int Start, bool IsPlace, double? WithinKm, bool MayBeUnknown, bool IsExcluded)
{
    /// <summary>"Near", kilometres.</summary>
    public const double Near = 100;

    private const double KilometresInMile = 1.609344;

    private static readonly FrozenSet<string> Articles = "the downtown central greater beautiful sunny city of".Split(' ').ToFrozenSet();

    private static readonly RuleTable<Func<int, PlaceCueKind>> Before = Table(
        ("in|inside|throughout|across", _ => new(true, null, true)),
        ("at|to|visit|visiting", _ => new(true, null, false)),
        ("near|nearby|around|near_to|close_to|not_far_from|in_the_vicinity_of|in_the_region_of|in_the_area_of", _ => new(true, Near, true)),
        ("within? less_than|up_to|under|at_most|max|maximum|about? <n> -? km|kms|kilometers|kilometres|kilometer|kilometre|k of|from|around|to|away_from",
            number => new(true, number, true)),
        ("within? less_than|up_to|under|at_most|max|maximum|about? <n> -? miles|mile|mi of|from|around|to|away_from",
            number => new(true, Math.Round(number * KilometresInMile), true)),
        ("not|never|except|excluding|outside|but_not|other_than|apart_from|anywhere_but|everywhere_but|all_but in|inside|at|to|near|for|of|from?", _ => new(true, null, false, true)),
        ("不想|不要|不能|不是|不 在|到|去|来", _ => new(true, null, false, true)),
        ("除了|除去|除|不包括|不含", _ => new(true, null, false, true)),
        ("在|于|位于|到|去|赴|来", _ => new(true, null, false)),
        ("离|距离|距|靠近", _ => new(true, Near, false)));

    private static readonly RuleTable<Func<int, PlaceCueKind>> Behind = Table(
        ("附近|周边|周围|一带", _ => new(true, Near, false)),
        ("方圆|周边? <数> 公里|千米 之内|以内|范围内|内?", number => new(true, number, false)),
        ("以外|之外|除外", _ => new(true, null, false, true)),
        ("area|region", _ => new(false, Near, false)),
        ("举行|举办|召开|有", _ => new(true, null, false)));

    /// <summary>The cue that ends directly before a place, for each place where one ends.</summary>
    public static Dictionary<int, PlaceCue> FindBefore(QuestionText text)
    {
        var cues = new Dictionary<int, PlaceCue>();
        for (var start = 0; start < text.Length; start++)
        {
            if (text[start] == ' ' || (QuestionText.IsWordCharacter(text[start]) && QuestionText.IsWordCharacter(text[start - 1])))
            {
                continue;
            }

            var begin = start;
            Before.MatchAt(text, start, (kind, values, end, _) =>
            {
                // 在不在 asks, and says nothing against it.
                if (text[begin] == '不' && text[begin - 1] == text[begin + 1])
                {
                    return;
                }

                // Of "within 50 km of" and "50 km of" the first, which is longer.
                cues.TryAdd(BehindArticles(text, end), kind(values[0]).At(begin));
            });
        }

        return cues;
    }

    /// <summary>The cue that begins directly behind a place.</summary>
    public static (PlaceCue Cue, int End)? FindBehind(QuestionText text, int end)
    {
        var start = text[end] == ' ' ? end + 1 : end;
        (PlaceCue, int End)? found = null;
        Behind.MatchAt(text, start, (kind, values, cueEnd, _) =>
        {
            if (found is null || cueEnd > found.Value.End)
            {
                found = (kind(values[0]).At(start), cueEnd);
            }
        });
        return found;
    }

    private static int BehindArticles(QuestionText text, int end)
    {
        var articles = Articles.GetAlternateLookup<ReadOnlySpan<char>>();
        while (true)
        {
            var start = end;
            while (start < text.Length && text[start] == ' ')
            {
                start++;
            }

            var word = text.WordAfter(start);
            if (word.IsEmpty || !articles.Contains(word))
            {
                return start;
            }

            end = start + word.Length;
        }
    }

    private static RuleTable<Func<int, PlaceCueKind>> Table(params (string Pattern, Func<int, PlaceCueKind> Kind)[] rules) =>
        new(rules.Select(rule => (new Pattern(rule.Pattern, DateKinds.All), rule.Kind)));
}

/// <summary>What a cue says.</summary>
internal readonly record struct PlaceCueKind(bool IsPlace, double? WithinKm, bool MayBeUnknown, bool IsExcluded = false)
{
    public PlaceCue At(int start) => new(start, IsPlace, WithinKm, MayBeUnknown, IsExcluded);
}
