using System.Text;
using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Catalog.Locations;
using Ical.Net.CalendarComponents;

namespace Evenkeel.Catalog.Import.Calendars;

/// <summary>Reads one <c>VEVENT</c> by the library, with names of time zones that it knows.</summary>
internal sealed class ReadCalendarEvent(ReadRows rows, CalendarZones zones)
{
    /// <summary>The event; null where it cannot be read, which is noted.</summary>
    public CalendarItem? Read(IReadOnlyList<ContentLine> block)
    {
        var at = RowRef.Alone(block[0].Number);
        if (Text(block) is not { } text || Parse(text) is not { } one)
        {
            return null;
        }

        if (one.DtStart is null)
        {
            rows.Fail(at, "dtstart", ImportTexts.StartsMissing);
            return null;
        }

        if (block.Count(part => part.Is("RRULE")) > 1)
        {
            // Allowed once, and not any more: programs disagree on what it means.
            rows.Fail(at, "rrule", ImportTexts.RuleInvalid);
            return null;
        }

        // The library makes an id where there is none: another one at every reading.
        var id = block.Any(part => part.Is("UID")) && one.Uid is { } uid && TextRules.Line(uid).Replace(' ', '_') is { Length: > 0 } given ? EventKeys.Shortened(given) : null;
        return new CalendarItem(at.Line, id, one, Row(at, one));

        CalendarEvent? Parse(string source)
        {
            try
            {
                if (Ical.Net.Calendar.Load(source)?.Events is [var first])
                {
                    return first;
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The library throws whatever its parts throw on what they cannot read; any of it means this.
            }

            rows.Fail(at, field: null, ImportTexts.EventInvalid);
            return null;
        }
    }

    private static EventRow Row(RowRef at, CalendarEvent one)
    {
        var location = one.Location?.Trim();
        // Calendars of programs for meetings put the address of the meeting where the place should be.
        var isAddress = location is not null && location.StartsWith("http", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(location, UriKind.Absolute, out _);
        return new EventRow
        {
            At = at,
            Title = one.Summary,
            Description = one.Description,
            Url = one.Url?.OriginalString ?? (isAddress ? location : null),
            Virtual = isAddress ? true : null,
            Categories = [.. one.Categories.SelectMany(TextRules.List)],
            Place = isAddress ? null : new NamedPlace
            {
                Venue = location, Latitude = one.GeographicLocation?.Latitude, Longitude = one.GeographicLocation?.Longitude,
            },
        };
    }

    private string? Text(IReadOnlyList<ContentLine> block)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
        string? guessed = null;
        foreach (var given in block)
        {
            var line = given;
            if (given.Parameter("TZID") is { } name)
            {
                if (zones.Find(name) is not { } zone)
                {
                    rows.Fail(RowRef.Alone(block[0].Number), given.Name.ToString().ToLowerInvariant(), ImportTexts.TimeZoneUnknown, name);
                    return null;
                }

                guessed ??= zone.IsGuessed ? zone.Id : null;
                line = given.With("TZID", zone.Id);
            }

            text.Append(line.Text).Append("\r\n");
        }

        if (guessed is not null)
        {
            rows.Warn(RowRef.Alone(block[0].Number), "time_zone", ImportTexts.TimeZoneGuessed, guessed);
        }

        return text.Append("END:VCALENDAR\r\n").ToString();
    }
}
