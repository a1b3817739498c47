using System.Buffers;
using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Lexical;

/// <summary>A passage found by its words.</summary>
/// <param name="At">Where it stands in the index.</param>
/// <param name="Score">Comparable within one answer only.</param>
/// <param name="Coverage">Share of what the question's words tell that the passage has, 0 to 1.</param>
internal sealed record LexicalHit(IndexPlace At, double Score, double Coverage);

/// <summary>What one look-up found.</summary>
internal sealed record LexicalAnswer
{
    /// <summary>Best first.</summary>
    public required IReadOnlyList<LexicalHit> Best { get; init; }

    /// <summary>The first of those that lost to passages in the question's language.</summary>
    public required IReadOnlyList<LexicalHit> OtherLanguage { get; init; }

    /// <summary>The first of those that the person must not see.</summary>
    public required IReadOnlyList<LexicalHit> Hidden { get; init; }

    /// <summary>Passages that have at least one of the question's words.</summary>
    public required int Candidates { get; init; }

    /// <summary>Terms taken from the best passages besides.</summary>
    public required IReadOnlyList<ulong> ExpandedTerms { get; init; }
}

/// <summary>
/// One look-up. Term after term, the numbers of its postings are added to one accumulator per passage; the best are then looked at
/// word by word. Skipping through postings would save little: a hundred thousand passages are scored in less than a millisecond.
/// </summary>
internal sealed class LexicalSearch : IDisposable
{
    /// <summary>The first so many are looked at word by word.</summary>
    private const int LookedAt = 50;

    /// <summary>What lost for its language or visibility is only shown, not used.</summary>
    private const int Shown = 10;

    private readonly PassageIndex _index;
    private readonly LexicalQuestion _question;
    private readonly int _limit;
    private readonly bool _seesPrivate;
    private readonly PassageLook _look;
    private readonly float[][] _scores;
    private readonly double _k1;
    private readonly double _b;
    private int _candidates;

    /// <param name="index">Where.</param>
    /// <param name="question">What.</param>
    /// <param name="limit">Most passages to return.</param>
    /// <param name="seesPrivate">Whether passages of private sources may be returned.</param>
    public LexicalSearch(PassageIndex index, LexicalQuestion question, int limit, bool seesPrivate)
    {
        (_index, _question, _limit, _seesPrivate) = (index, question, limit, seesPrivate);
        _look = new PassageLook(index, question);
        (_k1, _b) = Bm25.For(index.Weights, question.Words);
        _scores = [.. index.Views.Select(view => ArrayPool<float>.Shared.Rent(Math.Max(1, view.Segment.Count)))];
        for (var view = 0; view < _scores.Length; view++)
        {
            Array.Clear(_scores[view], 0, index.Views[view].Segment.Count);
        }
    }

    public LexicalAnswer Run()
    {
        foreach (var term in _question.Terms)
        {
            Add(term.Term, term.Count * term.Idf);
        }

        var answer = Select();
        var expansion = Feedback.From(_index, _question, answer.Best);
        if (expansion.Count == 0)
        {
            return answer;
        }

        foreach (var (term, weight) in expansion)
        {
            Add(term, weight);
        }

        // Candidates are those of the question's own words.
        var candidates = answer.Candidates;
        var expanded = Select();
        return expanded with
        {
            Best = KeepFirst(answer.Best, expanded.Best), Candidates = candidates, ExpandedTerms = [.. expansion.Select(term => term.Term)],
        };
    }

    /// <summary>The first of the question's own words stay the first; the scores of the others are brought below theirs.</summary>
    private List<LexicalHit> KeepFirst(IReadOnlyList<LexicalHit> own, IReadOnlyList<LexicalHit> expanded)
    {
        var kept = own.Take(_index.Weights.FeedbackKeeps).ToList();
        var rest = expanded.Where(hit => !kept.Exists(first => first.At == hit.At)).Take(_limit - kept.Count).ToList();
        if (kept.Count == 0 || rest.Count == 0)
        {
            return [.. kept, .. rest];
        }

        var factor = Math.Min(1, kept[^1].Score / rest[0].Score);
        return [.. kept, .. rest.Select(hit => hit with { Score = hit.Score * factor })];
    }

