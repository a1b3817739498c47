using Evenkeel.Models;
using Evenkeel.Search.Lexical;
using Evenkeel.Search.Vectors;

namespace Evenkeel.Search.Pipeline;

/// <summary>The first steps: by words, by vectors where there are any, and both together.</summary>
internal sealed class FindCandidates(IEmbeddings embeddings, IVectorSearch vectors)
{
    /// <summary>Passages that each way of searching brings.</summary>
    public const int Pool = 50;

    public const string EmbeddingsNotConfigured = "embeddings_not_configured";
    public const string EmbeddingsFailed = "embeddings_failed";
    public const string VectorsIncomplete = "vectors_incomplete";

    /// <summary>
    /// G. Cormack et al., "Reciprocal Rank Fusion outperforms Condorcet", SIGIR 2009, and its constant. Only ranks are used: what a similarity of
    /// 0.7 means differs between embedding models, and any may be configured; a weighted sum of scores would have to be tuned for each.
    /// </summary>
    private const int FusionConstant = 60;

    public async Task RunAsync(Retrieval retrieval, CancellationToken cancellationToken)
    {
        retrieval.Step("lexical", () => FindByWords(retrieval), among: retrieval.Index.Count);
        if (!embeddings.IsConfigured)
        {
            retrieval.Warnings.Add(EmbeddingsNotConfigured);
        }
        else
        {
            await retrieval.StepAsync("vector", () => FindByVectorsAsync(retrieval, cancellationToken), among: retrieval.Index.Count);
        }

        retrieval.Step("fuse", () => Fuse(retrieval));
    }

    private static int FindByWords(Retrieval retrieval)
    {
        using var search = new LexicalSearch(
            retrieval.Index, retrieval.Lexical, Math.Max(Pool, retrieval.Query.Limit), retrieval.Query.Audience == Audience.Member);
        var answer = retrieval.LexicalAnswer = search.Run();
        var best = answer.Best.Count == 0 ? 1 : Math.Max(answer.Best[0].Score, double.Epsilon);
        var rank = 0;
        foreach (var hit in answer.Best)
        {
            Note(retrieval, hit).Lexical = (++rank, hit.Score / best);
        }

        foreach (var hit in answer.OtherLanguage)
        {
            Note(retrieval, hit).IsInOtherLanguage = true;
        }

        foreach (var hit in answer.Hidden)
        {
            Note(retrieval, hit).End(Fate.PrivateSource);
        }

        return answer.Best.Count;
    }

    private static Candidate Note(Retrieval retrieval, LexicalHit hit)
    {
        var candidate = retrieval.Candidate(retrieval.Index.Views[hit.At.View].Segment.Ids[hit.At.Place]);
        (candidate.At, candidate.Coverage) = (hit.At, hit.Coverage);
        return candidate;
    }

    /// <summary>What fails here is done without: words alone find most.</summary>
    private async Task<int> FindByVectorsAsync(Retrieval retrieval, CancellationToken cancellationToken)
    {
        var query = retrieval.Query;
        try
        {
            var question = (await embeddings.EmbedAsync([query.Text], cancellationToken))[0];
            var answer = await vectors.FindAsync(query.OrganizationId, query.ChatbotId, question, Pool, cancellationToken);
            for (var index = 0; index < answer.Hits.Count; index++)
            {
                var candidate = retrieval.Candidate(answer.Hits[index].PassageId);
                candidate.Vector = (index + 1, answer.Hits[index].Similarity);
                candidate.At ??= retrieval.Index.Find(candidate.PassageId);
            }

            if (answer.Refusal is { } refusal)
            {
                retrieval.Warnings.Add(refusal);
            }

            if (answer.PassagesWithVectors < retrieval.Index.Count)
            {
                retrieval.Warnings.Add(VectorsIncomplete);
            }
        }
        catch (ModelException)
        {
            // The endpoint's own log and health say what is wrong with it.
            retrieval.Warnings.Add(EmbeddingsFailed);
        }

        return retrieval.Alive.Count();
    }

    private static int Fuse(Retrieval retrieval)
    {
        var hasVectors = retrieval.Candidates.Any(candidate => candidate.Vector is not null);
        foreach (var candidate in retrieval.Alive.Where(candidate => candidate is { IsInOtherLanguage: true, Vector: null }).ToList())
        {
            candidate.End(Fate.OtherLanguage);
        }

        var scored = retrieval.Alive.Select(candidate => (Candidate: candidate, Score: hasVectors ? FusedScore(candidate) : candidate.Lexical!.Value.Score))
            .OrderByDescending(pair => pair.Score).ThenBy(pair => pair.Candidate.Lexical?.Rank ?? int.MaxValue).ToList();
        for (var index = 0; index < scored.Count; index++)
        {
            scored[index].Candidate.Fused = (index + 1, scored[index].Score);
        }

        retrieval.Order = scored.ConvertAll(pair => pair.Candidate);
        return scored.Count;
    }

    /// <summary>1 for a passage that is first in both.</summary>
    private static double FusedScore(Candidate candidate) => (FusionConstant + 1) / 2.0 * (Share(candidate.Lexical?.Rank) + Share(candidate.Vector?.Rank));

    private static double Share(int? rank) => rank is { } value ? 1.0 / (FusionConstant + value) : 0;
}
