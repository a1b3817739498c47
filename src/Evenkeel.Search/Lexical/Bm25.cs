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

    /// <summary>The two weights for a question.</summary>
    /// <param name="weights">For few and for many words.</param>
    /// <param name="words">Words of the question that are no stop words; two bigrams are about one.</param>
    public static (double K1, double B) For(RankingWeights weights, double words) =>
        (Between(weights, words, weights.K1, weights.VerboseK1), Between(weights, words, weights.B, weights.VerboseB));

    /// <summary>A weight between that for few words and that for many.</summary>
    private static double Between(RankingWeights weights, double words, double few, double many) =>
        few + (Math.Clamp((words - weights.FewWords) / (weights.ManyWords - weights.FewWords), 0, 1) * (many - few));
}
