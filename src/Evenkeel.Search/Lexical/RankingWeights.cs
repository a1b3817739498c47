namespace Evenkeel.Search.Lexical;

/// <summary>
/// How passages are ranked. The defaults are chosen on principle and checked on published collections in two languages
/// (<c>./bench retrieval</c>), not fitted to one of them.
/// </summary>
internal sealed record RankingWeights
{
    public static RankingWeights Default { get; } = new();

    /// <summary>Okapi BM25 as textbooks give it, headings and title counted as text, nothing besides: what the bench compares with.</summary>
    public static RankingWeights PlainBm25 { get; } = new()
    {
        K1 = 1.2, B = 0.75, HeadingWeight = 1, TitleWeight = 1, TitleCountsAsLength = true, Proximity = 0, Feedback = 0, LanguageIsPreferred = false,
    };

    /// <summary>How soon further occurrences of a word stop counting; 0.9 to 1.5 are usual for passages.</summary>
    public double K1 { get; init; } = 1.2;

    /// <summary>
    /// How much a long passage is held against itself, 0 to 1. Between the 0.4 of passage collections and the classic 0.75: our
    /// passages are cut to similar length, except that short sections stay short.
    /// </summary>
    public double B { get; init; } = 0.6;

    /// <summary>A word in the headings counts as so many in the text: authors put there what a section is about.</summary>
    public double HeadingWeight { get; init; } = 2;

    /// <summary>The title is shared by all passages of a document: enough to prefer the document, not to order its passages.</summary>
    public double TitleWeight { get; init; } = 0.5;

    /// <summary>Whether the title's words make a passage longer.</summary>
    public bool TitleCountsAsLength { get; init; }

    /// <summary>Share of the weight of two neighbouring words of the question that a passage gains where they stand together; 0 = none.</summary>
    public double Proximity { get; init; } = 0.3;

    /// <summary>Weight of the words taken from the best passages beside the question's own, 0 to 1; 0 = none are taken.</summary>
    public double Feedback { get; init; } = 0.3;

    /// <summary>No words are taken from the best passages when the best one has this share of the question's weight: it answers already.</summary>
    public double FeedbackUpToCoverage { get; init; } = 0.8;

    /// <summary>Passages words are taken from.</summary>
    public int FeedbackPassages { get; init; } = 8;

    /// <summary>Words taken.</summary>
    public int FeedbackTerms { get; init; } = 20;

    /// <summary>Whether passages in the question's language come alone.</summary>
    public bool LanguageIsPreferred { get; init; } = true;
}
