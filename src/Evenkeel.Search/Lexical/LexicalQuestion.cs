using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Lexical;

/// <summary>A word of a question as passages of one stemmer have it.</summary>
/// <param name="Term">The term.</param>
/// <param name="Count">How often the question has it.</param>
/// <param name="Idf">What it tells for ranking.</param>
/// <param name="Mass">What it counts towards coverage.</param>
/// <param name="IsBigram">Two neighbouring characters of a writing without spaces.</param>
internal sealed record LexicalTerm(ulong Term, int Count, double Idf, double Mass, bool IsBigram);

/// <summary>A question as the passages of one stemmer see it.</summary>
/// <param name="Terms">Distinct.</param>
/// <param name="Sequence">The question word by word: places in <paramref name="Terms"/>, -1 for a stop word.</param>
internal sealed record LexicalForm(IReadOnlyList<LexicalTerm> Terms, IReadOnlyList<int> Sequence)
{
    /// <summary>Of neighbouring characters about half belong to two words, and are not to be expected in a passage that answers.</summary>
    private const double WithinWords = 0.5;

    /// <summary>What a passage that answers in the question's words would have of what they tell.</summary>
    public double Mass { get; } = Terms.Sum(term => term.IsBigram ? term.Mass * WithinWords : term.Mass);
}

/// <summary>A question prepared for one index: in a form for each stemmer that its passages have.</summary>
internal sealed class LexicalQuestion
{
    /// <summary>Among a handful of passages every word they have would tell nearly nothing, and every other nearly all: coverage takes so many at least.</summary>
    private const int FewPassages = 100;

    /// <summary>A language in fewer passages than this share is not one of the documents': those passages may be misjudged.</summary>
    private const double SpokenShare = 0.05;

    private readonly Dictionary<byte, LexicalForm> _forms = [];

    private LexicalQuestion(byte language) => Language = language;

    /// <summary>The language its answers are preferred in.</summary>
    public byte Language { get; }

    /// <summary>The distinct terms of all forms: what is looked up.</summary>
    public IEnumerable<LexicalTerm> Terms => _forms.Values.SelectMany(form => form.Terms).DistinctBy(term => term.Term);

    /// <summary>The form for passages of a language.</summary>
    public LexicalForm Form(byte language) => _forms[Languages.Stemmer(language)];

    /// <summary>The form that speaks for the question itself.</summary>
    public LexicalForm? OwnForm => _forms.TryGetValue(Languages.Stemmer(Language), out var form) ? form : _forms.Values.FirstOrDefault();

    /// <summary>About how many words it has that are no stop words.</summary>
    public double Words => OwnForm is { } form ? form.Terms.Sum(term => term.IsBigram ? 0.5 : 1) : 0;

    public static LexicalQuestion Of(AnalyzedQuestion question, PassageIndex index)
    {
        var language = Told(question, index);
        var prepared = new LexicalQuestion(language ?? MostSpoken(index.Statistics));
        foreach (var stemmer in index.Statistics.Stemmers())
        {
            prepared._forms[stemmer] = FormFor(stemmer, question, language, index);
        }

        return prepared;
    }

    /// <summary>
    /// The question's language; null when it may be chance: "die casting" put to English documents is not German. So a guess counts only where
    /// there are passages in that language.
    /// </summary>
    private static byte? Told(AnalyzedQuestion question, PassageIndex index) =>
        question.Language is { } guess && (question.IsLanguageCertain || index.Statistics.PassagesIn(guess) >= index.Count * SpokenShare) ? guess : null;

    private static LexicalForm FormFor(byte stemmer, AnalyzedQuestion question, byte? language, PassageIndex index)
    {
        var own = language is { } told ? Languages.Stemmer(told) : stemmer;
        // A stop word of the question's own language says nothing in any other, although it may be a word there.
        var sequence = question.Terms.Select(word => word.Under(own) == 0 ? 0 : word.Under(stemmer)).ToList();
        var counts = sequence.Where(term => term != 0).CountBy(term => term).ToList();
        var places = counts.Select((count, place) => (count.Key, place)).ToDictionary(pair => pair.Key, pair => pair.place);
        var isBigram = question.Terms.Zip(sequence).Where(pair => pair.Second != 0 && pair.First.IsBigram).Select(pair => pair.Second).ToHashSet();
        return new LexicalForm(
            counts.ConvertAll(count =>
            {
                var bigram = isBigram.Contains(count.Key);
                var (passages, containing) = Frequency(index, bigram ? TermHash.NoStemmer : stemmer, count.Key);
                return new LexicalTerm(
                    count.Key, count.Value, Bm25.Idf(passages, containing), Bm25.Idf(Math.Max(passages, FewPassages), containing), bigram);
            }),
            sequence.ConvertAll(term => term == 0 ? -1 : places[term]));
    }

    public static double Idf(PassageIndex index, byte stemmer, ulong term)
    {
        var (passages, containing) = Frequency(index, stemmer, term);
        return Bm25.Idf(passages, containing);
    }

    private static (int Passages, int Containing) Frequency(PassageIndex index, byte stemmer, ulong term)
    {
        var containing = 0;
        foreach (var view in index.Views)
        {
            var number = view.Segment.Terms.Find(term);
            containing += number < 0 ? 0 : view.DocumentFrequency(number);
        }

        return (index.Statistics.PassagesOf(stemmer), containing);
    }

    /// <summary>A question of names and numbers only is taken to be in the language with stop words that most passages are in.</summary>
    private static byte MostSpoken(CollectionStatistics statistics)
    {
        byte most = 0;
        var passages = 0;
        for (byte language = 1; language < Languages.Stemmers; language++)
        {
            if (statistics.PassagesIn(language) > passages)
            {
                (most, passages) = (language, statistics.PassagesIn(language));
            }
        }

        return most;
    }
}
