using Evenkeel.Contracts.Catalogue;

namespace Evenkeel.Catalog.Locations;

/// <summary>A row of <c>locations</c> with what contains it and how many events it has.</summary>
internal sealed record LocationRow
{
    /// <summary>Of the rows that <paramref name="chosen"/> (a query of <c>locations.*</c>) gives: events are counted for these only.</summary>
    public static string Query(string chosen) => $"""
        SELECT place.id, place.name, place.kind, place.parent_id, outer_one.name AS parent_name, place.country_code, place.latitude, place.longitude,
            place.time_zone, place.aliases, place.created_at, place.updated_at, counted.event_count
        FROM ({chosen}) AS place LEFT JOIN locations AS outer_one ON outer_one.id = place.parent_id
            CROSS JOIN LATERAL (
                WITH RECURSIVE inside AS (
                    SELECT place.id UNION SELECT inner_one.id FROM locations AS inner_one JOIN inside ON inner_one.parent_id = inside.id
                ) SELECT count(*)::int AS event_count FROM catalogue_events WHERE location_id IN (SELECT id FROM inside)
            ) AS counted
        ORDER BY place.name, place.id
        """;

    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public Guid? ParentId { get; init; }
    public string? ParentName { get; init; }
    public string? CountryCode { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public string? TimeZone { get; init; }
    public string[] Aliases { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public int EventCount { get; init; }

    public Location ToWire() => new()
    {
        Id = Id,
        Name = Name,
        Kind = Kind,
        ParentId = ParentId,
        ParentName = ParentName,
        CountryCode = CountryCode,
        Latitude = Latitude,
        Longitude = Longitude,
        TimeZone = TimeZone,
        Aliases = Aliases,
        EventCount = EventCount,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
