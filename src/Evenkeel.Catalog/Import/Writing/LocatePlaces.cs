using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Catalog.Locations;
using Evenkeel.Platform.Data;

namespace Evenkeel.Catalog.Import.Writing;

/// <summary>The places of a file's rows.</summary>
/// <param name="ByName">For each place as rows name it.</param>
/// <param name="ById">For each location that rows name by id and that exists.</param>
internal sealed record FoundPlaces(IReadOnlyDictionary<NamedPlace, PlacedLocation> ByName, IReadOnlyDictionary<Guid, PlacedLocation> ById)
{
    /// <summary>Locations that were not known before.</summary>
    public int Created => ByName.Values.Count(place => place.IsNew);
}

/// <summary>Finds the places of all rows at once.</summary>
internal sealed class LocatePlaces(IPlaces places, IPlaceLocations locations, Database database)
{
    public async Task<FoundPlaces> RunAsync(Guid organizationId, IReadOnlyCollection<CheckedRow> rows, bool dryRun, CancellationToken cancellationToken)
    {
        var named = rows.Select(row => row.Place).OfType<NamedPlace>().ToHashSet();
        var understood = await UnderstandAsync(organizationId, named, cancellationToken);
        var placed = understood.Count == 0 ? new Dictionary<NamedPlace, PlacedLocation>()
            : await locations.PlaceAsync(organizationId, understood.Values.ToHashSet(), dryRun, cancellationToken);
        return new FoundPlaces(
            // In earnest a place without a location is none; in a dry run it is one that would be made.
            understood.Where(one => placed.TryGetValue(one.Value, out var place) && (dryRun || place.LocationId is not null))
                .ToDictionary(one => one.Key, one => placed[one.Value]),
            await ReadAsync(organizationId, [.. rows.Select(row => row.LocationId).OfType<Guid>().Distinct()], cancellationToken));
    }

    /// <summary>What stands in one field, "Hall 7, Berlin, Germany", is taken apart from its end as far as its parts are names of places.</summary>
    private async Task<Dictionary<NamedPlace, NamedPlace>> UnderstandAsync(Guid organizationId, HashSet<NamedPlace> named, CancellationToken cancellationToken)
    {
        if (!named.Any(IsOneField))
        {
            return named.ToDictionary(place => place);
        }

        var names = await places.NamesAsync(organizationId, cancellationToken);
        return named.ToDictionary(place => place, place => IsOneField(place) ? TakeApart(place, names) : place);
    }

    private static bool IsOneField(NamedPlace place) => place is { Venue: not null, City: null, Country: null };

    private static NamedPlace TakeApart(NamedPlace place, IPlaceNames names)
    {
        var parts = place.Venue!.Split([',', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        var country = TakeLast(parts, names, "country");
        var region = TakeLast(parts, names, "region");
        var city = TakeLast(parts, names, "city");
        return country is null && region is null && city is null ? place : place with
        {
            Venue = parts.Count == 0 ? null : string.Join(", ", parts), City = city is null ? region : region is null ? city : $"{city}, {region}", Country = country,
        };
    }

    private static string? TakeLast(List<string> parts, IPlaceNames names, params string[] kinds)
    {
        if (parts.Count == 0 || names.Named(PlaceName.Fold(parts[^1])) is not [var likeliest, ..] || !kinds.Contains(likeliest.Kind))
        {
            return null;
        }

        var taken = parts[^1];
        parts.RemoveAt(parts.Count - 1);
        return taken;
    }

    private async Task<Dictionary<Guid, PlacedLocation>> ReadAsync(Guid organizationId, Guid[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
        {
            return [];
        }

        var rows = await database.QueryAsync<(Guid Id, string? TimeZone)>(
            DataScope.Organization(organizationId), "SELECT id, time_zone FROM locations WHERE organization_id = @organizationId AND id = ANY(@ids)",
            new { organizationId, ids }, cancellationToken);
        return rows.ToDictionary(row => row.Id, row => new PlacedLocation(row.Id, row.TimeZone, IsNew: false));
    }
}
