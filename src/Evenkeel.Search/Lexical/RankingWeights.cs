namespace Evenkeel.Search.Lexical;

/// <summary>
/// How passages are ranked. The defaults are chosen on principle, with round values where neighbouring ones rank about as well. What is kept was
/// better on both halves of the questions of a published collection, and no worse on the others (<c>./bench retrieval</c>).
/// </summary>
internal sealed record RankingWeights
{
    public static RankingWeights Default { get; } = new();

    /// <summary>Okapi BM25 as textbooks give it, headings and title counted as text, nothing besides: what the bench compares with.</summary>
    public static RankingWeights PlainBm25 { get; } = new()
    {
        K1 = 1.2, B = 0.75, VerboseK1 = 1.2, VerboseB = 0.75, HeadingWeight = 1, TitleWeight = 1, TitleCountsAsLength = true, Proximity = 0, Feedback = 0, LanguageIsPreferred = false,
    };

    /// <summary>How soon further occurrences of a word stop counting, for a question of few words. Low: a passage that has more of them answers.</summary>
    public double K1 { get; init; } = 0.9;

    /// <summary>How much a long passage is held against itself, 0 to 1: our passages are cut to similar length.</summary>
    public double B { get; init; } = 0.4;

    /// <summary>
    /// The same for a question of many words. Most of those are only circumstances, and a long passage has some of them by chance: long questions
    /// need more smoothing (C. Zhai and J. Lafferty, ACM TOIS 22(2), 2004).
    /// </summary>
    public double VerboseK1 { get; init; } = 2;

    /// <summary>As <see cref="VerboseK1"/>.</summary>
    public double VerboseB { get; init; } = 0.75;

    /// <summary>Up to so many words that are no stop words a question has few; in between the weights go over into each other.</summary>
    public int FewWords { get; init; } = 5;

    /// <summary>From so many on it has many.</summary>
    public int ManyWords { get; init; } = 10;

    /// <summary>A word in the headings counts as so many in the text: authors put there what a section is about.</summary>
    public double HeadingWeight { get; init; } = 2;

    /// <summary>The title is shared by all passages of a document: it prefers the document and does not order its passages.</summary>
    public double TitleWeight { get; init; } = 1;

    /// <summary>Whether the title's words make a passage longer.</summary>
    public bool TitleCountsAsLength { get; init; }

    /// <summary>Share of the weight of two neighbouring words of the question that a passage gains where they stand together; 0 = none.</summary>
    public double Proximity { get; init; } = 0.2;

    /// <summary>Weight of the words taken from the best passages beside the question's own, 0 to 1; 0 = none are taken.</summary>
    public double Feedback { get; init; } = 0.4;

    /// <summary>
    /// So many passages stay the first whatever words are taken. A precise question is answered by what has its own words; the words
    /// taken only choose what follows.
    /// </summary>
    public int FeedbackKeeps { get; init; } = 2;

    /// <summary>Passages words are taken from.</summary>
    public int FeedbackPassages { get; init; } = 10;

    /// <summary>Most words taken, each of at least two of the passages.</summary>
    public int FeedbackTerms { get; init; } = 20;

    /// <summary>Whether passages in the question's language come alone.</summary>
    public bool LanguageIsPreferred { get; init; } = true;
}
