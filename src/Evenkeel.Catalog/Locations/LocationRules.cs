using Evenkeel.Catalog.Locations.Gazetteer;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Locations;

/// <summary>A location's fields but its parent, checked.</summary>
internal sealed record LocationFields
{
    public required string Name { get; init; }
    public required string Kind { get; init; }
    public string? CountryCode { get; init; }
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public string? TimeZone { get; init; }
    public required string[] Aliases { get; init; }

    public string[] FoldedNames => [.. Aliases.Prepend(Name).Select(PlaceName.Fold).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
}

/// <summary>What the fields of a location must look like.</summary>
internal static class LocationRules
{
    private const int MostNameCharacters = 200;
    private const int MostAliases = 100;

    public static LocationFields Read(List<FieldProblem> problems, SaveLocationRequest request, WellKnownPlaces wellKnown)
    {
        var name = CatalogueFields.RequiredLine(problems, "name", request.Name, MostNameCharacters);
        if (name.Length > 0 && PlaceName.Fold(name).Length == 0)
        {
            problems.Add(new FieldProblem("name", "A name has letters or digits.", "名称应包含文字或数字。"));
        }

        var kind = Kind(problems, request.Kind);
        Point(problems, request);
        return new LocationFields
        {
            Name = name,
            Kind = kind ?? LocationKind.Venue,
            CountryCode = CountryCode(problems, request.CountryCode, wellKnown) ?? (kind == LocationKind.Country ? wellKnown.FindCountry(name)?.Place.CountryCode : null),
            Latitude = request.Latitude,
            Longitude = request.Longitude,
            TimeZone = CatalogueFields.TimeZone(problems, "time_zone", request.TimeZone)?.Id,
            Aliases = Aliases(name, CatalogueFields.Lines(problems, "aliases", request.Aliases, (MostAliases, MostNameCharacters))),
        };
    }

    public static string? Kind(List<FieldProblem> problems, string? value)
    {
        if (value is not null && LocationKind.All.Contains(value, StringComparer.Ordinal))
        {
            return value;
        }

        problems.Add(value is null
            ? FieldProblem.Required("kind")
            : new FieldProblem("kind", "One of country, region, city and venue.", "应为 country、region、city 或 venue。"));
        return null;
    }

    /// <summary>Those that are compared otherwise than the name and those before.</summary>
    public static string[] Aliases(string name, IEnumerable<string> aliases) =>
        [.. aliases.Prepend(name).Where(one => PlaceName.Fold(one).Length > 0).DistinctBy(PlaceName.Fold).Where(one => PlaceName.Fold(one) != PlaceName.Fold(name))];

    private static string? CountryCode(List<FieldProblem> problems, string? value, WellKnownPlaces wellKnown)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var code = value.Trim().ToUpperInvariant();
        if (code.Length == 2 && wellKnown.CountryOfCode(code) is not null)
        {
            return code;
        }

        problems.Add(new FieldProblem("country_code", "A country by its two letters, such as DE.", "应为两个字母的国家代码，例如 CN。"));
        return null;
    }

    private static void Point(List<FieldProblem> problems, SaveLocationRequest request)
    {
        if (request.Latitude is < -90 or > 90 or double.NaN)
        {
            problems.Add(new FieldProblem("latitude", "Between -90 and 90.", "应在 -90 到 90 之间。"));
        }

        if (request.Longitude is < -180 or > 180 or double.NaN)
        {
            problems.Add(new FieldProblem("longitude", "Between -180 and 180.", "应在 -180 到 180 之间。"));
        }

        if (request.Latitude is null != request.Longitude is null)
        {
            problems.Add(new FieldProblem(request.Latitude is null ? "latitude" : "longitude", "Latitude and longitude, or neither.", "纬度和经度应同时填写或同时留空。"));
        }
    }
}
