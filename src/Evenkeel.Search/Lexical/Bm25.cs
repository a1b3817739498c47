namespace Evenkeel.Search.Lexical;

/// <summary>
/// Okapi BM25: S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends in
/// Information Retrieval 3(4), 2009; with the never negative idf of Apache Lucene. Words of headings and titles are counted
/// as further occurrences in the text, the simple form of BM25F of section 3.6 there.
/// </summary>
internal static class Bm25
{
    /// <summary>
    /// How soon further occurrences of a word stop counting. 0.9 is what the Anserini baselines use for passages; longer texts would
    /// like 1.2 to 2.
    /// </summary>
    public const double K1 = 0.9;

    /// <summary>
    /// How much a long passage is held against itself, 0 to 1. Between the 0.4 of passage collections and the classic 0.75: our
    /// passages are cut to similar length, except that short sections stay short.
    /// </summary>
    public const double B = 0.6;

    /// <summary>A word in the headings counts as so many in the text: authors put there what a section is about.</summary>
    public const double HeadingWeight = 2;

    /// <summary>The title is shared by all passages of a document: enough to prefer the document, not to order its passages.</summary>
    public const double TitleWeight = 0.5;

    public static double Idf(int passages, int containing) =>
        Math.Log(1 + ((passages - containing + 0.5) / (containing + 0.5)));

    public static double Impact(double idf, double frequency, double length, double averageLength) =>
        idf * frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * length / averageLength))));
}
