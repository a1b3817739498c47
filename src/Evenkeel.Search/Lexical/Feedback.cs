using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Lexical;

/// <summary>
/// Takes words from the best passages besides the question's own (relevance model RM3: N. Abdul-Jaleel et al., "UMass at TREC 2004"): what the
/// best passages have in common and the others have not is probably what the question is about. It helps questions about a
/// subject, and could lead away from the passage that answers a precise one: the first stay where they are (<see cref="RankingWeights.FeedbackKeeps"/>).
/// </summary>
internal static class Feedback
{
    /// <summary>A passage whose score is lower by this share of the best one's counts a third (1/e) of it.</summary>
    private const double FallOff = 0.15;

    /// <summary>Terms with what a posting of theirs counts; empty where more words would not help.</summary>
    public static List<(ulong Term, double Weight)> From(PassageIndex index, LexicalQuestion question, IReadOnlyList<LexicalHit> best)
    {
        var weights = index.Weights;
        if (weights.Feedback == 0 || best.Count <= weights.FeedbackKeeps)
        {
            return [];
        }

        var language = LanguageOf(index, best[0]);
        var form = question.Form(language);
        var known = form.Terms.Select(term => term.Term).ToHashSet();
        var shares = Shares(index, question, [.. best.Take(weights.FeedbackPassages).Where(hit => LanguageOf(index, hit) == language)]);
        // A word of one passage alone may be there by chance; what several have in common is their subject.
        var chosen = shares.Where(pair => pair.Value.Passages > 1 && !known.Contains(pair.Key))
            .Select(pair => (Term: pair.Key, pair.Value.Share, Idf: LexicalQuestion.Idf(index, Languages.Stemmer(language), pair.Key)))
            .OrderByDescending(term => term.Share * term.Idf).ThenBy(term => term.Term).Take(weights.FeedbackTerms).ToList();
        // The question's words keep their weight; the words taken have, all together, the given share of the whole.
        var total = weights.Feedback / (1 - weights.Feedback) * form.Terms.Sum(term => term.Count);
        var sum = chosen.Sum(term => term.Share * term.Idf);
        return chosen.ConvertAll(term => (term.Term, total * term.Share * term.Idf / sum * term.Idf));
    }

    /// <summary>
    /// How much each term stands for the passages, and how many have it: what it counts in each by BM25, a passage counting the less the further
    /// its score is below the best one's.
    /// </summary>
    private static Dictionary<ulong, (double Share, int Passages)> Shares(PassageIndex index, LexicalQuestion question, List<LexicalHit> hits)
    {
        var (k1, b) = Bm25.For(index.Weights, question.Words);
        var shares = new Dictionary<ulong, (double Share, int Passages)>();
        var best = hits[0].Score;
        var trust = hits.ConvertAll(hit => Math.Exp((hit.Score - best) / (best * FallOff)));
        var total = trust.Sum();
        foreach (var (hit, trusted) in hits.Zip(trust))
        {
            var segment = index.Views[hit.At.View].Segment;
            var terms = segment.TermsOf(hit.At.Place);
            var counts = CountsInText(segment, hit.At.Place);
            var smoothing = k1 * (1 - b + (b * index.LengthsOf(hit.At.View)[hit.At.Place]));
            for (var number = 0; number < counts.Length; number++)
            {
                if (counts[number] > 0)
                {
                    var (share, passages) = shares.GetValueOrDefault(segment.Terms[terms[number]]);
                    shares[segment.Terms[terms[number]]] = (share + (trusted / total * counts[number] / (counts[number] + smoothing)), passages + 1);
                }
            }
        }

        return shares;
    }

    /// <summary>How often the text of a passage has each of its distinct terms; headings and title are shared by others.</summary>
    private static int[] CountsInText(Segment segment, int place)
    {
        var counts = new int[segment.TermsOf(place).Length];
        var sequence = segment.SequencesOf(place);
        for (var left = PassageAnalysis.ReadNumber(ref sequence); left > 0; left--)
        {
            if (PassageAnalysis.ReadNumber(ref sequence) is var number and > 0)
            {
                counts[number - 1]++;
            }
        }

        return counts;
    }

    private static byte LanguageOf(PassageIndex index, LexicalHit hit) => index.Views[hit.At.View].Segment.Languages[hit.At.Place];
}
