using System.Globalization;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Models;
using Evenkeel.Search;
using Evenkeel.Search.Catalogue;
using NodaTime;
using NodaTime.Text;

namespace Evenkeel.Chat.Catalogue;

/// <summary>What is told of an event: to a model as a passage, to a person as a line of a list.</summary>
internal static class EventFacts
{
    private const int LongestDescription = 600;

    /// <summary>An event as a passage, so that it is labelled, cited and evaluated like one.</summary>
    public static PassageHit AsPassage(FoundEvent found, int rank, string language)
    {
        var text = Text(found.Event, language);
        return new PassageHit
        {
            PassageId = found.Event.Id, PassageIds = [found.Event.Id], DocumentId = Guid.Empty, Title = found.Event.Title, HeadingPath = [],
            Text = text, Language = language, Score = found.Score, Rank = rank, Tokens = TokenEstimate.Of(text),
        };
    }

    /// <summary>For a list of answers: title, days, place.</summary>
    public static string Line(CatalogueEvent happening, string language)
    {
        var place = Place(happening, language);
        return language == "zh"
            ? $"**{happening.Title}**：{Days(happening, language)}{(place.Length == 0 ? "" : "，")}{place}"
            : $"**{happening.Title}**: {Days(happening, language)}{(place.Length == 0 ? "" : ", ")}{place}";
    }

    /// <summary>Days, and times of day where it has any, in its own time zone.</summary>
    public static string Days(CatalogueEvent happening, string language)
    {
        var days = language == "zh" ? ChineseDays(happening.StartsOn, happening.EndsOn) : EnglishDays(happening.StartsOn, happening.EndsOn);
        if (happening.AllDay || happening.StartsOn != happening.EndsOn)
        {
            return days;
        }

        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(happening.TimeZone) ?? DateTimeZone.Utc;
        var (starts, ends) = (TimeOfDay(happening.StartsAt, zone), TimeOfDay(happening.EndsAt, zone));
        return starts == ends ? $"{days}, {starts}" : $"{days}, {starts}–{ends}";
    }

    /// <summary>What was understood, as numbers and ids for the timeline: never the words.</summary>
    public static object Numbers(UnderstoodQuestion understood) => new
    {
        location_ids = understood.Places.Where(place => place.LocationId is not null).Select(place => place.LocationId).ToArray(),
        places = understood.Places.Count,
        unknown_places = understood.UnknownPlaces.Count,
        from = understood.Dates?.From,
        to = understood.Dates?.To,
        is_virtual = understood.Virtual,
        is_ambiguous = understood.Dates?.Otherwise is not null || understood.Places.Any(place => place.Others.Count > 0),
    };

    private static string Text(CatalogueEvent happening, string language)
    {
        var isChinese = language == "zh";
        List<string> facts = [$"{(isChinese ? "时间" : "When")}: {Days(happening, language)} ({happening.TimeZone})"];
        if (Place(happening, language) is { Length: > 0 } place)
        {
            facts.Add($"{(isChinese ? "地点" : "Where")}: {place}");
        }

        if (happening.Categories.Count > 0)
        {
            facts.Add($"{(isChinese ? "类别" : "Categories")}: {string.Join(", ", happening.Categories)}");
        }

        if (happening.Url is { } url)
        {
            facts.Add($"{(isChinese ? "网址" : "Link")}: {url}");
        }

        var description = happening.Description.Length <= LongestDescription ? happening.Description : happening.Description[..LongestDescription] + "…";
        return description.Length == 0 ? string.Join('\n', facts) : $"{string.Join('\n', facts)}\n\n{description}";
    }

    private static string Place(CatalogueEvent happening, string language)
    {
        var place = happening.Location is { } location ? string.Join(language == "zh" ? "，" : ", ", Names(location, language)) : "";
        return (place.Length, happening.Virtual, language) switch
        {
            (0, true, "zh") => "线上",
            (0, true, _) => "online",
            (_, true, "zh") => $"{place}（同时线上）",
            (_, true, _) => $"{place} and online",
            _ => place,
        };
    }

    /// <summary>From the smallest to the largest. A country has no Chinese name here: it is left out behind a Chinese one.</summary>
    private static IEnumerable<string> Names(EventPlace place, string language)
    {
        string?[] names = language == "zh"
            ? [place.ChineseName ?? place.Name, place.CityChineseName ?? place.City, (place.CityChineseName ?? place.ChineseName) is null ? place.Country : null]
            : [place.Name, place.City, place.Country];
        return names.OfType<string>().Distinct(StringComparer.Ordinal);
    }

    private static string EnglishDays(DateOnly first, DateOnly last)
    {
        static string Day(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);
        return first == last ? Day(first, "d MMMM yyyy")
            : first.Year != last.Year ? $"{Day(first, "d MMMM yyyy")} – {Day(last, "d MMMM yyyy")}"
            : first.Month != last.Month ? $"{Day(first, "d MMMM")} – {Day(last, "d MMMM yyyy")}"
            : $"{first.Day}–{Day(last, "d MMMM yyyy")}";
    }

    private static string ChineseDays(DateOnly first, DateOnly last) =>
        first == last ? $"{first.Year}年{first.Month}月{first.Day}日"
            : first.Year != last.Year ? $"{first.Year}年{first.Month}月{first.Day}日至{last.Year}年{last.Month}月{last.Day}日"
            : first.Month != last.Month ? $"{first.Year}年{first.Month}月{first.Day}日至{last.Month}月{last.Day}日"
            : $"{first.Year}年{first.Month}月{first.Day}日至{last.Day}日";

    private static string TimeOfDay(DateTimeOffset moment, DateTimeZone zone) =>
        LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(Instant.FromDateTimeOffset(moment).InZone(zone).TimeOfDay);
}
