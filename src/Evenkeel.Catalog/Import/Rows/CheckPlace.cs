using System.Text.RegularExpressions;
using Evenkeel.Catalog.Locations;

namespace Evenkeel.Catalog.Import.Rows;

/// <summary>Holds the places of rows to their rules, and tells "Online" from a place.</summary>
internal sealed partial class CheckPlace(ReadRows rows)
{
    private const int MostPlaceName = 200;

    public static bool IsOnline(NamedPlace? place) =>
        place is not null && new[] { place.Venue, place.City, place.Country }.Any(name => name is not null && Online.IsMatch(name.Trim()));

    /// <summary>Null where the row names none.</summary>
    public NamedPlace? Place(EventRow row)
    {
        if (row.Place is not { } place || row.LocationId is not null)
        {
            return null;
        }

        var isPoint = place is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 };
        if (!isPoint && (place.Latitude ?? place.Longitude) is not null)
        {
            rows.Warn(row.At, "coordinates", ImportTexts.CoordinatesInvalid);
        }

        var named = new NamedPlace
        {
            Venue = Name(row.At, "venue", place.Venue), City = Name(row.At, "city", place.City), Country = Name(row.At, "country", place.Country),
            Latitude = isPoint ? place.Latitude : null, Longitude = isPoint ? place.Longitude : null,
        };
        return named is { Venue: null, City: null, Country: null } ? null : named;
    }

    /// <summary>Files put "Online" where a place should stand.</summary>
    private string? Name(RowRef at, string field, string? name)
    {
        var text = TextRules.Line(name ?? "");
        return text.Length == 0 || Online.IsMatch(text) || NotAPlace.IsMatch(text) ? null : rows.Shorten(at, field, text, MostPlaceName);
    }

    [GeneratedRegex(
        "^((online|virtual|remote|remotely|internet|web|webinar|zoom|anywhere|worldwide|everywhere)( (only|event))?|(线上|在线|网上|網上|网络|虚拟|远程)(活动|会议)?)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Online { get; }

    [GeneratedRegex("^(none|tb[ad]|to be announced|n[/ ]?a|-|待定|無|无)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NotAPlace { get; }
}
