using Evenkeel.Catalog.Locations;
using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Search.Catalogue;

/// <summary>Where events have to be.</summary>
/// <param name="LocationIds">In one of these, or in what they contain; null = no condition, empty = nowhere.</param>
/// <param name="Countries">In one of these, by code; null = no condition.</param>
/// <param name="IsGiven">By a field of the request, not by words.</param>
internal sealed record PlaceCondition(IReadOnlyList<Guid>? LocationIds, IReadOnlyList<string>? Countries, bool IsGiven);

/// <summary>Turns places into conditions. A well-known place that the catalogue has no location for, and none within, holds no event.</summary>
internal sealed class MeantPlaces(IPlaces places)
{
    /// <summary>What a question means by its places: one of them is enough.</summary>
    public async Task<PlaceCondition> OfAsync(Guid organizationId, IReadOnlyList<UnderstoodPlace> understood, CancellationToken cancellationToken)
    {
        if (understood.Count == 0)
        {
            return new PlaceCondition(null, null, false);
        }

        var names = await places.NamesAsync(organizationId, cancellationToken);
        var known = understood.Select(place => Known(names, place)).ToList();
        var near = new HashSet<Guid>();
        foreach (var place in understood)
        {
            if (place is { WithinKm: { } kilometres, Latitude: { } latitude, Longitude: { } longitude })
            {
                near.UnionWith(await places.NearAsync(organizationId, latitude, longitude, kilometres, cancellationToken));
            }
        }

        return Of(names, known, near);
    }

    /// <summary>Countries alone are found by their codes: cities may know theirs and have no country above them.</summary>
    /// <param name="names">Of the organization.</param>
    /// <param name="known">At least one place.</param>
    /// <param name="near">Locations that fit as well.</param>
    public static PlaceCondition Of(IPlaceNames names, IReadOnlyList<KnownPlace> known, HashSet<Guid>? near = null)
    {
        var codes = known.SelectMany(CodesWithoutLocation).Distinct(StringComparer.Ordinal).ToList();
        if (near is not { Count: > 0 } && known.All(place => CodesWithoutLocation(place).Count > 0))
        {
            return new PlaceCondition(null, codes, false);
        }

        var ids = new HashSet<Guid>(near ?? []);
        foreach (var place in known)
        {
            if (place.LocationId is { } id)
            {
                ids.Add(id);
            }

            if (place.LocationId is null || place.Kind == "region")
            {
                ids.UnionWith(names.Within(place));
            }
        }

        return new PlaceCondition([.. ids], null, false);
    }

    private static IReadOnlyList<string> CodesWithoutLocation(KnownPlace place) =>
        place.LocationId is not null ? [] : place.Countries ?? (place is { Kind: "country", CountryCode: { } code } ? [code] : []);

    /// <summary>The place that was understood, as it is known now; of one that is not known any more what was understood.</summary>
    private static KnownPlace Known(IPlaceNames names, UnderstoodPlace place) =>
        names.Named(PlaceName.Fold(place.Name)).FirstOrDefault(known => known.LocationId == place.LocationId
            && (place.LocationId is not null || (known.Kind == place.Kind && known.CountryCode == place.CountryCode)))
        ?? new KnownPlace { LocationId = place.LocationId, Name = place.Name, Kind = place.Kind, CountryCode = place.CountryCode, Weight = 0 };
}
