namespace Evenkeel.Search.Lexical;

/// <summary>
/// Okapi BM25: S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends in
/// Information Retrieval 3(4), 2009; with the never negative idf of Apache Lucene. Words of headings and titles are counted
/// as further occurrences in the text, the simple form of BM25F of section 3.6 there.
/// </summary>
internal static class Bm25
{
    /// <summary>What a word tells: much when few passages have it.</summary>
    public static double Idf(int passages, int containing) =>
        Math.Log(1 + ((Math.Max(passages, containing) - containing + 0.5) / (containing + 0.5)));

    /// <summary>What a passage's length adds to the frequency in the denominator.</summary>
    public static double Norm(RankingWeights weights, double length, double averageLength) =>
        weights.K1 * (1 - weights.B + (weights.B * length / averageLength));
}
