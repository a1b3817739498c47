namespace Evenkeel.Models.Extractive;

internal enum SegmentKind
{
    Sentence,
    ListItem,
    Step,
    TableRow,
    Code,
}

/// <summary>The smallest piece that is quoted: a sentence, a whole list item, a table row or a code block.</summary>
/// <param name="Kind">What it was in the Markdown.</param>
/// <param name="Text">As it will be shown.</param>
/// <param name="Block">Pieces of one paragraph, list or table share the number.</param>
/// <param name="Heading">The heading inside the passage it stands under, "" if none.</param>
internal sealed record Segment(SegmentKind Kind, string Text, int Block, string Heading)
{
    /// <summary>"Do the following:" means nothing without what follows.</summary>
    public bool Introduces => Kind == SegmentKind.Sentence && Text[^1] is ':' or '：';
}
