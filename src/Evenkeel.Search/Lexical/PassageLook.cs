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

    private readonly Dictionary<int, HashSet<int>> _numbers = [];
    private readonly Dictionary<LexicalForm, List<Pair>> _pairs = [];

    /// <summary>The first <paramref name="limit"/> in their new order, then the others as they stood.</summary>
    public List<LexicalHit> At(List<ScoredPassage> passages, int limit)
    {
        var seen = passages.Take(limit).Select(Look).ToList();
        // Stable: of equals the first stays first.
        var ordered = seen.OrderByDescending(hit => hit.Score).ToList();
        ordered.AddRange(passages.Skip(limit).Select(passage => new LexicalHit(passage.At, passage.Score, Matches(passage.At).Coverage)));
        return ordered;
    }

    private LexicalHit Look(ScoredPassage passage)
    {
        var (form, words, coverage) = Matches(passage.At);
        if (index.Weights.Proximity == 0 || form.Terms.Count < 2)
        {
            return new LexicalHit(passage.At, passage.Score, coverage);
        }

        var positions = Positions(passage.At, words, form.Terms.Count);
        var bonus = PairsOf(form).Sum(pair => pair.Weight * Closeness(positions[pair.First], positions[pair.Second], pair.Distance));
        return new LexicalHit(passage.At, passage.Score + (index.Weights.Proximity * bonus), coverage);
    }

    /// <summary>Which word of the question each distinct term of the passage is (-1 for none), and how much of the question that is.</summary>
    private (LexicalForm Form, int[] Words, double Coverage) Matches(IndexPlace at)
    {
        var segment = index.Views[at.View].Segment;
        var form = question.Form(segment.Languages[at.Place]);
        var numbers = NumbersIn(at.View);
        var terms = segment.TermsOf(at.Place);
        var words = new int[terms.Length];
        var mass = 0.0;
        for (var term = 0; term < terms.Length; term++)
        {
            words[term] = -1;
            if (numbers.Contains(terms[term]) && PlaceOf(form, segment.Terms[terms[term]]) is var place and >= 0)
            {
                words[term] = place;
                mass += form.Terms[place].Mass;
            }
        }

        return (form, words, form.Mass == 0 ? 0 : Math.Min(1, mass / form.Mass));
    }

    private static int PlaceOf(LexicalForm form, ulong term)
    {
        for (var place = 0; place < form.Terms.Count; place++)
        {
            if (form.Terms[place].Term == term)
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>The numbers that the question's terms have in a segment.</summary>
    private HashSet<int> NumbersIn(int view)
    {
        if (!_numbers.TryGetValue(view, out var numbers))
        {
            numbers = [];
            foreach (var term in question.Terms)
            {
                if (index.Views[view].Segment.Terms.Find(term.Term) is var number and >= 0)
                {
                    numbers.Add(number);
                }
            }

            _numbers[view] = numbers;
        }

        return numbers;
    }

    /// <summary>Where the words of the question stand in the passage's text.</summary>
    private List<int>[] Positions(IndexPlace at, int[] words, int count)
    {
        var positions = new List<int>[count];
        for (var word = 0; word < count; word++)
        {
            positions[word] = [];
        }

        var sequence = index.Views[at.View].Segment.SequencesOf(at.Place);
        var length = PassageAnalysis.ReadNumber(ref sequence);
        for (var position = 0; position < length; position++)
        {
            var number = PassageAnalysis.ReadNumber(ref sequence);
            if (number > 0 && words[number - 1] >= 0)
            {
                positions[words[number - 1]].Add(position);
            }
        }

        return positions;
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
}
