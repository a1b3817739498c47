using System.Globalization;
using Evenkeel.Catalog.Questions;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Catalog.Locations;

namespace Evenkeel.Tests.Catalog.Questions;

/// <summary>A row of the tables in <c>tests/data/questions</c>: what somebody says, when and where, and what is understood of it.</summary>
/// <param name="Phrase">What is said.</param>
/// <param name="Moment">When.</param>
/// <param name="Zone">Where, an IANA name.</param>
/// <param name="Expected">Parts in the order places, unknown places, dates, attendance; then the words left in quotes, where the table says them.</param>
internal sealed record PhraseRow(string Phrase, DateTimeOffset Moment, string Zone, string Expected)
{
    public string Understood(IPlaceNames names)
    {
        var understood = QuestionReader.Read(Phrase, QuestionReading.Calendar(Moment, Zone), names);
        return string.Join("; ", Parts(understood, Expected.Contains('"')));
    }

    private static IEnumerable<string> Parts(UnderstoodQuestion understood, bool withQuery)
    {
        var places = understood.Places.Select(place => $"{place.Name}{(place.CountryCode is { } code ? $" {code}" : "")}{(place.WithinKm is { } within ? $" ~{within}" : "")}");
        var unknown = understood.UnknownPlaces.Select(place => $"?{place.Text}{(place.Suggestions.Count > 0 ? $">{place.Suggestions[0].Name}" : "")}");
        return places.Concat(unknown)
            .Concat(understood.Dates is { } dates ? [Days(dates.From, dates.To) + (dates.Otherwise is { } other ? $" or {Days(other.From, other.To)}" : "")] : [])
            .Concat(understood.Virtual is { } isVirtual ? [isVirtual ? "online" : "on site"] : [])
            .Concat(withQuery ? [$"\"{understood.Query}\""] : []);
    }

    private static string Days(DateOnly? from, DateOnly? to) => from == to ? Day(from) : $"{Day(from)}..{Day(to)}";

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Reads the tables.</summary>
internal static class PhraseTable
{
    public static IReadOnlyList<string> Lines(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "questions", file)).Where(line => line.Length > 0 && line[0] != '#')];

    public static IReadOnlyList<PhraseRow> Load(string file)
    {
        var rows = new List<PhraseRow>();
        var (moment, zone) = (DateTimeOffset.UnixEpoch, "Etc/UTC");
        foreach (var line in Lines(file))
        {
            if (line[0] == '@')
            {
                var parts = line.Split(' ');
                (moment, zone) = (DateTimeOffset.Parse(parts[1] + "Z", CultureInfo.InvariantCulture), parts[2]);
                continue;
            }

            var bar = line.LastIndexOf('|');
            rows.Add(new PhraseRow(line[..bar].Trim(), moment, zone, line[(bar + 1)..].Trim()));
        }

        return rows;
    }
}
