using Evenkeel.Catalog.Locations;

namespace Evenkeel.Catalog.Import.Rows;

/// <summary>An event as a reader of a format gives it, before any rule. Texts are as in the file; what it does not say is null.</summary>
internal sealed record EventRow
{
    /// <summary>Its row.</summary>
    public required RowRef At { get; init; }

    public int Line => At.Line;

    /// <summary>Null = made of the address or the title, and the first day.</summary>
    public string? Key { get; init; }
    public string? Title { get; init; }
    public string? Description { get; init; }

    /// <summary>ISO 8601: a day, a local time, or a time with an offset.</summary>
    public string? Starts { get; init; }

    /// <summary>The same; a day is the last one, inclusive.</summary>
    public string? Ends { get; init; }
    public string? TimeZone { get; init; }
    public bool? Virtual { get; init; }
    public string? Url { get; init; }
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>A location of the catalogue; wins over <see cref="Place"/>.</summary>
    public Guid? LocationId { get; init; }
    public NamedPlace? Place { get; init; }

    /// <summary>
    /// Collections have one file for each category and name an event in several: the event keeps the categories of the others, so that importing one
    /// file after the other ends the same in whatever order, and importing all of them again changes nothing.
    /// </summary>
    public bool AddsCategories { get; init; }
}
