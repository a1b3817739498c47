namespace Evenkeel.Knowledge.Terms;

/// <summary>A word of a question.</summary>
/// <param name="Text">Lower case.</param>
public sealed record QuestionTerm(string Text)
{
    internal TextTerm Word { get; init; }

    /// <summary>Two neighbouring characters of a writing without spaces.</summary>
    public bool IsBigram => Word.Forms is null;

    /// <summary>The term in passages of a language; 0 where it is a stop word.</summary>
    public ulong Under(byte stemmer) => Word.Under(stemmer);
}

/// <summary>A question, cut into its words.</summary>
/// <param name="Language">Null when it has only names and numbers.</param>
/// <param name="Terms">In the order of the question, stop words included.</param>
public sealed record AnalyzedQuestion(byte? Language, IReadOnlyList<QuestionTerm> Terms)
{
    /// <summary>Whether more than a single word tells the language.</summary>
    public bool IsLanguageCertain { get; init; } = true;
}

/// <summary>Cuts questions by the same rules as passages.</summary>
public sealed class QuestionAnalyzer(TermNormalizer normalizer)
{
    /// <summary>A whole page pasted as a question is searched by its beginning: more words only blur it.</summary>
    private const int MostTerms = 512;

    /// <summary>The words of a question and its language.</summary>
    public async ValueTask<AnalyzedQuestion> AnalyzeAsync(string question, CancellationToken cancellationToken)
    {
        var said = QuestionWords.Without(question);
        var tokenized = await normalizer.TokenizeAsync(said == question ? [question] : [question, said], cancellationToken);
        // "怎么样？" has nothing else to be searched by.
        var terms = tokenized[^1].Terms.Count > 0 ? tokenized[^1].Terms : tokenized[0].Terms;
        var evidence = tokenized[0].Evidence;
        return new AnalyzedQuestion(
            evidence.Language(LanguageEvidence.EnoughForQuestion), [.. terms.Take(MostTerms).Select(term => new QuestionTerm(term.Text) { Word = term })])
        {
            IsLanguageCertain = evidence.Language(LanguageEvidence.EnoughForPassage) is not null,
        };
    }
}
