using System.Buffers;
using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Lexical;

/// <summary>What a hit needs besides its score.</summary>
internal sealed record StoredPassage(Guid Id, Guid DocumentId, string Title, IReadOnlyList<string> HeadingPath, string Text, string Language);

/// <summary>A passage found, by its place in the index.</summary>
internal readonly record struct ScoredPassage(int Place, double Score);

/// <summary>What one look-up found.</summary>
/// <param name="Best">Best first.</param>
/// <param name="Candidates">Passages that contain at least one of the terms.</param>
internal sealed record IndexAnswer(IReadOnlyList<ScoredPassage> Best, int Candidates);

/// <summary>
/// An inverted index of one chatbot's passages; immutable. Each posting keeps its finished BM25 impact, so that a look-up only adds
/// numbers from flat arrays into one accumulator per passage and keeps the best.
/// </summary>
internal sealed class PassageIndex
{
    private const double FarBetter = 1.5;

    private readonly Dictionary<string, int> _terms;
    private readonly int[] _firstPosting;
    private readonly int[] _places;
    private readonly float[] _impacts;

    /// <param name="passages">In the order of the documents.</param>
    /// <param name="terms">Term to its number.</param>
    /// <param name="postings">Of all terms, one after another.</param>
    public PassageIndex(IReadOnlyList<StoredPassage> passages, Dictionary<string, int> terms, Postings postings)
    {
        Passages = passages;
        _terms = terms;
        (_firstPosting, _places, _impacts) = (postings.First, postings.Places, postings.Impacts);
        Bytes = Estimate();
    }

    /// <summary>Postings of term t are those from First[t] up to First[t + 1].</summary>
    internal sealed record Postings(int[] First, int[] Places, float[] Impacts);

    public IReadOnlyList<StoredPassage> Passages { get; }

    /// <summary>About how much memory it takes.</summary>
    public long Bytes { get; }

    /// <summary>The best passages for the terms; a term that stands twice counts twice.</summary>
    /// <param name="terms">Normalised.</param>
    /// <param name="language">Language of the question; passages in it are preferred.</param>
    /// <param name="limit">Most passages to return.</param>
    public IndexAnswer Find(IReadOnlyList<string> terms, string language, int limit)
    {
        var scores = ArrayPool<float>.Shared.Rent(Math.Max(1, Passages.Count));
        try
        {
            Array.Clear(scores, 0, Passages.Count);
            foreach (var term in terms)
            {
                Add(term, scores);
            }

            return Select(scores.AsSpan(0, Passages.Count), language, limit);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scores);
        }
    }

    private void Add(string term, float[] scores)
    {
        if (!_terms.TryGetValue(term, out var number))
        {
            return;
        }

        var places = _places.AsSpan(_firstPosting[number], _firstPosting[number + 1] - _firstPosting[number]);
        var impacts = _impacts.AsSpan(_firstPosting[number], places.Length);
        for (var index = 0; index < places.Length; index++)
        {
            scores[places[index]] += impacts[index];
        }
    }

    private IndexAnswer Select(ReadOnlySpan<float> scores, string language, int limit)
    {
        var prefersLanguage = language != TextLanguage.Undetermined;
        var own = new BestPassages(limit);
        var other = new BestPassages(limit);
        var candidates = 0;
        for (var place = 0; place < scores.Length; place++)
        {
            var score = scores[place];
            if (score <= 0)
            {
                continue;
            }

            candidates++;
            (!prefersLanguage || Passages[place].Language == language ? own : other).Offer(place, score);
        }

        return new IndexAnswer(Preferred(own.Descending(), other.Descending(), limit), candidates);
    }

    /// <summary>
    /// Documents often come in two languages that share names and identifiers. Passages in the question's language are returned alone
    /// unless one of the others matches far better: then the answer is probably only there, and all stand together by score.
    /// </summary>
    private static IReadOnlyList<ScoredPassage> Preferred(List<ScoredPassage> own, List<ScoredPassage> other, int limit)
    {
        if (other.Count == 0 || (own.Count > 0 && own[0].Score * FarBetter >= other[0].Score))
        {
            return own;
        }

        return own.Count == 0 ? other : [.. own.Concat(other).OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Place).Take(limit)];
    }

    private long Estimate()
    {
        const int bytesPerObject = 24;
        const int bytesPerTerm = 72;
        const int bytesPerPassage = 120;
        long Size(string text) => bytesPerObject + (2L * text.Length);
        return (_firstPosting.Length * 4L) + (_places.Length * 8L)
            + _terms.Keys.Sum(term => bytesPerTerm + (2L * term.Length))
            + Passages.Sum(passage => bytesPerPassage + Size(passage.Text) + passage.HeadingPath.Sum(Size));
    }
}
