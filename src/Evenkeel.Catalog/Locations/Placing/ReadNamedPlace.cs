using Evenkeel.Catalog.Locations.Gazetteer;

namespace Evenkeel.Catalog.Locations.Placing;

/// <summary>What a named place says: its country, its city and its venue, as far as it names them.</summary>
internal sealed class ReadNamedPlace(WellKnownPlaces wellKnown)
{
    private const int MostNameCharacters = 200;

    /// <summary>Where a state is written with two or three letters behind a city.</summary>
    private static readonly string[] WithStateCodes = ["US", "CA", "AU"];

    /// <summary>What people write where an event has no place.</summary>
    private static readonly HashSet<string> NoPlace = new(StringComparer.Ordinal)
    {
        "online", "virtual", "remote", "remotely", "internet", "web", "webinar", "zoom", "anywhere", "worldwide", "everywhere", "tba", "tbd", "n a", "na", "none",
        "online only", "virtual event", "online event", "to be announced", "线上", "在线", "网上", "网络", "虚拟", "远程", "线上活动", "线上会议", "待定", "無", "无",
    };

    /// <summary>The locations from the outermost to the innermost; none where it is no place.</summary>
    public IReadOnlyList<SoughtLocation> Run(NamedPlace place)
    {
        var (venue, city, country) = (Meant(place.Venue), Meant(place.City), Meant(place.Country));
        var point = GeoPoint.Of(place.Latitude, place.Longitude);
        var levels = City(city, country, point, venue is null);
        return venue is null ? levels : [.. levels, SoughtLocation.Unknown(LocationKind.Venue, venue, levels.Count > 0 ? levels[^1] : null, point)];
    }

    private List<SoughtLocation> City(string? text, string? countryText, GeoPoint? point, bool isPointOfCity)
    {
        var country = countryText is null ? null : wellKnown.FindCountry(countryText);
        if (text is null)
        {
            return Country(country, countryText);
        }

        var code = country?.Place.CountryCode;
        var name = CityName.Split(text);
        var entry = Find(text, code, null, point) ?? FindByParts(name, code, point);
        if (entry is not null)
        {
            return [.. Country(wellKnown.CountryOfCode(entry.Place.CountryCode), null), SoughtLocation.WellKnown(entry)];
        }

        if (Larger(text, country, countryText) is { Count: > 0 } larger)
        {
            return larger;
        }

        var behind = name.Behind is null ? [] : Larger(name.Behind, country, countryText);
        var levels = behind.Count > 0 ? behind : Country(country, countryText);
        return [.. levels, SoughtLocation.Unknown(LocationKind.City, behind.Count == 0 ? text : name.Name, levels.LastOrDefault(), isPointOfCity ? point : null)];
    }

    /// <summary>What is named where a city should be: a region, or, where no country is named besides, a country.</summary>
    private List<SoughtLocation> Larger(string text, GazetteerEntry? country, string? countryText)
    {
        if ((country is not null || countryText is null) && wellKnown.FindRegion(text, country?.Place.CountryCode) is { } region)
        {
            return [.. Country(wellKnown.CountryOfCode(region.Place.CountryCode), null), SoughtLocation.WellKnown(region)];
        }

        return countryText is null ? Country(wellKnown.FindCountry(text), null) : [];
    }

    private static List<SoughtLocation> Country(GazetteerEntry? entry, string? text) =>
        entry is not null ? [SoughtLocation.WellKnown(entry)] : text is not null ? [SoughtLocation.Unknown(LocationKind.Country, text, null)] : [];

    /// <summary>"Portland, OR", "Paris, France", "Munich, Bavaria".</summary>
    private GazetteerEntry? FindByParts(CityName name, string? code, GeoPoint? point)
    {
        if (name.Behind is null)
        {
            return null;
        }

        if (wellKnown.FindRegion(name.Behind, code) is { } region)
        {
            return Find(name.Name, region.Place.CountryCode, region.Code.Length == 0 ? null : region.Code, point);
        }

        var state = !name.IsState ? null : WithStateCodes.Where(country => code is null || code == country)
            .Select(country => Find(name.Name, country, name.Behind, point)).FirstOrDefault(found => found is not null);
        return state ?? Find(name.Name, code ?? wellKnown.FindCountry(name.Behind)?.Place.CountryCode, null, point);
    }

    private GazetteerEntry? Find(string name, string? country, string? state, GeoPoint? point) =>
        wellKnown.Find(new SoughtPlace(LocationKind.City, [PlaceName.Fold(name)], country, point) { Code = state });

    private static string? Meant(string? text)
    {
        var words = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("\0", "", StringComparison.Ordinal);
        var name = words.Length > MostNameCharacters ? words[..MostNameCharacters] : words;
        var folded = PlaceName.Fold(name);
        return folded.Length == 0 || NoPlace.Contains(folded) ? null : name;
    }

    /// <param name="Name">Before the first comma.</param>
    /// <param name="Behind">Behind the last one; null where there is none.</param>
    private sealed record CityName(string Name, string? Behind)
    {
        public bool IsState => Behind is { Length: 2 or 3 } && Behind.All(char.IsAsciiLetterUpper);

        public static CityName Split(string text)
        {
            var parts = text.Split([',', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return parts.Length > 1 ? new CityName(parts[0], parts[^1]) : new CityName(text, null);
        }
    }
}
