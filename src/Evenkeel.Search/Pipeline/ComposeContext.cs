using Evenkeel.Knowledge.Privacy;
using Evenkeel.Models;

namespace Evenkeel.Search.Pipeline;

/// <summary>
/// Makes of the passages to use what a model gets: as many as the budget holds, best first; neighbours under one heading become one passage in
/// the document's order, so that a section that was cut reads on. What stands under another heading stays apart, so that a citation names the
/// section it comes from.
/// </summary>
internal sealed class ComposeContext(IPersonalDataMasking masking)
{
    /// <summary>The passages used one by one, and merged. The fates of all given are set.</summary>
    public (IReadOnlyList<PassageHit> Hits, IReadOnlyList<PassageHit> Context) Run(IReadOnlyList<Candidate> chosen, int budget, MaskingPolicy policy)
    {
        var used = WithinBudget(chosen, budget, policy);
        var groups = Neighbours(used);
        foreach (var group in groups)
        {
            var best = group.MinBy(used.IndexOf)!;
            foreach (var candidate in group)
            {
                candidate.End(candidate == best ? Fate.Used : Fate.Merged);
            }
        }

        return (
            [.. used.Select((candidate, index) => Hit([candidate], candidate, index + 1, policy))],
            [.. groups.Select((group, index) => Hit(group, group.MinBy(used.IndexOf)!, index + 1, policy))]);
    }

    private List<Candidate> WithinBudget(IReadOnlyList<Candidate> chosen, int budget, MaskingPolicy policy)
    {
        var used = new List<Candidate>(chosen.Count);
        foreach (var candidate in chosen)
        {
            var cost = TokenEstimate.Of(candidate.Text(masking, policy)) + TokenEstimate.Of(candidate.Stored!.Title)
                + candidate.Stored.HeadingPath.Sum(TokenEstimate.Of);
            // The best passage always goes in: an answer without any is worse than a long prompt.
            if (cost > budget && used.Count > 0)
            {
                candidate.End(Fate.OverBudget, cost - budget);
                continue;
            }

            budget -= cost;
            used.Add(candidate);
        }

        return used;
    }

    /// <summary>Runs of neighbours in the document's order; the runs in the order of the best in each.</summary>
    private static List<List<Candidate>> Neighbours(List<Candidate> used)
    {
        var groups = new List<List<Candidate>>();
        foreach (var document in used.GroupBy(candidate => candidate.Stored!.DocumentId))
        {
            List<Candidate>? run = null;
            foreach (var candidate in document.OrderBy(candidate => candidate.Stored!.Ordinal))
            {
                if (run is null || !Follows(run[^1].Stored!, candidate.Stored!))
                {
                    groups.Add(run = []);
                }

                run.Add(candidate);
            }
        }

        return [.. groups.OrderBy(group => group.Min(used.IndexOf))];
    }

    private static bool Follows(StoredPassage before, StoredPassage next) =>
        before.Ordinal + 1 == next.Ordinal && before.HeadingPath.AsSpan().SequenceEqual(next.HeadingPath);

    private PassageHit Hit(List<Candidate> group, Candidate best, int rank, MaskingPolicy policy)
    {
        var text = string.Join("\n\n", group.Select(candidate => candidate.Text(masking, policy)));
        var stored = best.Stored!;
        return new PassageHit
        {
            PassageId = best.PassageId, PassageIds = [.. group.Select(candidate => candidate.PassageId)], DocumentId = stored.DocumentId,
            Title = stored.Title, HeadingPath = stored.HeadingPath, Text = text, Language = stored.Language, Score = best.Score, Rank = rank,
            Tokens = TokenEstimate.Of(text), Place = stored.Place,
        };
    }
}
