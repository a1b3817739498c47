namespace Evenkeel.Bench.Retrieval;

/// <summary>How well rankings answer questions; relevance is yes or no.</summary>
/// <param name="Ndcg">nDCG at 10.</param>
/// <param name="ReciprocalRank">Mean reciprocal rank of the first relevant one.</param>
/// <param name="Recall">Share of the relevant ones among the first ten.</param>
/// <param name="AveragePrecision">Mean average precision over the whole ranking.</param>
internal sealed record RankingFigures(double Ndcg, double ReciprocalRank, double Recall, double AveragePrecision)
{
    private const int Depth = 10;

    /// <summary>The mean over questions that have relevant texts.</summary>
    public static RankingFigures Mean(IEnumerable<(IReadOnlyList<string> Ranking, IReadOnlySet<string> Relevant)> answers)
    {
        var each = answers.Where(answer => answer.Relevant.Count > 0).Select(answer => Of(answer.Ranking, answer.Relevant)).ToList();
        return new RankingFigures(
            each.Average(figures => figures.Ndcg), each.Average(figures => figures.ReciprocalRank), each.Average(figures => figures.Recall),
            each.Average(figures => figures.AveragePrecision));
    }

    private static RankingFigures Of(IReadOnlyList<string> ranking, IReadOnlySet<string> relevant)
    {
        double gain = 0, precision = 0, reciprocal = 0;
        var found = 0;
        var foundAtDepth = 0;
        for (var place = 0; place < ranking.Count; place++)
        {
            if (!relevant.Contains(ranking[place]))
            {
                continue;
            }

            found++;
            precision += (double)found / (place + 1);
            reciprocal = found == 1 ? 1.0 / (place + 1) : reciprocal;
            if (place < Depth)
            {
                foundAtDepth++;
                gain += 1 / Math.Log2(place + 2);
            }
        }

        var ideal = Enumerable.Range(0, Math.Min(Depth, relevant.Count)).Sum(place => 1 / Math.Log2(place + 2));
        return new RankingFigures(gain / ideal, reciprocal, (double)foundAtDepth / relevant.Count, precision / relevant.Count);
    }
}
