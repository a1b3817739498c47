namespace Evenkeel.Models.Extractive;

/// <summary>A segment where it stands, and how well it answers.</summary>
internal sealed record Candidate(GroundingPassage Passage, int PassageIndex, int Order, Segment Segment, Terms Terms)
{
    public double Score { get; init; }

    /// <summary>How much of the question the segment covers together with its headings, 0 to 1.</summary>
    public double Coverage { get; init; }

    /// <summary>1 when the heading above asks just this question.</summary>
    public double HeadingFit { get; init; }

    public bool SharesSectionWith(Candidate other) => PassageIndex == other.PassageIndex && Segment.Heading == other.Segment.Heading;
}

/// <summary>Scores every segment of the offered passages against one question.</summary>
internal sealed class SegmentScoring
{
    private const double LargestWeight = 2.5;
    private const double UnseenWeight = 3;
    private readonly QuestionTerms _question;
    private readonly List<Candidate> _candidates;
    private readonly Dictionary<string, double> _weights;
    private readonly Dictionary<string, Heading> _headings = new(StringComparer.Ordinal);
    private readonly Terms _questionText;
    private readonly IReadOnlyList<string> _newest;
    private readonly double _totalWeight;
    private readonly double _bestPassageScore;

    /// <param name="question">What to look up.</param>
    /// <param name="newest">The end of <paramref name="question"/> that was asked just now; the rest only tells what "it" is.</param>
    /// <param name="passages">What was retrieved.</param>
    public SegmentScoring(string question, string newest, IReadOnlyList<GroundingPassage> passages)
    {
        _question = QuestionTerms.Of(question);
        _questionText = Terms.Of(question);
        _candidates = [.. passages.SelectMany((passage, passageIndex) => MarkdownSegments.Split(passage.Text)
            .Select((segment, order) => new Candidate(passage, passageIndex, order, segment, Terms.Of(segment.Text))))];
        _weights = _question.Terms.ToDictionary(term => term, Weigh, StringComparer.Ordinal);
        _newest = [.. QuestionTerms.Of(newest).Terms.Where(_weights.ContainsKey)];
        _totalWeight = _weights.Values.Sum();
        _bestPassageScore = passages.Select(passage => passage.Score).DefaultIfEmpty().Max();
    }

    public IReadOnlyList<Candidate> Score() => _totalWeight == 0 ? [] : [.. _candidates.Select(Score)];

    private Candidate Score(Candidate candidate)
    {
        var heading = HeadingOf(candidate);
        var path = Describe(string.Join(" · ", [candidate.Passage.Title, .. candidate.Passage.HeadingPath])).Terms;
        var own = Cover(candidate.Terms.Match);
        var coverage = Cover(MatchInPlace);
        var score = (0.5 * own) + (0.35 * coverage) + (0.3 * heading.Fit) + (0.3 * heading.Likeness)
            + (0.1 * Neighbours(candidate.Terms, heading.Terms)) + (0.1 * Prior(candidate.Passage)) + (candidate.Order == 0 ? 0.03 : 0);
        return candidate with
        {
            Score = score * Suitability(candidate.Segment),
            Coverage = Math.Min(coverage, CoverNewest(MatchInPlace)),
            HeadingFit = Math.Max(heading.Fit, heading.Likeness),
        };

        double MatchInPlace(string term) =>
            Math.Max(candidate.Terms.Match(term), Math.Max(0.85 * heading.Terms.Match(term), 0.6 * path.Match(term)));
    }

    /// <summary>A piece alone that asks, or that is too short to say anything, is a poor answer.</summary>
    private static double Suitability(Segment segment) =>
        segment.Kind == SegmentKind.Code ? 0.5
        : segment.Text[^1] is '?' or '？' ? 0.5
        : segment.Text.Length < 8 ? 0.6
        : 1;

    private double Cover(Func<string, double> match) => _weights.Sum(weight => weight.Value * match(weight.Key)) / _totalWeight;

    private double CoverNewest(Func<string, double> match)
    {
        var total = _newest.Sum(term => _weights[term]);
        return total == 0 ? 1 : _newest.Sum(term => _weights[term] * match(term)) / total;
    }

    /// <summary>1 when the heading is about just what the question is about; headings with much else are about something else.</summary>
    private double Fit(Terms heading)
    {
        var content = heading.Words.Where(word => QuestionTerms.Of(word).Terms.Count > 0).ToArray();
        return content.Length == 0 ? 0 : Cover(heading.Match) * content.Count(_weights.ContainsKey) / content.Length;
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

    /// <summary>
    /// Rare words weigh more. Ten imagined segments keep the weights sane when few are offered. An unseen word weighs
    /// little more than a rare one, since people put things in their own words; but one rare word of two is not an answer.
    /// </summary>
    private double Weigh(string term)
    {
        var seen = _candidates.Count(candidate => candidate.Terms.Contains(term));
        if (seen == 0)
            return !Terms.IsWide(term[0]) ? UnseenWeight : QuestionTerms.IsGrammar(term) ? 0 : UnseenWeight / 2; // a pair may straddle two words
        var all = _candidates.Count + 10;
        return Math.Clamp(Math.Log(1 + ((all - seen + 0.5) / (seen + 0.5))), 0.2, LargestWeight);
    }

    private sealed record Heading(Terms Terms, double Fit, double Likeness);
}
