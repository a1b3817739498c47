namespace Evenkeel.Models.Extractive;

/// <summary>A segment where it stands, and how well it answers.</summary>
internal sealed record Candidate(GroundingPassage Passage, int PassageIndex, int Order, Segment Segment, Terms Terms)
{
    public double Score { get; init; }

    /// <summary>How much of the question the segment covers together with its headings and what it points back to, 0 to 1.</summary>
    public double Coverage { get; init; }

    /// <summary>How much of the question its whole passage covers, 0 to 1.</summary>
    public double PassageCoverage { get; init; }

    /// <summary>1 when the heading above asks just this question.</summary>
    public double HeadingFit { get; init; }

    /// <summary>Whether it holds what the question wants to hear, a number for "how many": 0 to 1.</summary>
    public double Evidence { get; init; }

    /// <summary>It begins with "she" or "therefore" and needs the sentence before it.</summary>
    public bool PointsBack { get; } = Segment.Kind == SegmentKind.Sentence && References.PointBack(Segment.Text);

    public bool SharesSectionWith(Candidate other) => PassageIndex == other.PassageIndex && Segment.Heading == other.Segment.Heading;
}

/// <summary>Scores every segment of the offered passages against one question.</summary>
internal sealed class SegmentScoring
{
    private readonly QuestionTerms _question;
    private readonly List<Candidate> _candidates;
    private readonly TermWeights _weights;
    private readonly Dictionary<string, Heading> _headings = new(StringComparer.Ordinal);
    private readonly Terms[] _passages;
    private readonly Terms _questionText;
    private readonly IReadOnlyList<string> _newest;
    private readonly AnswerEvidence _evidence;
    private readonly double _bestPassageScore;

    /// <param name="question">What to look up.</param>
    /// <param name="newest">The end of <paramref name="question"/> that was asked just now; the rest only tells what "it" is.</param>
    /// <param name="passages">What was retrieved.</param>
    public SegmentScoring(string question, string newest, IReadOnlyList<GroundingPassage> passages)
    {
        _question = QuestionTerms.Of(question);
        _questionText = Terms.Of(question);
        _evidence = new AnswerEvidence(newest);
        _candidates = [.. passages.SelectMany((passage, passageIndex) => MarkdownSegments.Split(passage.Text)
            .Select((segment, order) => new Candidate(passage, passageIndex, order, segment, Terms.Of(segment.Text))))];
        _passages = [.. passages.Select(passage => Terms.Of(passage.Text))];
        _weights = new TermWeights(question, _question, _candidates);
        _newest = [.. QuestionTerms.Of(newest).Terms.Where(_weights.Contains)];
        _bestPassageScore = passages.Select(passage => passage.Score).DefaultIfEmpty().Max();
    }

    public IReadOnlyList<Candidate> Score() => _weights.IsEmpty ? [] : [.. _candidates.Select(Score)];

    private Candidate Score(Candidate candidate, int index)
    {
        var heading = HeadingOf(candidate);
        var path = Describe(string.Join(" · ", [candidate.Passage.Title, .. candidate.Passage.HeadingPath])).Terms;
        var before = Before(candidate, index);
        var beforeCounts = candidate.PointsBack ? 0.8 : 0.4;
        var own = _weights.Cover(candidate.Terms.Match);
        var coverage = _weights.Cover(MatchInPlace);
        var evidence = _evidence.In(candidate.Segment);
        var passageCoverage = _weights.CoverForKnowing(term => Math.Max(_passages[candidate.PassageIndex].Match(term), 0.6 * path.Match(term)));
        var score = (0.5 * own) + (0.35 * coverage) + (0.3 * heading.Fit) + (0.3 * heading.Likeness)
            + (0.1 * Neighbours(candidate.Terms, heading.Terms)) + (0.2 * Prior(candidate.Passage)) + (candidate.Order == 0 ? 0.03 : 0)
            + (0.16 * (evidence - 0.5)) + (0.6 * passageCoverage);
        return candidate with
        {
            Score = score * Suitability(candidate.Segment),
            Coverage = Math.Min(_weights.CoverForKnowing(MatchInPlace), _weights.CoverForKnowing(_newest, MatchInPlace)),
            PassageCoverage = passageCoverage,
            HeadingFit = Math.Max(heading.Fit, heading.Likeness),
            Evidence = evidence,
        };

        double MatchInPlace(string term) => Math.Max(
            Math.Max(candidate.Terms.Match(term), beforeCounts * (before?.Match(term) ?? 0)),
            Math.Max(0.85 * heading.Terms.Match(term), 0.6 * path.Match(term)));
    }

    /// <summary>The sentence before it in the same paragraph.</summary>
    private Terms? Before(Candidate candidate, int index) =>
        index > 0 && _candidates[index - 1] is { } before && before.PassageIndex == candidate.PassageIndex && before.Segment.Block == candidate.Segment.Block
            ? before.Terms
            : null;

    /// <summary>A piece alone that asks, or that is too short to say anything, is a poor answer.</summary>
    private static double Suitability(Segment segment) =>
        segment.Kind == SegmentKind.Code ? 0.5
        : segment.Text[^1] is '?' or '？' ? 0.5
        : segment.Text.Length < 8 ? 0.6
        : 1;

    /// <summary>1 when the heading is about just what the question is about; headings with much else are about something else.</summary>
    private double Fit(Terms heading)
    {
        var content = heading.Words.Where(word => QuestionTerms.Of(word).Terms.Count > 0).ToArray();
        return content.Length == 0 ? 0 : _weights.Cover(heading.Match) * content.Count(_weights.Contains) / content.Length;
    }

    private double Neighbours(Terms segment, Terms heading) =>
        _question.Pairs.Count == 0
            ? 0
            : (double)_question.Pairs.Count(pair => segment.ContainsPair(pair) || heading.ContainsPair(pair)) / _question.Pairs.Count;

    private double Prior(GroundingPassage passage) => _bestPassageScore > 0 ? Math.Max(0, passage.Score) / _bestPassageScore : 0;

    private Heading HeadingOf(Candidate candidate) => Describe(
        candidate.Segment.Heading.Length > 0 ? candidate.Segment.Heading
        : candidate.Passage.HeadingPath.Count > 0 ? candidate.Passage.HeadingPath[^1]
        : candidate.Passage.Title);

    private Heading Describe(string text)
    {
        if (_headings.TryGetValue(text, out var heading))
            return heading;
        var terms = Terms.Of(text);
        var likeness = terms.Similarity(_questionText); // with the small words: "Who am I signed in as?" has little else
        return _headings[text] = new Heading(terms, Fit(terms), likeness * likeness);
    }

    private sealed record Heading(Terms Terms, double Fit, double Likeness);
}
