using System.Text.RegularExpressions;

namespace Evenkeel.Models.Extractive;

/// <summary>
/// How much each word of a question counts. For choosing among segments, words that stand in few of them count most. For knowing whether
/// there is an answer at all, a word that stands everywhere is good news: it is the topic.
/// </summary>
internal sealed partial class TermWeights
{
    private const double LargestWeight = 2.5;
    private const double UnseenWeight = 3;

    /// <summary>What is known of a question counts at least so much, and what is not no more, unless it is a name or a number.</summary>
    private const double LeastKnownWeight = 1.5;
    private const double UnseenWordWeight = 1.5;
    private const double UnseenNameWeight = 3;

    /// <summary>In a question of so few words each is what it is about: "the museum" is not answered by what else closes.</summary>
    private const int FewWords = 2;

    /// <summary>"What year": an answer need not have the word.</summary>
    private const double KindFactor = 0.4;

    private readonly Dictionary<string, double> _choosing;
    private readonly Dictionary<string, double> _knowing;
    private readonly double _choosingTotal;
    private readonly double _knowingTotal;

    public TermWeights(string question, QuestionTerms terms, IReadOnlyList<Candidate> segments)
    {
        var kinds = Stems(KindWords(), question);
        var names = Stems(NameWords(), question);
        var isShort = terms.Terms.Count <= FewWords;
        double Factor(string term) => kinds.Contains(term) ? KindFactor : 1;
        _choosing = terms.Terms.ToDictionary(term => term, term => Factor(term) * Weigh(term, segments), StringComparer.Ordinal);
        _knowing = terms.Terms.ToDictionary(
            term => term, term => Factor(term) * WeighForKnowing(term, _choosing[term] / Factor(term), isShort || names.Contains(term)), StringComparer.Ordinal);
        _choosingTotal = _choosing.Values.Sum();
        _knowingTotal = _knowing.Values.Sum();
    }

    public bool IsEmpty => _choosingTotal == 0;

    public bool Contains(string term) => _choosing.ContainsKey(term);

    /// <summary>The share of the question that is matched, 0 to 1, for choosing.</summary>
    public double Cover(Func<string, double> match) => Share(_choosing, _choosingTotal, match);

    /// <summary>The same for knowing.</summary>
    public double CoverForKnowing(Func<string, double> match) => Share(_knowing, _knowingTotal, match);

    /// <summary>The same for some of its words; 1 for none.</summary>
    public double CoverForKnowing(IReadOnlyList<string> terms, Func<string, double> match)
    {
        var total = terms.Sum(term => _knowing[term]);
        return total == 0 ? 1 : terms.Sum(term => _knowing[term] * match(term)) / total;
    }

    private static double Share(Dictionary<string, double> weights, double total, Func<string, double> match) =>
        total == 0 ? 0 : weights.Sum(weight => weight.Value * match(weight.Key)) / total;

    /// <summary>
    /// Rare words weigh more. Ten imagined segments keep the weights sane when few are offered. An unseen word weighs
    /// little more than a rare one, since people put things in their own words; but one rare word of two is not an answer.
    /// </summary>
    private static double Weigh(string term, IReadOnlyList<Candidate> segments)
    {
        var seen = segments.Count(segment => segment.Terms.Match(term) >= 0.5);
        if (seen == 0)
            return Unseen(term, UnseenWeight);
        var all = segments.Count + 10;
        return Math.Clamp(Math.Log(1 + ((all - seen + 0.5) / (seen + 0.5))), 0.2, LargestWeight);
    }

    private static double WeighForKnowing(string term, double weight, bool isEssential) =>
        weight is 0 or UnseenWeight or UnseenWeight / 2 ? Unseen(term, isEssential ? UnseenNameWeight : UnseenWordWeight) : Math.Max(weight, Terms.IsWide(term[0]) ? LeastKnownWeight / 2 : LeastKnownWeight);

    /// <summary>A pair of Chinese characters may straddle two words.</summary>
    private static double Unseen(string term, double weight) => !Terms.IsWide(term[0]) ? weight : QuestionTerms.IsGrammar(term) ? 0 : weight / 2;

    private static HashSet<string> Stems(Regex words, string question) =>
        [.. words.Matches(question).SelectMany(match => Terms.Tokens(match.Value)).Select(Stemming.Stem)];

    /// <summary>"What year", "which player": the answer is one and need not say so.</summary>
    [GeneratedRegex(@"(?<=\b(what|which|welche[rsnm]?|quel(le)?s?|qué) )[a-z\u00c0-\u024f]+( of [a-z]+)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex KindWords();

    /// <summary>Names and numbers within a sentence: another name is another question.</summary>
    [GeneratedRegex(@"(?<=[^\s.?!] )\p{Lu}[\p{L}\d]+|\d+", RegexOptions.CultureInvariant)]
    private static partial Regex NameWords();
}