    public void Dispose() => Array.ForEach(_scores, scores => ArrayPool<float>.Shared.Return(scores));

    private void Add(ulong term, double weight)
    {
        var factor = (float)(weight * (_k1 + 1));
        // BM25's denominator is the frequency and this much more, the second part as often as the passage has the mean length.
        var (always, byLength) = ((float)(_k1 * (1 - _b)), (float)(_k1 * _b));
        for (var view = 0; view < _scores.Length; view++)
        {
            var segment = _index.Views[view].Segment;
            var number = segment.Terms.Find(term);
            if (number < 0)
            {
                continue;
            }

            var places = segment.Places.AsSpan(segment.First[number], segment.First[number + 1] - segment.First[number]);
            var frequencies = segment.Frequencies.AsSpan(segment.First[number], places.Length);
            var scores = _scores[view];
            var lengths = _index.LengthsOf(view);
            for (var posting = 0; posting < places.Length; posting++)
            {
                var place = places[posting];
                var frequency = frequencies[posting] * (1f / SegmentBuilder.FrequencyUnits);
                scores[place] += factor * frequency / (frequency + always + (byLength * lengths[place]));
            }
        }
    }

    private LexicalAnswer Select()
    {
        var pool = Math.Max(_limit, LookedAt);
        var (own, other, hidden) = (new BestPassages(_index, pool), new BestPassages(_index, pool), new BestPassages(_index, Shown));
        var preferred = _index.Weights.LanguageIsPreferred ? _question.Language : Languages.Undetermined;
        _candidates = 0;
        for (var view = 0; view < _scores.Length; view++)
        {
            Offer(view, preferred, own, other, hidden);
        }

        var (best, lost) = Preferred(_look.At(own.Descending(), LookedAt), _look.At(other.Descending(), LookedAt));
        return new LexicalAnswer
        {
            Best = [.. best.Take(_limit)],
            OtherLanguage = [.. lost.Take(Shown)],
            Hidden = _look.At(hidden.Descending(), Shown),
            Candidates = _candidates,
            ExpandedTerms = [],
        };
    }

    private void Offer(int number, byte preferred, BestPassages own, BestPassages other, BestPassages hidden)
    {
        var view = _index.Views[number];
        var scores = _scores[number].AsSpan(0, view.Segment.Count);
        for (var place = 0; place < scores.Length; place++)
        {
            var score = scores[place];
            if (score <= 0 || !view.IsLive(place))
            {
                continue;
            }

            _candidates++;
            var best = !_seesPrivate && view.IsPrivate(place) ? hidden
                : preferred == Languages.Undetermined || view.Segment.Languages[place] == preferred ? own : other;
            if (score >= best.Worst)
            {
                best.Offer(new IndexPlace(number, place), score);
            }
        }
    }

    /// <summary>How much better a passage in another language must match to be taken for the only one that answers.</summary>
    private const double FarBetter = 1.5;

    /// <summary>
    /// Documents often come in two languages that share names and identifiers. Passages in the question's language are returned alone
    /// unless one of the others matches far better: then the answer is probably only there, and all stand together by score.
    /// </summary>
    private (IEnumerable<LexicalHit> Best, IEnumerable<LexicalHit> Lost) Preferred(List<LexicalHit> own, List<LexicalHit> other)
    {
        if (other.Count == 0 || (own.Count > 0 && own[0].Score * FarBetter >= other[0].Score))
        {
            return (own, other);
        }

        return own.Count == 0 ? (other, own) : (own.Concat(other).OrderByDescending(hit => hit.Score), []);
    }
}
