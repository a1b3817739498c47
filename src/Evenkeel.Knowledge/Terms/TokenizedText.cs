namespace Evenkeel.Knowledge.Terms;

/// <summary>A word or bigram of a text.</summary>
/// <param name="Text">Lower case, before it is reduced to a stem.</param>
/// <param name="Forms">Its stems; null for a bigram, which is final.</param>
/// <param name="BigramHash">Of a bigram.</param>
internal readonly record struct TextTerm(string Text, WordForms? Forms, ulong BigramHash)
{
    /// <summary>The term in a text of a language; 0 for a stop word of it.</summary>
    public ulong Under(byte stemmer) =>
        Forms is null ? BigramHash : Forms.StemHash(stemmer) is var stem and not 0 ? TermHash.Of(stemmer, stem) : 0;
}

/// <summary>A text cut into words and bigrams, stop words included, in its order.</summary>
internal sealed record TokenizedText(IReadOnlyList<TextTerm> Terms, LanguageEvidence Evidence)
{
    /// <summary>Nothing.</summary>
    public static TokenizedText Empty { get; } = new([], new LanguageEvidence());
}
