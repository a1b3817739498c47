namespace Evenkeel.Models;

/// <summary>Terms that mean harm only together.</summary>
/// <param name="Category">Of <see cref="ModerationCategory"/>.</param>
/// <param name="Kinds">What must stand in one sentence; in this order when <see cref="IsInOrder"/>.</param>
internal sealed record ModerationRule(string Category, params Terms[] Kinds)
{
    // How far from the match a sentence is searched for what excuses it: bounds the work on texts made to be slow.
    private const int ExcuseDistance = 150;

    /// <summary>Characters from the first term's start to the last one's end; in order, between one term and the next.</summary>
    public int Within { get; init; } = 70;

    public bool IsInOrder { get; init; }

    /// <summary>A comma parts it too: for terms that must stand close.</summary>
    public bool EndsAtClause { get; init; }

    /// <summary>A recipe runs over several sentences.</summary>
    public bool CrossesSentences { get; init; }

    /// <summary>Not when one of these stands in the same sentence.</summary>
    public Terms Unless { get; init; }

    /// <summary>Null = questions and answers.</summary>
    public ModeratedText? Only { get; init; }

    private Terms All { get; } = Kinds.Aggregate((left, right) => left | right);

    /// <summary>Whether it holds for a text of which <paramref name="terms"/> were found.</summary>
    public bool Matches(string text, List<FoundTerm> terms, Terms present) =>
        (present & All) == All && (IsInOrder ? MatchesInOrder(text, terms) : MatchesTogether(text, terms));

    private bool MatchesTogether(string text, List<FoundTerm> terms)
    {
        for (var first = 0; first < terms.Count; first++)
        {
            var kinds = Terms.None;
            var end = terms[first].End;
            for (var last = first; last < terms.Count && terms[last].Start - terms[first].Start < Within; last++)
            {
                end = Math.Max(end, terms[last].End);
                if (end - terms[first].Start > Within || IsParted(text, terms[first].Start, end))
                {
                    break;
                }

                kinds |= terms[last].Kinds;
                if ((kinds & All) == All && !IsExcused(text, terms, terms[first].Start, end))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool MatchesInOrder(string text, List<FoundTerm> terms)
    {
        for (var index = 0; index < terms.Count; index++)
        {
            if (terms[index].Kinds.HasFlag(Kinds[0]) && Continues(text, terms, index, 1, terms[index].Start))
            {
                return true;
            }
        }

        return false;
    }

    private bool Continues(string text, List<FoundTerm> terms, int previous, int kind, int start)
    {
        var end = terms[previous].End;
        if (kind == Kinds.Length)
        {
            return !IsExcused(text, terms, start, end);
        }

        for (var index = previous + 1; index < terms.Count && terms[index].Start - end <= Within; index++)
        {
            if (terms[index].Start >= end && terms[index].Kinds.HasFlag(Kinds[kind]) && !IsParted(text, end, terms[index].Start)
                && Continues(text, terms, index, kind + 1, start))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsParted(string text, int start, int end)
    {
        if (CrossesSentences)
        {
            return false;
        }

        var between = text.AsSpan(start, end - start);
        return between.Contains('.') || (EndsAtClause && between.Contains(','));
    }

    private bool IsExcused(string text, List<FoundTerm> terms, int start, int end)
    {
        if (Unless == Terms.None)
        {
            return false;
        }

        var from = Math.Max(0, start - ExcuseDistance);
        from += text.AsSpan(from, start - from).LastIndexOf('.') + 1;
        var rest = text.AsSpan(end, Math.Min(ExcuseDistance, text.Length - end));
        var to = end + (rest.IndexOf('.') is var stop and >= 0 ? stop : rest.Length);
        for (var index = FirstFrom(terms, from); index < terms.Count && terms[index].Start < to; index++)
        {
            if ((terms[index].Kinds & Unless) != Terms.None)
            {
                return true;
            }
        }

        return false;
    }

    private static int FirstFrom(List<FoundTerm> terms, int start)
    {
        var low = 0;
        for (var high = terms.Count; low < high;)
        {
            var middle = (low + high) / 2;
            (low, high) = terms[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
