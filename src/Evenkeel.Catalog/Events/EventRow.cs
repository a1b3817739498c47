using Evenkeel.Catalog.Locations.Gazetteer;
using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Catalog.Events;

/// <summary>A row of <c>catalogue_events</c> with its place.</summary>
internal sealed record EventRow
{
    /// <summary>Ends before the condition. A venue in a city in a region in a country is as deep as it gets.</summary>
    public const string Query = """
        SELECT event.id, event.key, event.title, event.description, event.starts_at, event.ends_at, event.all_day, event.starts_on, event.ends_on,
            event.time_zone, event.is_virtual, event.url, event.categories, event.languages, event.created_at, event.updated_at,
            place.id AS place_id, place.name AS place_name, place.aliases AS place_aliases, place.kind AS place_kind,
            CASE WHEN place.kind = 'venue' AND first.kind = 'city' THEN first.name END AS city, first.aliases AS parent_aliases,
            coalesce(place.country_code, first.country_code, second.country_code, third.country_code) AS country_code,
            coalesce(CASE first.kind WHEN 'country' THEN first.name END, CASE second.kind WHEN 'country' THEN second.name END,
                CASE third.kind WHEN 'country' THEN third.name END) AS country
        FROM catalogue_events AS event
            LEFT JOIN locations AS place ON place.id = event.location_id
            LEFT JOIN locations AS first ON first.id = place.parent_id
            LEFT JOIN locations AS second ON second.id = first.parent_id
            LEFT JOIN locations AS third ON third.id = second.parent_id
        """;

    public Guid Id { get; init; }
    public string Key { get; init; } = "";
    public string Title { get; init; } = "";
    public string Description { get; init; } = "";
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public bool AllDay { get; init; }
    public DateOnly StartsOn { get; init; }
    public DateOnly EndsOn { get; init; }
    public string TimeZone { get; init; } = "";
    public bool IsVirtual { get; init; }
    public string? Url { get; init; }
    public string[] Categories { get; init; } = [];
    public string[] Languages { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public Guid? PlaceId { get; init; }
    public string? PlaceName { get; init; }
    public string[]? PlaceAliases { get; init; }
    public string? PlaceKind { get; init; }
    public string? City { get; init; }
    public string[]? ParentAliases { get; init; }
    public string? CountryCode { get; init; }
    public string? Country { get; init; }

    public CatalogueEvent ToWire(WellKnownPlaces wellKnown) => new()
    {
        Id = Id,
        Key = Key,
        Title = Title,
        Description = Description,
        StartsAt = StartsAt,
        EndsAt = EndsAt,
        AllDay = AllDay,
        StartsOn = StartsOn,
        EndsOn = EndsOn,
        TimeZone = TimeZone,
        Location = Place(wellKnown),
        Virtual = IsVirtual,
        Url = Url,
        Categories = Categories,
        Languages = Languages,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };

    private EventPlace? Place(WellKnownPlaces wellKnown) => PlaceId is not { } id ? null : new EventPlace
    {
        Id = id,
        Name = PlaceName!,
        ChineseName = ChineseAmong(PlaceName!, PlaceAliases),
        Kind = PlaceKind!,
        City = City,
        CityChineseName = City is null ? null : ChineseAmong(City, ParentAliases),
        Country = CountryName(wellKnown),
        CountryCode = CountryCode,
    };

    private static string? ChineseAmong(string name, string[]? aliases) =>
        (aliases ?? []).Prepend(name).FirstOrDefault(one => one.Any(Locations.Writing.IsWithoutSpaces));

    private string? CountryName(WellKnownPlaces wellKnown) =>
        PlaceKind == Locations.LocationKind.Country ? null : Country ?? wellKnown.CountryOfCode(CountryCode)?.Place.Name;
}
