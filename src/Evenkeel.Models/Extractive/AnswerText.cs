using System.Text;

namespace Evenkeel.Models.Extractive;

/// <summary>Puts the chosen pieces in reading order and cites them: neighbours share one citation.</summary>
internal static class AnswerText
{
    public static string Compose(IReadOnlyList<Candidate> chosen, bool isChinese)
    {
        var text = new StringBuilder();
        foreach (var passage in chosen.GroupBy(one => one.PassageIndex)) // groups come in the order of their best piece
        {
            var pieces = passage.OrderBy(one => one.Order).ToArray();
            for (var index = 0; index < pieces.Length; index++)
            {
                if (text.Length > 0)
                    text.Append(Separator(index == 0 ? null : pieces[index - 1], pieces[index], isChinese));
                text.Append(pieces[index].Segment.Text);
                if (EndsRun(pieces, index))
                    text.Append(isChinese ? "" : " ").Append('[').Append(pieces[index].Passage.Label).Append(']');
            }
        }
        return text.ToString();
    }

    /// <summary>A citation stands after the last of adjoining pieces, but not inside or after a code block.</summary>
    private static bool EndsRun(Candidate[] pieces, int index)
    {
        if (pieces[index].Segment.Kind == SegmentKind.Code)
            return false;
        if (index + 1 == pieces.Length)
            return true;
        var next = pieces[index + 1];
        return next.Order != pieces[index].Order + 1 || next.Segment.Kind == SegmentKind.Code;
    }

    private static string Separator(Candidate? previous, Candidate next, bool isChinese) =>
        previous is null ? "\n\n"
        : previous.Segment.Kind == SegmentKind.Code || next.Segment.Kind == SegmentKind.Code ? "\n\n"
        : previous.Segment.Block == next.Segment.Block ? next.Segment.Kind == SegmentKind.Sentence ? isChinese ? "" : " " : "\n"
        : previous.Segment.Heading == next.Segment.Heading && next.Segment.Kind == SegmentKind.Sentence ? isChinese ? "" : " "
        : "\n\n";
}
