namespace Evenkeel.Catalog.Locations;

/// <summary>A place by one of its names: a location of the catalogue, or a well-known place of the gazetteer that the catalogue has no location for.</summary>
public sealed record KnownPlace
{
    /// <summary>Null of a place that only the gazetteer knows.</summary>
    public required Guid? LocationId { get; init; }

    /// <summary>In English where the gazetteer knows it, otherwise as entered.</summary>
    public required string Name { get; init; }

    /// <summary>Null where none is known.</summary>
    public string? ChineseName { get; init; }

    /// <summary><c>country</c>, <c>region</c>, <c>city</c> or <c>venue</c>.</summary>
    public required string Kind { get; init; }
    public Guid? ParentId { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? CountryCode { get; init; }

    /// <summary>English name of <see cref="CountryCode"/>.</summary>
    public string? Country { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }

    /// <summary>Of a region of a country its ISO 3166-2 code, such as <c>US-CA</c>; of a city that of the region it lies in. Null where it is not known.</summary>
    public string? RegionCode { get; init; }

    /// <summary>Of a continent and the like the codes of its countries, ISO 3166-1 alpha-2; null of every other place.</summary>
    public IReadOnlyList<string>? Countries { get; init; }

    /// <summary>IANA name.</summary>
    public string? TimeZone { get; init; }

    /// <summary>How likely it is meant among others of the name: inhabitants; a location of the catalogue comes before all that are none.</summary>
    public required long Weight { get; init; }
}

/// <summary>All names of places that an organization's people may use, as they are at one moment; immutable.</summary>
public interface IPlaceNames
{
    /// <summary>Most words of any name in a writing with spaces: how far to look ahead.</summary>
    int MostWords { get; }

    /// <summary>Most characters of any name in a writing without spaces.</summary>
    int MostCharacters { get; }

    /// <summary>Places with exactly this name (folded by <see cref="PlaceName.Fold"/>), the likeliest first; none where it is no name.</summary>
    IReadOnlyList<KnownPlace> Named(string folded);

    /// <summary>Locations of the catalogue that lie in what is no location itself: a region, a country or several by <see cref="KnownPlace.Countries"/>. Those that another of them contains are not among them.</summary>
    IReadOnlyList<Guid> Within(KnownPlace place);

    /// <summary>Places with a name that differs in a letter or two, the likeliest first: "Did you mean …".</summary>
    IReadOnlyList<KnownPlace> Similar(string folded, int most);
}

/// <summary>Names of places, kept in memory and renewed when a location changes.</summary>
public interface IPlaces
{
    /// <summary>The names as they are now.</summary>
    Task<IPlaceNames> NamesAsync(Guid organizationId, CancellationToken cancellationToken);

    /// <summary>The location and all that it contains, at any depth.</summary>
    Task<IReadOnlyList<Guid>> WithinAsync(Guid organizationId, IReadOnlyCollection<Guid> locationIds, CancellationToken cancellationToken);

    /// <summary>Locations within a distance of a point, those they contain included.</summary>
    Task<IReadOnlyList<Guid>> NearAsync(Guid organizationId, double latitude, double longitude, double kilometres, CancellationToken cancellationToken);
}

/// <summary>A place as a row of an import names it. What is not known is null.</summary>
public sealed record NamedPlace
{
    public string? Venue { get; init; }
    public string? City { get; init; }

    /// <summary>A name in any language, or a code.</summary>
    public string? Country { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
}

/// <summary>Where a named place is in the catalogue.</summary>
/// <param name="LocationId">The location; null in a dry run for one that would be made.</param>
/// <param name="TimeZone">IANA name; null where it is not known.</param>
/// <param name="IsNew">It was made for this, or would be.</param>
public sealed record PlacedLocation(Guid? LocationId, string? TimeZone, bool IsNew);

/// <summary>Finds the locations of named places, and makes those that are missing: countries and cities from the gazetteer with coordinates, time zone and aliases.</summary>
public interface IPlaceLocations
{
    /// <summary>One location for each different place.</summary>
    /// <param name="organizationId">Whose catalogue.</param>
    /// <param name="places">Different ones.</param>
    /// <param name="dryRun">Make none.</param>
    /// <param name="cancellationToken">Of the request.</param>
    Task<IReadOnlyDictionary<NamedPlace, PlacedLocation>> PlaceAsync(
        Guid organizationId, IReadOnlyCollection<NamedPlace> places, bool dryRun, CancellationToken cancellationToken);
}
