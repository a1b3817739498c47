using System.Text.RegularExpressions;
using Evenkeel.Catalog.Locations;

namespace Evenkeel.Catalog.Import.Rows;

/// <summary>Holds rows to the rules of events. What can be left out without making the event wrong is left out and said; the rest fails the row.</summary>
internal sealed partial class CheckRow(ReadRows rows)
{
    private const int MostTitle = 300;
    private const int MostDescription = 20_000;
    private const int MostUrl = 2_000;
    private const int MostValues = 20;
    private const int MostCategory = 60;
    private const int MostPlaceName = 200;

    // Files repeat a few zones, categories and languages in every row.
    private readonly Dictionary<string, string?> _zones = new(StringComparer.Ordinal);

    /// <summary>The row; null where it fails, which is noted.</summary>
    public CheckedRow? Check(EventRow row)
    {
        var title = Shortened(row.Line, "title", TextRules.Line(row.Title ?? ""), MostTitle);
        var starts = Time(row.Line, "starts", row.Starts, ImportTexts.StartsMissing);
        var ends = Time(row.Line, "ends", row.Ends, missing: null);
        var url = Url(row);
        var isZoneRight = TryZone(row, out var zone);
        var key = Key(row, title, url, starts);
        if (title.Length == 0)
        {
            rows.Fail(row.Line, "title", ImportTexts.TitleMissing);
        }

        if (title.Length == 0 || starts is null || key is null || !isZoneRight || (ends is null && !string.IsNullOrWhiteSpace(row.Ends)))
        {
            return null;
        }

        var place = Place(row);
        return new CheckedRow
        {
            Line = row.Line,
            Key = key,
            Title = title,
            Description = Shortened(row.Line, "description", TextRules.Block(row.Description ?? ""), MostDescription),
            Starts = starts.Value,
            Ends = ends,
            TimeZone = zone,
            Virtual = row.Virtual ?? IsOnline(row.Place),
            Url = url,
            Categories = Categories(row),
            Languages = Languages(row),
            LocationId = row.LocationId,
            Place = place,
            AddsCategories = row.AddsCategories,
        };
    }

    private GivenTime? Time(int line, string field, string? text, string? missing)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (missing is not null)
            {
                rows.Fail(line, field, missing);
            }

            return null;
        }

        var time = GivenTime.Parse(text);
        if (time is null)
        {
            rows.Fail(line, field, ImportTexts.DateInvalid, text);
        }

        return time;
    }

    private bool TryZone(EventRow row, out string? zone)
    {
        zone = null;
        if (string.IsNullOrWhiteSpace(row.TimeZone))
        {
            return true;
        }

        if (!_zones.TryGetValue(row.TimeZone, out zone))
        {
            _zones[row.TimeZone] = zone = TimeZoneNames.Find(row.TimeZone);
        }

        if (zone is null)
        {
            rows.Fail(row.Line, "time_zone", ImportTexts.TimeZoneUnknown, row.TimeZone);
        }

        return zone is not null;
    }

    private string? Key(EventRow row, string title, string? url, GivenTime? starts)
    {
        if (row.Key is null)
        {
            return starts is { } time && title.Length > 0 ? EventKeys.Of(url, title, time.Day) : "";
        }

        var key = TextRules.Line(row.Key);
        if (key.Length is 0 or > EventKeys.MostCharacters)
        {
            rows.Fail(row.Line, "key", ImportTexts.KeyInvalid);
            return null;
        }

        return key;
    }

    private string? Url(EventRow row)
    {
        var url = row.Url?.Trim();
        if (string.IsNullOrEmpty(url))
        {
            return null;
        }

        if (url.Length <= MostUrl && !url.Any(char.IsControl) && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0 && address.Host.Length > 0)
        {
            return url;
        }

        rows.Warn(row.Line, "url", ImportTexts.UrlInvalid, url);
        return null;
    }

    private string[] Categories(EventRow row)
    {
        var all = row.Categories.Select(one => TextRules.Line(one).ToLowerInvariant()).Where(one => one.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var fitting = all.Where(one => one.Length <= MostCategory).Take(MostValues).Order(StringComparer.Ordinal).ToArray();
        if (fitting.Length < all.Count)
        {
            rows.Warn(row.Line, "categories", ImportTexts.CategoryInvalid);
        }

        return fitting;
    }

    private string[] Languages(EventRow row)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var given in row.Languages.Select(TextRules.Line).Where(one => one.Length > 0))
        {
            var tag = given.Replace('_', '-');
            if (found.Count < MostValues && Language.IsMatch(tag))
            {
                var parts = tag.Split('-', 2);
                found.Add(parts.Length == 1 ? parts[0].ToLowerInvariant() : $"{parts[0].ToLowerInvariant()}-{parts[1]}");
            }
            else
            {
                rows.Warn(row.Line, "languages", ImportTexts.LanguageInvalid, given);
            }
        }

        return [.. found];
    }

    private NamedPlace? Place(EventRow row)
    {
        if (row.Place is not { } place || row.LocationId is not null)
        {
            return null;
        }

        var isPoint = place is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 };
        if (!isPoint && (place.Latitude ?? place.Longitude) is not null)
        {
            rows.Warn(row.Line, "coordinates", ImportTexts.CoordinatesInvalid);
        }

        var named = new NamedPlace
        {
            Venue = Name(row.Line, "venue", place.Venue), City = Name(row.Line, "city", place.City), Country = Name(row.Line, "country", place.Country),
            Latitude = isPoint ? place.Latitude : null, Longitude = isPoint ? place.Longitude : null,
        };
        return named is { Venue: null, City: null, Country: null } ? null : named;
    }

    /// <summary>Files put "Online" where a place should stand.</summary>
    private string? Name(int line, string field, string? name)
    {
        var text = TextRules.Line(name ?? "");
        return text.Length == 0 || Online.IsMatch(text) || NotAPlace.IsMatch(text) ? null : Shortened(line, field, text, MostPlaceName);
    }

    private static bool IsOnline(NamedPlace? place) =>
        place is not null && new[] { place.Venue, place.City, place.Country }.Any(name => name is not null && Online.IsMatch(name.Trim()));

    private string Shortened(int line, string field, string text, int most)
    {
        if (text.Length > most)
        {
            rows.Warn(line, field, ImportTexts.TextShortened, most.ToString());
        }

        return TextRules.Cut(text, most);
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", RegexOptions.ExplicitCapture)]
    private static partial Regex Language { get; }

    [GeneratedRegex(
        "^((online|virtual|remote|remotely|internet|web|webinar|zoom|anywhere|worldwide|everywhere)( (only|event))?|(线上|在线|网上|網上|网络|虚拟|远程)(活动|会议)?)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Online { get; }

    [GeneratedRegex("^(none|tb[ad]|to be announced|n[/ ]?a|-|待定|無|无)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex NotAPlace { get; }
}
