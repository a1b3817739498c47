namespace Evenkeel.Catalog.Locations.Gazetteer;

/// <summary>What is known of a place when looking for it in the gazetteer.</summary>
/// <param name="Kind">Countries, regions and cities are in the gazetteer.</param>
/// <param name="FoldedNames">Any of them.</param>
/// <param name="CountryCode">Null where it is not known.</param>
/// <param name="Point">Null where it is not known.</param>
internal sealed record SoughtPlace(string Kind, IReadOnlyList<string> FoldedNames, string? CountryCode, GeoPoint? Point)
{
    /// <summary>Of the region it lies in, as <see cref="GazetteerEntry.Code"/>; null where it is not known.</summary>
    public string? Code { get; init; }
}

/// <summary>Finds which well-known place a place is.</summary>
internal static class WellKnownMatch
{
    /// <summary>Two places of one name that are farther apart are two: a large city is some 50 km wide.</summary>
    public const double SamePlaceKilometres = 80;

    /// <summary>The likeliest; null where none fits.</summary>
    public static GazetteerEntry? Find(this WellKnownPlaces places, SoughtPlace sought)
    {
        if (sought is { Kind: LocationKind.Country, CountryCode: { } code })
        {
            return places.CountryOfCode(code);
        }

        return sought.FoldedNames.SelectMany(places.Names.Exactly).Where(entry => Fits(entry, sought)).MaxBy(entry => entry.Place.Weight);
    }

    private static bool Fits(GazetteerEntry entry, SoughtPlace sought) =>
        entry.Place.Kind == sought.Kind
        && (sought.CountryCode is null || entry.Place.CountryCode == sought.CountryCode)
        && (sought.Code is null || entry.Code == sought.Code)
        && (sought.Kind == LocationKind.Country || sought.Point is not { } point || GeoPoint.Of(entry.Place) is not { } itsPoint
            || point.KilometresTo(itsPoint) <= SamePlaceKilometres);
}
