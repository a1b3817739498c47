using System.Text;
using Evenkeel.Knowledge.Privacy;

namespace Evenkeel.Search.Pipeline;

/// <summary>
/// Makes of the passages to use what a model gets: as many as the budget holds, best first; neighbours in a document become one passage in the
/// document's order, so that a text that was cut reads on.
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
            var cost = EstimateTokens.Of(candidate.Text(masking, policy)) + EstimateTokens.Of(candidate.Stored!.Title)
                + candidate.Stored.HeadingPath.Sum(EstimateTokens.Of);
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
                if (run is null || run[^1].Stored!.Ordinal + 1 != candidate.Stored!.Ordinal)
                {
                    groups.Add(run = []);
                }

                run.Add(candidate);
            }
        }

        return [.. groups.OrderBy(group => group.Min(used.IndexOf))];
    }

    private PassageHit Hit(List<Candidate> group, Candidate best, int rank, MaskingPolicy policy)
    {
        var shared = Shared([.. group.Select(candidate => candidate.Stored!.HeadingPath)]);
        var text = new StringBuilder();
        IReadOnlyList<string> above = shared;
        foreach (var candidate in group)
        {
            Append(text, candidate.Stored!.HeadingPath, above, shared.Count);
            text.Append(candidate.Text(masking, policy));
            above = candidate.Stored.HeadingPath;
        }

        var stored = best.Stored!;
        return new PassageHit
        {
            PassageId = best.PassageId, PassageIds = [.. group.Select(candidate => candidate.PassageId)], DocumentId = stored.DocumentId,
            Title = stored.Title, HeadingPath = shared, Text = text.ToString(), Language = stored.Language, Score = best.Score, Rank = rank,
            Tokens = EstimateTokens.Of(text.ToString()), Place = stored.Place,
        };
    }

    /// <summary>Writes the headings that begin with a passage, as Markdown.</summary>
    private static void Append(StringBuilder text, string[] path, IReadOnlyList<string> above, int shared)
    {
        if (text.Length > 0)
        {
            text.Append("\n\n");
        }

        var same = Shared([path, [.. above]]).Count;
        for (var depth = Math.Max(same, shared); depth < path.Length; depth++)
        {
            // The title has the first level.
            text.Append('#', Math.Min(6, depth + 2)).Append(' ').Append(path[depth]).Append("\n\n");
        }
    }

    private static List<string> Shared(IReadOnlyList<string[]> paths) =>
        [.. paths[0].TakeWhile((heading, depth) => paths.All(path => depth < path.Length && path[depth] == heading))];
}
