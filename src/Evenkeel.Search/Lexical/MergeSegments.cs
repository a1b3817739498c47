namespace Evenkeel.Search.Lexical;

/// <summary>
/// Keeps segments few: those of like size become one, so that each passage is copied about as often as the number of passages has binary
/// digits; and a segment of which half has gone is written anew.
/// </summary>
internal static class MergeSegments
{
    /// <summary>So many segments of like size are let be: each costs a question a look-up per word.</summary>
    private const int Few = 4;

    /// <summary>A segment joins smaller ones when it is at most so many times all of them together.</summary>
    private const int LikeSize = 2;

    /// <summary>What to merge into one; empty for nothing.</summary>
    public static IReadOnlyList<SegmentView> Plan(PassageIndex index)
    {
        var plan = new List<SegmentView>();
        var sum = 0;
        foreach (var view in index.Views.OrderBy(view => view.LiveCount))
        {
            if (plan.Count > 1 && view.LiveCount > LikeSize * Math.Max(1, sum))
            {
                break;
            }

            plan.Add(view);
            sum += view.LiveCount;
        }

        if (plan.Count > Few)
        {
            return plan;
        }

        return [.. index.Views.Where(view => view.LiveCount < view.Segment.Count / 2)];
    }

    /// <summary>One segment with what answers of several.</summary>
    public static SegmentView Run(IReadOnlyList<SegmentView> plan, RankingWeights weights)
    {
        var builder = new SegmentBuilder(weights);
        var hidden = new HashSet<SegmentDocument>();
        foreach (var view in plan)
        {
            foreach (var document in view.LiveDocuments())
            {
                builder.AddDocument(document);
            }

            for (var place = 0; place < view.Segment.Count; place++)
            {
                if (view.IsLive(place))
                {
                    builder.Add(view.Segment, place);
                    if (view.IsPrivate(place))
                    {
                        hidden.Add(view.Segment.Documents[view.Segment.DocumentOf[place]]);
                    }
                }
            }
        }

        return SegmentView.Of(builder.Build(), null, _ => true, hidden.Contains);
    }
}
