namespace Evenkeel.Models.Extractive;

/// <summary>Chooses the pieces that answer a question, or none.</summary>
internal static class AnswerExtraction
{
    /// <summary>From this share of the question on a piece is about it, whatever stands around it.</summary>
    private const double LeastCoverage = 0.5;

    /// <summary>A piece with less is still about it within a passage that is: people ask in other words than authors write.</summary>
    private const double LeastCoverageInPassage = 0.22;
    private const double LeastOfPassage = 0.57;

    /// <summary>Pairs of characters match by chance more often than words.</summary>
    private const double LeastOfChinesePassage = 0.65;

    /// <summary>From here on a heading asks the same as the user, and its section is the answer.</summary>
    private const double SameQuestion = 0.55;

    /// <summary>Further pieces of this length need no excuse and get no bonus, in characters.</summary>
    private const double UsualLength = 140;
    private const double UsualChineseLength = 45;
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
        var leastOfPassage = isChinese ? LeastOfChinesePassage : LeastOfPassage;
        var languages = new AnswerLanguage(question, isChinese);
        var ranked = languages.Prefer(candidates
            .Where(candidate => candidate.Coverage >= LeastCoverage
                || (candidate.Coverage >= LeastCoverageInPassage && candidate.PassageCoverage >= leastOfPassage && candidate.Evidence > 0))
            .OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.PassageIndex).ThenBy(candidate => candidate.Order));
        if (ranked.Count == 0)
            return null;
        var selection = new Selection(candidates, isChinese ? 300 : 600);
        var best = ranked[0];
        foreach (var candidate in ranked
            .Where(one => one == best || one.Score >= LeastOfBest(best, one, isChinese) * best.Score)
            .OrderByDescending(one => best.HeadingFit >= SameQuestion && one.SharesSectionWith(best)))
        {
            if (selection.Sentences < MostSentences)
                selection.Add(candidate);
        }
        return languages.Introduce(AnswerText.Compose(selection.Chosen, isChinese), best.Passage);
    }

    /// <summary>
    /// Pieces much worse than the best one add noise; how much worse they may be depends on where they stand, on whether they hold what was asked
    /// for, and on how long they are.
    /// </summary>
    private static double LeastOfBest(Candidate best, Candidate other, bool isChinese)
    {
        var place = (best.HeadingFit >= SameQuestion, other.SharesSectionWith(best)) switch
        {
            (true, true) => 0.4,
            (true, false) => 0.9,
            (false, true) => 0.77,
            (false, false) => 0.87,
        };
        var evidence = (best.Evidence, other.Evidence) switch
        {
            (0, 1) => -0.2,
            (1, 1) => 0.05,
            (1, _) when best.HeadingFit < SameQuestion => 0.2,
            _ => 0,
        };
        var length = (other.Segment.Text.Length / (isChinese ? UsualChineseLength : UsualLength)) - 1;
        return place + evidence + Math.Clamp(0.1 * length, -0.1, 0.1);
    }
}
