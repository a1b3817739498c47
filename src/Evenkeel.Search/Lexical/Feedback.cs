using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Lexical;

/// <summary>
/// Takes words from the best passages besides the question's own (relevance model RM3: N. Abdul-Jaleel et al., "UMass at TREC 2004"): what the
/// best passages have in common and the others have not is probably what the question is about. It helps questions about a
/// subject, and could lead away from the passage that answers a precise one: the first stay where they are (<see cref="RankingWeights.FeedbackKeeps"/>).
/// </summary>
internal static class Feedback
{
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
        var parts = Shares(index, [.. best.Take(weights.FeedbackPassages).Where(hit => LanguageOf(index, hit) == language)]);
        var chosen = parts.Where(part => !known.Contains(part.Key))
            .Select(part => (Term: part.Key, Share: part.Value, Idf: LexicalQuestion.Idf(index, Languages.Stemmer(language), part.Key)))
            .OrderByDescending(term => term.Share * term.Idf).ThenBy(term => term.Term).Take(weights.FeedbackTerms).ToList();
        // The question's words keep their weight; the words taken have, all together, the given share of the whole.
        var total = weights.Feedback / (1 - weights.Feedback) * form.Terms.Sum(term => term.Count);
        var sum = chosen.Sum(term => term.Share);
        return chosen.ConvertAll(term => (term.Term, total * term.Share / sum * term.Idf));
    }

    /// <summary>How much each term stands for the passages: its share of their words, the better passages counting more.</summary>
    private static Dictionary<ulong, double> Shares(PassageIndex index, List<LexicalHit> hits)
    {
        var shares = new Dictionary<ulong, double>();
        var total = hits.Sum(hit => hit.Score);
        foreach (var hit in hits)
        {
            var segment = index.Views[hit.At.View].Segment;
            var terms = segment.TermsOf(hit.At.Place);
            var sequence = segment.SequencesOf(hit.At.Place);
            var step = hit.Score / total / Math.Max(1, (int)segment.Lengths[hit.At.Place]);
            for (var left = PassageAnalysis.ReadNumber(ref sequence); left > 0; left--)
            {
                var number = PassageAnalysis.ReadNumber(ref sequence);
                if (number > 0)
                {
                    var term = segment.Terms[terms[number - 1]];
                    shares[term] = shares.GetValueOrDefault(term) + step;
                }
            }
        }

        return shares;
    }

    private static byte LanguageOf(PassageIndex index, LexicalHit hit) => index.Views[hit.At.View].Segment.Languages[hit.At.Place];
}
