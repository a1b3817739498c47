using Evenkeel.Knowledge.Terms;

namespace Evenkeel.Search.Lexical;

/// <summary>
/// Looks at the best passages word by word: how much of the question each has, and whether words that stand together in the question
/// stand together in it. That much is a bounded addition to its score: for each two neighbouring words a share of what the weaker tells, the
/// whole share where they stand exactly as in the question, less the further apart they are (a sequential dependence as in D. Metzler and
/// W. B. Croft, SIGIR 2005, with the closeness of Y. Rasolofo and J. Savoy, ECIR 2003).
/// </summary>
internal sealed class PassageLook(PassageIndex index, LexicalQuestion question)
{
    /// <summary>Words further apart have nothing to do with each other.</summary>
    private const int Window = 8;

    /// <summary>Neighbouring words looked for: the beginning of a question that is a whole page.</summary>
    private const int MostPairs = 48;

    private readonly Dictionary<IndexPlace, (double Closeness, double Coverage)> _seen = [];
    private readonly Dictionary<(int View, LexicalForm Form), TermPlaces> _places = [];
    private readonly Dictionary<LexicalForm, List<Pair>> _pairs = [];
    // Of one passage after another: made once.
    private readonly List<List<int>> _positions = [];
    private int[] _words = [];

    /// <summary>The first <paramref name="limit"/> in their new order, then the others as they stood.</summary>
    public List<LexicalHit> At(List<ScoredPassage> passages, int limit)
    {
        var hits = new List<LexicalHit>(passages.Count);
        for (var place = 0; place < passages.Count; place++)
        {
            var (at, score) = passages[place];
            var (closeness, coverage) = place < limit ? Look(at) : (0, Matches(at).Coverage);
            hits.Add(new LexicalHit(at, score + (index.Weights.Proximity * closeness), coverage));
        }

        // Stable: of equals the first stays first.
        return [.. hits.Take(limit).OrderByDescending(hit => hit.Score), .. hits.Skip(limit)];
    }

    /// <summary>What is seen does not depend on the score: the same passages come again when words were taken from the best of them.</summary>
    private (double Closeness, double Coverage) Look(IndexPlace at)
    {
        if (!_seen.TryGetValue(at, out var seen))
        {
            var (form, coverage) = Matches(at);
            _seen[at] = seen = (index.Weights.Proximity == 0 || form.Terms.Count < 2 ? 0 : ClosenessIn(at, form), coverage);
        }

        return seen;
    }

    private double ClosenessIn(IndexPlace at, LexicalForm form)
    {
        ReadPositions(at, form.Terms.Count);
        var closeness = 0.0;
        foreach (var pair in PairsOf(form))
        {
            closeness += pair.Weight * Closeness(_positions[pair.First], _positions[pair.Second], pair.Distance);
        }

        return closeness;
    }

    /// <summary>
    /// How much of the question the passage has; leaves in <see cref="_words"/> which word of the question each distinct term of the passage is,
    /// -1 for none.
    /// </summary>
    private (LexicalForm Form, double Coverage) Matches(IndexPlace at)
    {
        var segment = index.Views[at.View].Segment;
        var form = question.Form(segment.Languages[at.Place]);
        var places = PlacesIn(at.View, form);
        var terms = segment.TermsOf(at.Place);
        if (_words.Length < terms.Length)
        {
            _words = new int[Math.Max(terms.Length, 256)];
        }

        var mass = 0.0;
        for (var term = 0; term < terms.Length; term++)
        {
            var place = _words[term] = places.Of(terms[term]);
            mass += place < 0 ? 0 : form.Terms[place].Mass;
        }

        return (form, form.Mass == 0 ? 0 : Math.Min(1, mass / form.Mass));
    }

    private TermPlaces PlacesIn(int view, LexicalForm form)
    {
        if (!_places.TryGetValue((view, form), out var places))
        {
            _places[(view, form)] = places = new TermPlaces(index.Views[view].Segment, form);
        }

        return places;
    }

    /// <summary>Leaves in <see cref="_positions"/> where the words of the question stand in the passage's text.</summary>
    private void ReadPositions(IndexPlace at, int count)
    {
        for (var word = 0; word < count; word++)
        {
            if (word == _positions.Count)
            {
                _positions.Add([]);
            }

            _positions[word].Clear();
        }

        var sequence = index.Views[at.View].Segment.SequencesOf(at.Place);
        var length = PassageAnalysis.ReadNumber(ref sequence);
        for (var position = 0; position < length; position++)
        {
            var number = PassageAnalysis.ReadNumber(ref sequence);
            if (number > 0 && _words[number - 1] >= 0)
            {
                _positions[_words[number - 1]].Add(position);
            }
        }
    }

    /// <summary>1 where the two words stand somewhere exactly as in the question, towards 0 the further from it.</summary>
    private static double Closeness(List<int> first, List<int> second, int distance)
    {
        var least = Window;
        foreach (var position in first)
        {
            foreach (var other in second)
            {
                // The other way round costs one step more: "bank of England" and "England's bank".
                var apart = other - position;
                least = Math.Min(least, apart > 0 ? Math.Abs(apart - distance) : apart < 0 ? 1 + Math.Abs(-apart - distance) : Window);
            }
        }

        return least >= Window ? 0 : 1.0 / (1 + least);
    }

    private List<Pair> PairsOf(LexicalForm form)
    {
        if (_pairs.TryGetValue(form, out var pairs))
        {
            return pairs;
        }

        pairs = [];
        var previous = -1;
        for (var position = 0; position < form.Sequence.Count && pairs.Count < MostPairs; position++)
        {
            if (form.Sequence[position] < 0 || form.Terms[form.Sequence[position]].IsBigram)
            {
                continue;
            }

            if (previous >= 0 && form.Sequence[previous] != form.Sequence[position])
            {
                var (first, second) = (form.Sequence[previous], form.Sequence[position]);
                pairs.Add(new Pair(first, second, position - previous, Math.Min(form.Terms[first].Idf, form.Terms[second].Idf)));
            }

            previous = position;
        }

        return _pairs[form] = pairs;
    }

    private readonly record struct Pair(int First, int Second, int Distance, double Weight);

    /// <summary>Which word of the question the terms of a segment are.</summary>
    private sealed class TermPlaces
    {
        private readonly Dictionary<int, int> _places = [];
        // One bit for each word's number, modulo 64: nearly all terms of a passage are none of the question's, and are told by it.
        private readonly ulong _bits;

        public TermPlaces(Segment segment, LexicalForm form)
        {
            for (var place = 0; place < form.Terms.Count; place++)
            {
                if (segment.Terms.Find(form.Terms[place].Term) is var number and >= 0)
                {
                    _places[number] = place;
                    _bits |= 1UL << (number & 63);
                }
            }
        }

        /// <summary>-1 for none.</summary>
        public int Of(int number) => (_bits >> (number & 63) & 1) != 0 && _places.TryGetValue(number, out var place) ? place : -1;
    }
}
