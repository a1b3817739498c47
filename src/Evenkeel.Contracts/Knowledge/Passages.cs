namespace Evenkeel.Contracts.Knowledge;

/// <summary>A passage of a document: what an answer cites.</summary>
public sealed record Passage
{
    public required Guid Id { get; init; }
    public required Guid SourceId { get; init; }
    public required Guid DocumentId { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<string> HeadingPath { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }

    /// <summary>Place in the document, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Where it stands in the original, where that is known.</summary>
    public PassagePlace? Place { get; init; }

    /// <summary>Address of the page it was fetched from, with the anchor of its section where it has one.</summary>
    public string? Url { get; init; }
}

/// <summary>Where a passage stands in the original document; only what the format has.</summary>
public sealed record PassagePlace
{
    /// <summary>Page of a PDF, from 1.</summary>
    public int? Page { get; init; }

    /// <summary>Slide of a presentation, from 1.</summary>
    public int? Slide { get; init; }

    /// <summary>Name of the sheet of a workbook.</summary>
    public string? Sheet { get; init; }

    /// <summary>First row of a table, as the sheet numbers it.</summary>
    public int? FirstRow { get; init; }

    /// <summary>Last row of a table.</summary>
    public int? LastRow { get; init; }

    /// <summary>Id of the nearest element above it in an HTML page.</summary>
    public string? Anchor { get; init; }
}
