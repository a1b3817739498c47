using Evenkeel.Search.Lexical;

namespace Evenkeel.Search.Pipeline;

/// <summary>Drops what must not be seen, does not fit well enough, or says the same again, and keeps the best.</summary>
internal static class FilterCandidates
{
    /// <summary>Passages that share nine tenths of their words are the same text, in two versions or on two pages.</summary>
    private const double NearlyEqual = 0.9;

    /// <summary>Notes who of those read is gone or not to be seen: before their texts go anywhere.</summary>
    public static void EndUnseen(IEnumerable<Candidate> read, Audience audience)
    {
        foreach (var candidate in read)
        {
            if (candidate.Stored is null)
            {
                candidate.End(Fate.Deleted);
            }
            else if (candidate.Stored.IsPrivate && audience != Audience.Member)
            {
                candidate.End(Fate.PrivateSource);
            }
        }
    }

    /// <summary>Drops what does not fit well enough: told without its text, so that only what may be used is read.</summary>
    public static void EndUnfit(IEnumerable<Candidate> alive, double leastScore, double leastSimilarity)
    {
        foreach (var candidate in alive)
        {
            if (candidate.Coverage < leastScore && !(candidate.Vector?.Score >= leastSimilarity))
            {
                candidate.End(Fate.BelowThreshold, leastScore);
            }
        }
    }

    /// <summary>The passages to use, best first; the others among the candidates read have ended. Those not read yet have not.</summary>
    public static List<Candidate> Run(Retrieval retrieval)
    {
        var kept = new List<(Candidate Candidate, HashSet<ulong> Terms)>();
        foreach (var candidate in retrieval.Order.Where(candidate => candidate is { Fate: null, Stored: not null }))
        {
            if (kept.Count == retrieval.Query.Limit)
            {
                candidate.End(Fate.BeyondLimit);
                continue;
            }

            var terms = TermsOf(retrieval.Index, candidate);
            if (kept.Exists(other => IsSame(other.Candidate, other.Terms, candidate, terms)))
            {
                candidate.End(Fate.Duplicate);
                continue;
            }

            kept.Add((candidate, terms));
        }

        return kept.ConvertAll(pair => pair.Candidate);
    }

    private static bool IsSame(Candidate first, HashSet<ulong> firstTerms, Candidate second, HashSet<ulong> secondTerms)
    {
        if (first.Stored!.Text == second.Stored!.Text)
        {
            return true;
        }

        var common = secondTerms.Count(firstTerms.Contains);
        var all = firstTerms.Count + secondTerms.Count - common;
        // Rows of a table and yearly reports share everything but their numbers, and the numbers are the answer.
        return all > 0 && common >= NearlyEqual * all && Digits(first.Stored.Text).SequenceEqual(Digits(second.Stored.Text));
    }

    private static IEnumerable<char> Digits(string text) => text.Where(char.IsDigit);

    private static HashSet<ulong> TermsOf(PassageIndex index, Candidate candidate)
    {
        var terms = new HashSet<ulong>();
        if (candidate.At is { } at)
        {
            var segment = index.Views[at.View].Segment;
            foreach (var term in segment.TermsOf(at.Place))
            {
                terms.Add(segment.Terms[term]);
            }
        }

        return terms;
    }
}
