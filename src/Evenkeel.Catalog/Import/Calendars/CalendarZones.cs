using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Evenkeel.Catalog.Import.Calendars;

/// <summary>The time zones that a calendar describes, by the names it gives them.</summary>
internal sealed class CalendarZones
{
    private readonly Dictionary<string, (string Id, bool IsGuessed)> _found = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="blocks">Its <c>VTIMEZONE</c>s.</param>
    /// <param name="now">Rules of zones change: those of this year count.</param>
    public CalendarZones(IEnumerable<IReadOnlyList<ContentLine>> blocks, Instant now)
    {
        foreach (var block in blocks)
        {
            string? Value(string name) => block.FirstOrDefault(line => line.Is(name)) is { Text: not null } line ? line.Value.Trim().ToString() : null;
            if (Value("TZID") is not { Length: > 0 } name || TimeZoneNames.Find(name) is not null)
            {
                continue;
            }

            if (Value("X-LIC-LOCATION") is { } place && TimeZoneNames.Find(place) is { } known)
            {
                _found[name] = (known, false);
            }
            else if (Guess(block, now) is { } guess)
            {
                _found[name] = (guess, true);
            }
        }
    }

    /// <summary>The IANA name of what the file calls <paramref name="name"/>, and whether it was found by its hours only; null where it is not known.</summary>
    public (string Id, bool IsGuessed)? Find(string name) =>
        TimeZoneNames.Find(name) is { } known ? (known, false) : _found.TryGetValue(name, out var found) ? found : null;

    /// <summary>A well-known zone with the same offsets in winter and summer.</summary>
    private static string? Guess(IReadOnlyList<ContentLine> block, Instant now)
    {
        if (OffsetOf(block, "STANDARD") is not { } standard)
        {
            return null;
        }

        var daylight = OffsetOf(block, "DAYLIGHT") ?? standard;
        var year = now.InUtc().Year;
        var (january, july) = IsSouthern(block) ? (daylight, standard) : (standard, daylight);
        var winter = Instant.FromUtc(year, 1, 15, 12, 0);
        var summer = Instant.FromUtc(year, 7, 15, 12, 0);
        const int secondsOfHour = 3_600;
        if (january == july && january.Seconds % secondsOfHour == 0)
        {
            // Names of this series count westwards.
            var hours = -january.Seconds / secondsOfHour;
            return TimeZoneNames.Find(hours == 0 ? "Etc/UTC" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{hours:+0;-0}"));
        }

        return TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.Values.Order(StringComparer.Ordinal).FirstOrDefault(id =>
            TimeZoneNames.Find(id) is { } known && TimeZoneNames.Zone(known) is var zone && zone.GetUtcOffset(winter) == january && zone.GetUtcOffset(summer) == july);
    }

    private static Offset? OffsetOf(IReadOnlyList<ContentLine> block, string component)
    {
        Offset? offset = null;
        foreach (var line in Within(block, component).Where(line => line.Is("TZOFFSETTO")))
        {
            var value = line.Value.Trim();
            const int characters = 5;
            if (value.Length >= characters && value[0] is '+' or '-' && int.TryParse(value[1..3], out var hours) && int.TryParse(value[3..5], out var minutes)
                && hours < 18 && minutes < 60)
            {
                var sign = value[0] == '-' ? -1 : 1;
                offset = Offset.FromHoursAndMinutes(sign * hours, sign * minutes);
            }
        }

        return offset;
    }

    /// <summary>Summer time that begins in the second half of the year.</summary>
    private static bool IsSouthern(IReadOnlyList<ContentLine> block)
    {
        const string month = "BYMONTH=";
        var rule = Within(block, "DAYLIGHT").LastOrDefault(line => line.Is("RRULE")).Text ?? "";
        var index = rule.IndexOf(month, StringComparison.OrdinalIgnoreCase);
        return index >= 0 && int.TryParse(rule[(index + month.Length)..].Split(';', ',')[0], out var begins) && begins > 6;
    }

    private static IEnumerable<ContentLine> Within(IReadOnlyList<ContentLine> block, string component)
    {
        var isWithin = false;
        foreach (var line in block)
        {
            isWithin = line.Is("BEGIN") ? line.Value.Trim().Equals(component, StringComparison.OrdinalIgnoreCase) : isWithin && !line.Is("END");
            if (isWithin)
            {
                yield return line;
            }
        }
    }
}
