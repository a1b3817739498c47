namespace Evenkeel.Models.Extractive;

/// <summary>What was chosen so far; a piece brings along what it cannot be understood without.</summary>
/// <param name="all">Every piece of the passages.</param>
/// <param name="budget">Characters of the answer.</param>
internal sealed class Selection(IReadOnlyList<Candidate> all, int budget)
{
    /// <summary>From here on two pieces say the same, in shared words of both or of the shorter one.</summary>
    private const double SameWords = 0.85;
    private const double Contained = 0.95;
    private readonly List<Candidate> _chosen = [];
    private int _length;

    public IReadOnlyList<Candidate> Chosen => _chosen;

    public int Sentences { get; private set; }

    public void Add(Candidate candidate)
    {
        if (_chosen.Contains(candidate) || IsRepetition(candidate))
            return;
        var group = Companions(candidate);
        var length = group.Sum(one => one.Segment.Text.Length);
        var isFirst = _chosen.Count == 0;
        // Steps and lists may run over, for half of them is worse than none.
        if (!isFirst && _length + length > (group.Count > 1 ? budget * 3 / 2 : budget))
            return;
        if (isFirst && length > budget * 2)
            group = [candidate];
        foreach (var one in group.Where(one => !_chosen.Contains(one)))
        {
            _chosen.Add(one);
            _length += one.Segment.Text.Length;
        }
        Sentences++;
    }

    /// <summary>Neighbouring passages overlap, and documents repeat themselves.</summary>
    private bool IsRepetition(Candidate candidate) => _chosen.Any(chosen =>
        chosen.Segment.Text == candidate.Segment.Text
        || chosen.Terms.Similarity(candidate.Terms) > SameWords
        || (candidate.Terms.Words.Count > 3 && candidate.Terms.ShareIn(chosen.Terms) > Contained));

    private List<Candidate> Companions(Candidate candidate)
    {
        var segment = candidate.Segment;
        if (segment.Introduces)
            return [candidate, .. Following(candidate)];
        if (segment.Kind == SegmentKind.Sentence)
            return Referent(candidate) is { } referent ? [referent, candidate] : [candidate];
        List<Candidate> group = segment.Kind == SegmentKind.Step ? [.. SameBlock(candidate)] : [candidate];
        return Introduction(candidate) is { } introduction ? [introduction, .. group] : group;
    }

    private IEnumerable<Candidate> SameBlock(Candidate candidate) =>
        all.Where(one => one.PassageIndex == candidate.PassageIndex && one.Segment.Block == candidate.Segment.Block);

    /// <summary>The short sentence that tells who "she" is.</summary>
    private Candidate? Referent(Candidate candidate) => !candidate.PointsBack ? null : all.FirstOrDefault(one =>
        one.PassageIndex == candidate.PassageIndex && one.Order == candidate.Order - 1 && one.Segment.Block == candidate.Segment.Block
        && one.Segment.Text.Length <= budget / 5);

    /// <summary>The list, table or code that "…:" announces.</summary>
    private IEnumerable<Candidate> Following(Candidate candidate)
    {
        var next = all.FirstOrDefault(one => one.PassageIndex == candidate.PassageIndex && one.Order == candidate.Order + 1);
        return next is null || next.Segment.Heading != candidate.Segment.Heading ? []
            : next.Segment.Kind == SegmentKind.Sentence ? [next]
            : SameBlock(next);
    }

    private Candidate? Introduction(Candidate candidate)
    {
        var first = SameBlock(candidate).Min(one => one.Order);
        return all.FirstOrDefault(one => one.PassageIndex == candidate.PassageIndex && one.Order == first - 1
            && one.Segment.Introduces && one.Segment.Heading == candidate.Segment.Heading);
    }
}
