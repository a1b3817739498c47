using System.Globalization;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;
using NodaTime.Text;

namespace Evenkeel.Catalog.Import.Calendars;

/// <summary>Times of a calendar as a row has them.</summary>
/// <param name="Starts">ISO 8601.</param>
/// <param name="Ends">ISO 8601; a day is the last one, inclusive.</param>
/// <param name="TimeZone">Null where the file names none.</param>
/// <param name="IsFloating">Local time of wherever somebody is.</param>
internal readonly record struct CalendarTimes(string Starts, string? Ends, string? TimeZone, bool IsFloating)
{
    public static CalendarTimes Of(CalendarEvent single) => Of(single.DtStart!, single.DtEnd ?? (single.Duration is { } length ? single.DtStart!.Add(length) : null));

    public static CalendarTimes Of(Occurrence occurrence) => Of(occurrence.Period.StartTime, occurrence.Period.EffectiveEndTime);

    /// <summary>A time as it stands in keys: the same moment is written the same, whatever zone a file puts it in.</summary>
    public static string Stamp(CalDateTime time) =>
        !time.HasTime ? time.Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture)
        : time.IsFloating ? time.Value.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)
        : Moment(time).ToString("uuuuMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The moment; of floating times and days as if they were UTC, which is near enough for a window.</summary>
    public static Instant Moment(CalDateTime time)
    {
        var local = LocalDateTime.FromDateTime(time.Value);
        return time.TzId is { } zone && !time.IsUtc && TimeZoneNames.Find(zone) is { } known
            ? TimeZoneNames.Zone(known).AtLeniently(local).ToInstant()
            : local.InUtc().ToInstant();
    }

    private static CalendarTimes Of(CalDateTime starts, CalDateTime? ends)
    {
        // The day on which an all-day event ends is the one after its last.
        var last = ends is { HasTime: false } && ends.Value > starts.Value ? ends.AddDays(-1) : ends;
        var isElsewhere = last is { HasTime: true } && !string.Equals(last.TzId, starts.TzId, StringComparison.Ordinal);
        return new CalendarTimes(
            Iso(starts), last is null ? null : isElsewhere ? InstantPattern.General.Format(Moment(last)) : Iso(last), starts.IsUtc ? null : starts.TzId, starts.IsFloating);
    }

    /// <summary>A time in a zone is local: the row has the zone.</summary>
    private static string Iso(CalDateTime time) =>
        !time.HasTime ? time.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : time.Value.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + (time.IsUtc ? "Z" : "");
}
