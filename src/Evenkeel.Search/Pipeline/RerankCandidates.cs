using Evenkeel.Knowledge.Privacy;
using Evenkeel.Models;

namespace Evenkeel.Search.Pipeline;

/// <summary>Lets a model that reads question and passage together put the best in order, where one is configured.</summary>
internal sealed class RerankCandidates(IReranking reranking, IPersonalDataMasking masking)
{
    public const string RerankFailed = "rerank_failed";

    private const int MostReranked = 50;

    public bool IsConfigured => reranking.IsConfigured;

    /// <summary>Orders the candidates anew; on failure they stay as they are. Their texts have been read.</summary>
    public async Task RunAsync(Retrieval retrieval, MaskingPolicy policy, CancellationToken cancellationToken)
    {
        var candidates = retrieval.Order.Where(candidate => candidate is { Fate: null, Stored: not null }).Take(MostReranked).ToList();
        if (!IsConfigured || candidates.Count < 2)
        {
            return;
        }

        await retrieval.StepAsync("rerank", async () =>
        {
            try
            {
                // Masked: the endpoint is somebody else's.
                var texts = candidates.ConvertAll(candidate =>
                    string.Join('\n', [candidate.Stored!.Title, .. candidate.Stored.HeadingPath, candidate.Text(masking, policy)]));
                var scores = await reranking.ScoreAsync(retrieval.Query.Text, texts, cancellationToken);
                var ordered = candidates.Zip(scores).OrderByDescending(pair => pair.Second).ToList();
                for (var index = 0; index < ordered.Count; index++)
                {
                    ordered[index].First.Reranked = (index + 1, ordered[index].Second);
                }

                retrieval.Order = [.. ordered.Select(pair => pair.First), .. retrieval.Order.Where(candidate => candidate.Reranked is null)];
            }
            catch (ModelException)
            {
                // The endpoint's own log and health say what is wrong with it.
                retrieval.Warnings.Add(RerankFailed);
            }

            return retrieval.Alive.Count();
        });
    }
}
