using Evenkeel.Catalog.Locations.Gazetteer;

namespace Evenkeel.Catalog.Locations;

/// <summary>A location as the database keeps it, as far as names need it.</summary>
internal sealed record PlaceRow
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public Guid? ParentId { get; init; }
    public string? CountryCode { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public string? TimeZone { get; init; }
    public string[] Aliases { get; init; } = [];
    public string[] FoldedNames { get; init; } = [];
}

/// <summary>Puts the locations of a catalogue over the gazetteer.</summary>
internal sealed class BuildPlaceNames(WellKnownPlaces wellKnown)
{
    /// <summary>Above the inhabitants of any place: a location of the catalogue comes before all that are none.</summary>
    private const long CatalogueWeight = 1_000_000_000_000;

    public PlaceNames From(IReadOnlyList<PlaceRow> rows)
    {
        var byId = rows.ToDictionary(row => row.Id);
        var names = new List<(string Folded, KnownPlace Place)>();
        var places = new List<KnownPlace>(rows.Count);
        var covered = new HashSet<GazetteerEntry>(ReferenceEqualityComparer.Instance);
        foreach (var row in rows)
        {
            var above = Above(row, byId).ToList();
            var code = row.CountryCode ?? above.Select(outer => outer.CountryCode).FirstOrDefault(outer => outer is not null);
            var match = wellKnown.Find(new SoughtPlace(row.Kind, row.FoldedNames, code, GeoPoint.Of(row.Latitude, row.Longitude)));
            var place = Place(row, above, code, match);
            names.AddRange(row.FoldedNames.Concat((match?.AllNames ?? []).Select(PlaceName.Fold)).Distinct(StringComparer.Ordinal).Select(name => (name, place)));
            places.Add(place);
            if (match is not null)
            {
                covered.Add(match);
            }
        }

        return new PlaceNames(new NameIndex<KnownPlace>(names, place => place.Weight), wellKnown.Names, covered, new LocationsWithin(places));
    }

    private KnownPlace Place(PlaceRow row, List<PlaceRow> above, string? code, GazetteerEntry? match)
    {
        var point = GeoPoint.Of(row.Latitude, row.Longitude) ?? (match is null ? null : GeoPoint.Of(match.Place));
        return new KnownPlace
        {
            LocationId = row.Id,
            Name = match?.Place.Name ?? row.Name,
            ChineseName = match?.Place.ChineseName ?? row.Aliases.Prepend(row.Name).FirstOrDefault(name => name.Any(Writing.IsWithoutSpaces)),
            Kind = row.Kind,
            ParentId = row.ParentId,
            CountryCode = code,
            RegionCode = match?.Place.RegionCode,
            Countries = match?.Place.Countries,
            Country = wellKnown.CountryOfCode(code)?.Place.Name ?? above.Prepend(row).FirstOrDefault(outer => outer.Kind == LocationKind.Country)?.Name,
            Latitude = point?.Latitude,
            Longitude = point?.Longitude,
            TimeZone = row.TimeZone ?? match?.Place.TimeZone ?? above.Select(outer => outer.TimeZone).FirstOrDefault(zone => zone is not null),
            Weight = CatalogueWeight + (match?.Place.Weight ?? 0),
        };
    }

    /// <summary>What contains it, the smallest first; a cycle, which no endpoint lets in, ends it.</summary>
    private static IEnumerable<PlaceRow> Above(PlaceRow row, Dictionary<Guid, PlaceRow> byId)
    {
        var seen = new HashSet<Guid> { row.Id };
        for (var parent = row.ParentId; parent is { } id && seen.Add(id) && byId.TryGetValue(id, out var outer); parent = outer.ParentId)
        {
            yield return outer;
        }
    }
}
