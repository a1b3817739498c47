namespace Evenkeel.Catalog.Locations;

/// <summary>Locations of a catalogue by the regions and countries they lie in. What lies in a location that is found is left out: who searches looks into it.</summary>
internal sealed class LocationsWithin(IReadOnlyList<KnownPlace> locations)
{
    /// <summary>Those of a region, of the countries of a continent, or of a country.</summary>
    public IReadOnlyList<Guid> Find(KnownPlace place) =>
        place.Countries is { } countries ? Outermost(location => location.CountryCode is { } code && countries.Contains(code, StringComparer.Ordinal))
        : place is { Kind: LocationKind.Region, RegionCode: { } region } ? Outermost(location => location.RegionCode == region)
        : place is { Kind: LocationKind.Country, CountryCode: { } country } ? Outermost(location => location.CountryCode == country)
        : [];

    private List<Guid> Outermost(Func<KnownPlace, bool> lies)
    {
        var inside = locations.Where(lies).ToList();
        var ids = inside.Select(location => location.LocationId).ToHashSet();
        return [.. inside.Where(location => location.ParentId is null || !ids.Contains(location.ParentId)).Select(location => location.LocationId!.Value)];
    }
}
