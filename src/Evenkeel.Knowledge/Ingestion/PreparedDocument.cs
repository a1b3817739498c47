namespace Evenkeel.Knowledge.Ingestion;

/// <summary>A document split and normalised, ready to be stored any number of times.</summary>
internal sealed record PreparedDocument
{
    public required DocumentText Source { get; init; }
    public required string Title { get; init; }
    public required string Language { get; init; }
    public required IReadOnlyList<PreparedPassage> Passages { get; init; }
}

/// <summary>A passage with its terms.</summary>
internal sealed record PreparedPassage
{
    public required IReadOnlyList<string> HeadingPath { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }

    /// <summary>Distinct terms of the text; parallel to <see cref="Frequencies"/>.</summary>
    public required IReadOnlyList<string> Terms { get; init; }
    public required IReadOnlyList<short> Frequencies { get; init; }
    public required IReadOnlyList<string> HeadingTerms { get; init; }
    public required IReadOnlyList<string> TitleTerms { get; init; }
}
