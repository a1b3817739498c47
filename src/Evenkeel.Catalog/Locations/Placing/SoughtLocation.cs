using Evenkeel.Catalog.Locations.Gazetteer;

namespace Evenkeel.Catalog.Locations.Placing;

/// <summary>A location to find in the catalogue, or to make as it is here.</summary>
internal sealed record SoughtLocation
{
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public required IReadOnlyList<string> FoldedNames { get; init; }
    public string? CountryCode { get; init; }
    public GeoPoint? Point { get; init; }
    public string? TimeZone { get; init; }

    public static SoughtLocation WellKnown(GazetteerEntry entry) => new()
    {
        Kind = entry.Place.Kind,
        Name = entry.Place.Name,
        Aliases = [.. entry.AllNames.Skip(1)],
        FoldedNames = [.. entry.AllNames.Select(PlaceName.Fold).Distinct(StringComparer.Ordinal)],
        CountryCode = entry.Place.CountryCode,
        Point = GeoPoint.Of(entry.Place),
        TimeZone = entry.Place.TimeZone,
    };

    public static SoughtLocation Unknown(string kind, string name, SoughtLocation? parent, GeoPoint? point = null) => new()
    {
        Kind = kind,
        Name = name,
        FoldedNames = [PlaceName.Fold(name)],
        CountryCode = parent?.CountryCode,
        Point = point,
        TimeZone = parent?.TimeZone,
    };
}
