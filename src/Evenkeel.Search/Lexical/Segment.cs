namespace Evenkeel.Search.Lexical;

/// <summary>
/// Passages indexed together, never changed afterwards: what has gone from it is noted in its <see cref="SegmentView"/>. Flat arrays without
/// strings: postings for ranking (by term), and the words of each passage in their order (by passage) for phrases and feedback.
/// </summary>
internal sealed class Segment
{
    public required SegmentDocument[] Documents { get; init; }
    public required TermTable Terms { get; init; }

    /// <summary>By passage.</summary>
    public required Guid[] Ids { get; init; }

    /// <summary>By passage: its document's place in <see cref="Documents"/>.</summary>
    public required int[] DocumentOf { get; init; }
    public required int[] Ordinals { get; init; }
    public required byte[] Languages { get; init; }
    public required ushort[] Lengths { get; init; }

    /// <summary>Postings of term t are those from First[t] up to First[t + 1].</summary>
    public required int[] First { get; init; }
    public required int[] Places { get; init; }

    /// <summary>Weighted by where the words stand, in units of 1 / <see cref="SegmentBuilder.FrequencyUnits"/>.</summary>
    public required ushort[] Frequencies { get; init; }

    /// <summary>The distinct terms of passage p are those from ForwardFirst[p] up to ForwardFirst[p + 1] of <see cref="ForwardTerms"/>.</summary>
    public required int[] ForwardFirst { get; init; }
    public required int[] ForwardTerms { get; init; }

    /// <summary>The sequences of passage p (text, headings, title, as packed) are those from SequenceFirst[p] of <see cref="Sequences"/>.</summary>
    public required int[] SequenceFirst { get; init; }
    public required byte[] Sequences { get; init; }

    public int Count => Ids.Length;

    /// <summary>Memory it takes.</summary>
    public long Bytes =>
        Terms.Bytes + (Documents.Length * 24L) + (Count * (16 + 4 + 4 + 1 + 2 + 4 + 4L)) + (First.Length * 4L) + (Places.Length * 6L)
        + (ForwardTerms.Length * 4L) + Sequences.Length;

    /// <summary>Numbers of the distinct terms of a passage; a sequence says n for the n-th of them, counted from 1.</summary>
    public ReadOnlySpan<int> TermsOf(int place) => ForwardTerms.AsSpan(ForwardFirst[place], ForwardFirst[place + 1] - ForwardFirst[place]);

    /// <summary>The packed sequences of a passage.</summary>
    public ReadOnlySpan<byte> SequencesOf(int place) => Sequences.AsSpan(SequenceFirst[place], SequenceFirst[place + 1] - SequenceFirst[place]);
}

/// <summary>A document's passages of one revision.</summary>
internal readonly record struct SegmentDocument(Guid Id, int Revision);
