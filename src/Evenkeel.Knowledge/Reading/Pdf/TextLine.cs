namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>A line of a column.</summary>
internal sealed record TextLine
{
    public required string Text { get; init; }
    public required double Left { get; init; }
    public required double Right { get; init; }
    public required double Baseline { get; init; }
    public required double Size { get; init; }
    public required bool IsBold { get; init; }

    /// <summary>From 1.</summary>
    public required int Page { get; init; }

    /// <summary>Pieces with wide gaps between them, as rows of a table have; one for ordinary text.</summary>
    public required IReadOnlyList<TextRun> Cells { get; init; }

    /// <summary>The column it stands in; lines of different columns never belong to one row.</summary>
    public required TextColumn Column { get; init; }
}

/// <summary>A column, or the whole width where there is one only.</summary>
internal sealed class TextColumn
{
    public double Left { get; set; }
    public double Right { get; set; }

    /// <summary>Usual distance between two baselines; 0 = not known.</summary>
    public double Pitch { get; set; }
}

/// <summary>The lines of a page in reading order.</summary>
/// <param name="Lines">Changed while running headers and footers are taken out.</param>
/// <param name="Height">In points.</param>
internal sealed record PdfPage(List<TextLine> Lines, double Height);
