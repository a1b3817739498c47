using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Catalogue;

/// <summary>A place where events happen, or one that contains such places.</summary>
public sealed record Location
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary><c>country</c>, <c>region</c>, <c>city</c> or <c>venue</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What contains it.</summary>
    public Guid? ParentId { get; init; }
    public string? ParentName { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string? CountryCode { get; init; }

    /// <summary>Degrees, WGS 84; both or neither.</summary>
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }

    /// <summary>IANA name.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Further names in any language, such as 柏林.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Events there, those in what it contains included.</summary>
    public required int EventCount { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Body of <c>POST /api/v1/locations</c> and <c>PUT /api/v1/locations/{id}</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SaveLocationRequest
{
    /// <summary>1 to 200 characters.</summary>
    public string? Name { get; init; }

    /// <summary><c>country</c>, <c>region</c>, <c>city</c> or <c>venue</c>.</summary>
    public string? Kind { get; init; }
    public Guid? ParentId { get; init; }
    public string? CountryCode { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public string? TimeZone { get; init; }

    /// <summary>Up to 100, each up to 200 characters; those that are compared like the name or another one are left out.</summary>
    public IReadOnlyList<string>? Aliases { get; init; }
}

/// <summary>Body of <c>POST /api/v1/locations/{id}/merge</c>: the others become aliases of this one, and their events happen here.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MergeLocationsRequest
{
    /// <summary>1 to 50 other locations.</summary>
    public IReadOnlyList<Guid>? LocationIds { get; init; }
}
