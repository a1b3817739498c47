namespace Evenkeel.Models.Extractive;

/// <summary>Chooses the pieces that answer a question, or none.</summary>
internal static class AnswerExtraction
{
    /// <summary>Below this share of the question, what was found is about something else.</summary>
    private const double LeastCoverage = 0.5;

    /// <summary>From here on a heading asks the same as the user, and its section is the answer.</summary>
    private const double SameQuestion = 0.55;
    private const int MostSentences = 5;

    /// <summary>The answer in Markdown with citations, or null when nothing fits well enough.</summary>
    public static string? Extract(string question, IReadOnlyList<GroundingPassage> passages, bool isChinese) =>
        Extract(question, question, passages, isChinese);

    /// <summary>The same for a question that follows on an earlier one: the newest words must be met too, or met alone.</summary>
    public static string? ExtractFollowUp(string question, string newest, IReadOnlyList<GroundingPassage> passages, bool isChinese) =>
        Extract(question, newest, passages, isChinese) ?? Extract(newest, newest, passages, isChinese);

    private static string? Extract(string question, string newest, IReadOnlyList<GroundingPassage> passages, bool isChinese)
    {
        var candidates = new SegmentScoring(question, newest, passages).Score();
        var ranked = candidates
            .Where(candidate => candidate.Coverage >= LeastCoverage)
            .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.PassageIndex).ThenBy(candidate => candidate.Order)
            .ToArray();
        if (ranked.Length == 0)
            return null;
        var selection = new Selection(candidates, isChinese ? 300 : 600);
        var best = ranked[0];
        foreach (var candidate in ranked
            .Where(one => one.Score >= LeastOfBest(best, one) * best.Score)
            .OrderByDescending(one => best.HeadingFit >= SameQuestion && one.SharesSectionWith(best)))
        {
            if (selection.Sentences < MostSentences)
                selection.Add(candidate);
        }
        return AnswerText.Compose(selection.Chosen, isChinese);
    }

    /// <summary>Pieces much worse than the best one add noise; how much worse they may be depends on where they stand.</summary>
    private static double LeastOfBest(Candidate best, Candidate other) => (best.HeadingFit >= SameQuestion, other.SharesSectionWith(best)) switch
    {
        (true, true) => 0.4,
        (true, false) => 0.85,
        (false, true) => 0.6,
        (false, false) => 0.72,
    };

    /// <summary>What was chosen so far; a piece brings along what it cannot be understood without.</summary>
    private sealed class Selection(IReadOnlyList<Candidate> all, int budget)
    {
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

        private bool IsRepetition(Candidate candidate) => _chosen.Any(chosen =>
            chosen.Segment.Text == candidate.Segment.Text || chosen.Terms.Similarity(candidate.Terms) > 0.85);

        private List<Candidate> Companions(Candidate candidate)
        {
            var segment = candidate.Segment;
            if (segment.Introduces)
                return [candidate, .. Following(candidate)];
            if (segment.Kind == SegmentKind.Sentence)
                return [candidate];
            List<Candidate> group = segment.Kind == SegmentKind.Step ? [.. SameBlock(candidate)] : [candidate];
            return Introduction(candidate) is { } introduction ? [introduction, .. group] : group;
        }

        private IEnumerable<Candidate> SameBlock(Candidate candidate) =>
            all.Where(one => one.PassageIndex == candidate.PassageIndex && one.Segment.Block == candidate.Segment.Block);

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
}
