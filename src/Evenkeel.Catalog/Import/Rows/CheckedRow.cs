using Evenkeel.Catalog.Locations;

namespace Evenkeel.Catalog.Import.Rows;

/// <summary>A row that fits the rules; only its place and with it its time zone are still to be found.</summary>
internal sealed record CheckedRow
{
    public required RowRef At { get; init; }

    public int Line => At.Line;
    public required string Key { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }
    public required GivenTime Starts { get; init; }
    public required GivenTime? Ends { get; init; }

    /// <summary>IANA; null = the place's.</summary>
    public required string? TimeZone { get; init; }
    public required bool Virtual { get; init; }
    public required string? Url { get; init; }
    public required string[] Categories { get; init; }
    public required string[] Languages { get; init; }
    public required Guid? LocationId { get; init; }
    public required NamedPlace? Place { get; init; }
    public required bool AddsCategories { get; init; }
}
