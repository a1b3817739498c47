using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Catalogue;

/// <summary>Something that happens at a time, at a place or online.</summary>
public sealed record CatalogueEvent
{
    public required Guid Id { get; init; }

    /// <summary>Stable across imports; of one made by hand its id.</summary>
    public required string Key { get; init; }
    public required string Title { get; init; }

    /// <summary>Plain text; "" where there is none.</summary>
    public required string Description { get; init; }
    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Exclusive; equal to <see cref="StartsAt"/> where no end is known.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <summary>Without times of day: then <see cref="StartsOn"/> and <see cref="EndsOn"/> are what counts.</summary>
    public required bool AllDay { get; init; }

    /// <summary>The first day in <see cref="TimeZone"/>.</summary>
    public required DateOnly StartsOn { get; init; }

    /// <summary>The last day, inclusive.</summary>
    public required DateOnly EndsOn { get; init; }

    /// <summary>IANA name, such as <c>Europe/Berlin</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Absent where it has no place.</summary>
    public EventPlace? Location { get; init; }

    /// <summary>Can be attended from anywhere; it may have a place besides.</summary>
    public required bool Virtual { get; init; }
    public string? Url { get; init; }

    /// <summary>Lower case, in alphabetical order.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>Languages it is held in, BCP 47.</summary>
    public required IReadOnlyList<string> Languages { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>An event's place, with what contains it.</summary>
public sealed record EventPlace
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The first of its names that is written in Chinese characters; absent where none is.</summary>
    public string? ChineseName { get; init; }

    /// <summary><c>country</c>, <c>region</c>, <c>city</c> or <c>venue</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Name of the city that a venue is in; absent for anything else, and where it is not known.</summary>
    public string? City { get; init; }

    /// <summary>The same in Chinese characters; absent where there is none.</summary>
    public string? CityChineseName { get; init; }

    /// <summary>Name of the country it is in; absent for a country itself, and where it is not known.</summary>
    public string? Country { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? CountryCode { get; init; }
}

/// <summary>Body of <c>POST /api/v1/events</c> and <c>PUT /api/v1/events/{id}</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SaveEventRequest
{
    /// <summary>1 to 300 characters.</summary>
    public string? Title { get; init; }

    /// <summary>Up to 20,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>A day (<c>2026-03-14</c>: an event without times of day) or a local time in <see cref="TimeZone"/> (<c>2026-03-14T09:00</c>), or one with an offset.</summary>
    public string? Starts { get; init; }

    /// <summary>The same; a day is the last one, inclusive. Absent = of a day the same day, of a time not known.</summary>
    public string? Ends { get; init; }

    /// <summary>IANA name; absent = that of the location, otherwise UTC.</summary>
    public string? TimeZone { get; init; }
    public Guid? LocationId { get; init; }
    public bool? Virtual { get; init; }

    /// <summary><c>http</c> or <c>https</c>, up to 2,000 characters.</summary>
    public string? Url { get; init; }

    /// <summary>Up to 20, each up to 60 characters.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>BCP 47, up to 20.</summary>
    public IReadOnlyList<string>? Languages { get; init; }
}
