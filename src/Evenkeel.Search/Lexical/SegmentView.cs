using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Lexical;

/// <summary>
/// A segment as one state of the knowledge sees it: which of its passages still answer, how often each term stands in those, and which
/// are private. Immutable; a change makes another view of the same segment.
/// </summary>
internal sealed class SegmentView
{
    private readonly bool[] _liveDocuments;
    private readonly bool[] _privateDocuments;

    // Null while all passages are alive: then the postings say it.
    private readonly int[]? _documentFrequencies;

    private SegmentView(Segment segment, bool[] liveDocuments, bool[] privateDocuments, int[]? documentFrequencies)
    {
        (Segment, _liveDocuments, _privateDocuments, _documentFrequencies) = (segment, liveDocuments, privateDocuments, documentFrequencies);
        for (var place = 0; place < segment.Count; place++)
        {
            if (IsLive(place))
            {
                LiveCount++;
                Statistics.Add(segment.Languages[place], segment.Lengths[place]);
            }
        }
    }

    public Segment Segment { get; }

    /// <summary>Passages that answer.</summary>
    public int LiveCount { get; }

    /// <summary>Counts over the passages that answer.</summary>
    public CollectionStatistics Statistics { get; } = new();

    public long Bytes => Segment.Bytes + (_liveDocuments.Length * 2L) + ((_documentFrequencies?.Length ?? 0) * 4L);

    /// <summary>The segment under a state of the knowledge.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="before">The view of the state before, whose counts are gone on from; null for none.</param>
    /// <param name="isLive">Which documents answer.</param>
    /// <param name="isPrivate">Which belong to a private source.</param>
    /// <returns><paramref name="before"/> itself where nothing changed.</returns>
    public static SegmentView Of(Segment segment, SegmentView? before, Func<SegmentDocument, bool> isLive, Func<SegmentDocument, bool> isPrivate)
    {
        // A document that has gone does not come back with the same revision, except when a database was restored; then it is read again.
        bool[] live = [.. segment.Documents.Select((document, place) => (before is null || before._liveDocuments[place]) && isLive(document))];
        bool[] hidden = [.. segment.Documents.Select(isPrivate)];
        if (before is not null && live.AsSpan().SequenceEqual(before._liveDocuments))
        {
            return hidden.AsSpan().SequenceEqual(before._privateDocuments) ? before : new SegmentView(segment, live, hidden, before._documentFrequencies);
        }

        return new SegmentView(segment, live, hidden, live.Contains(false) ? CountLive(segment, live) : null);
    }

    public bool IsLive(int place) => _liveDocuments[Segment.DocumentOf[place]];

    public bool IsPrivate(int place) => _privateDocuments[Segment.DocumentOf[place]];

    /// <summary>Whether a document's passages here still answer.</summary>
    public IEnumerable<SegmentDocument> LiveDocuments() => Segment.Documents.Where((_, place) => _liveDocuments[place]);

    /// <summary>In how many passages that answer a term stands.</summary>
    public int DocumentFrequency(int term) => _documentFrequencies?[term] ?? (Segment.First[term + 1] - Segment.First[term]);

    private static int[] CountLive(Segment segment, bool[] live)
    {
        var counts = new int[segment.Terms.Count];
        for (var place = 0; place < segment.Count; place++)
        {
            if (live[segment.DocumentOf[place]])
            {
                foreach (var term in segment.TermsOf(place))
                {
                    counts[term]++;
                }
            }
        }

        return counts;
    }
}

/// <summary>Passages and words by language.</summary>
internal sealed class CollectionStatistics
{
    private readonly int[] _passages = new int[Languages.Korean + 1];
    private readonly long[] _words = new long[Languages.Korean + 1];

    public int Passages => _passages.Sum();

    public int PassagesIn(byte language) => _passages[language];

    public void Add(byte language, int words)
    {
        _passages[language]++;
        _words[language] += words;
    }

    public void Add(CollectionStatistics other)
    {
        for (var language = 0; language < _passages.Length; language++)
        {
            _passages[language] += other._passages[language];
            _words[language] += other._words[language];
        }
    }

    /// <summary>Mean length of the passages in a language.</summary>
    public double AverageLength(byte language) => _passages[language] == 0 ? 1 : Math.Max(1, (double)_words[language] / _passages[language]);

    /// <summary>Passages among which a term of a stemmer can stand: those of its languages; bigrams in all that are written without spaces.</summary>
    public int PassagesOf(byte stemmer)
    {
        var sum = 0;
        for (byte language = 0; language < _passages.Length; language++)
        {
            sum += (stemmer == TermHash.NoStemmer ? language >= Languages.Chinese : Languages.Stemmer(language) == stemmer) ? _passages[language] : 0;
        }

        return sum;
    }

    /// <summary>Stemmers that have passages.</summary>
    public IEnumerable<byte> Stemmers() =>
        Enumerable.Range(0, _passages.Length).Where(language => _passages[language] > 0).Select(language => Languages.Stemmer((byte)language)).Distinct();
}
