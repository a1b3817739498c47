using System.Text;
using Evenkeel.Catalog.Import;
using Evenkeel.Catalog.Import.Calendars;
using Evenkeel.Catalog.Import.Rows;
using NodaTime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog.Import;

/// <summary>Calendars as programs write them, read on the first of March 2027.</summary>
public sealed class CalendarTests
{
    private static readonly Instant Now = Instant.FromUtc(2027, 3, 1, 12, 0);

    [Fact]
    public void A_weekly_rule_keeps_its_local_time_when_the_clocks_change()
    {
        var rows = Read("""
            BEGIN:VEVENT
            UID:weekly@keel
            SUMMARY:Keel\, weekly
            DTSTART;TZID=W. Europe Standard Time:20270315T090000
            DURATION:PT1H30M
            RRULE:FREQ=WEEKLY;COUNT=4
            EXDATE;TZID=W. Europe Standard Time:20270322T090000
            CATEGORIES:Boats,Wood
            LOCATION:Hall 7\, Berlin
            GEO:52.52;13.40
            END:VEVENT
            """);

        rows.Events.Select(row => (row.Key, row.Starts, row.Ends, row.TimeZone)).ShouldBe(
        [
            ("weekly@keel @20270315T080000Z", "2027-03-15T09:00:00", "2027-03-15T10:30:00", "Europe/Berlin"),
            ("weekly@keel @20270329T070000Z", "2027-03-29T09:00:00", "2027-03-29T10:30:00", "Europe/Berlin"),
            ("weekly@keel @20270405T070000Z", "2027-04-05T09:00:00", "2027-04-05T10:30:00", "Europe/Berlin"),
        ]);
        var first = rows.Events[0];
        (first.Title, first.Place!.Venue, first.Place.Latitude, first.Line).ShouldBe(("Keel, weekly", "Hall 7, Berlin", 52.52, 2));
        first.Categories.ShouldBe(["Boats", "Wood"]);
    }

    [Fact]
    public void All_day_utc_and_floating_times_are_told_apart()
    {
        var rows = Read("""
            X-WR-TIMEZONE:Asia/Shanghai
            BEGIN:VEVENT
            UID:days
            SUMMARY:Days
            DTSTART;VALUE=DATE:20270314
            DTEND;VALUE=DATE:20270317
            END:VEVENT
            BEGIN:VEVENT
            UID:one-day
            SUMMARY:One
            DTSTART;VALUE=DATE:20270320
            END:VEVENT
            BEGIN:VEVENT
            UID:utc
            SUMMARY:UTC
            DTSTART:20270321T100000Z
            DTEND:20270321T113000Z
            END:VEVENT
            BEGIN:VEVENT
            UID:floating
            SUMMARY:A very long
              folded line
            DTSTART:20270322T100000
            LOCATION:https://meet.keel.example/7
            END:VEVENT
            BEGIN:VEVENT
            UID:flight
            SUMMARY:Flight
            DTSTART;TZID=Europe/Berlin:20270323T100000
            DTEND;TZID=America/New_York:20270323T130000
            END:VEVENT
            """);

        rows.Events.Select(row => (row.Key, row.Starts, row.Ends, row.TimeZone)).ShouldBe(
        [
            ("days", "2027-03-14", "2027-03-16", "Asia/Shanghai"), ("one-day", "2027-03-20", null, "Asia/Shanghai"),
            ("utc", "2027-03-21T10:00:00Z", "2027-03-21T11:30:00Z", null), ("floating", "2027-03-22T10:00:00", null, "Asia/Shanghai"),
            ("flight", "2027-03-23T10:00:00", "2027-03-23T17:00:00Z", "Europe/Berlin"),
        ]);
        (rows.Events[3].Title, rows.Events[3].Virtual, rows.Events[3].Url, rows.Events[3].Place).ShouldBe(("A very long folded line", true, "https://meet.keel.example/7", null));
    }

    [Fact]
    public void Single_occurrences_may_be_moved_added_and_called_off()
    {
        var rows = Read("""
            BEGIN:VEVENT
            UID:series
            SUMMARY:Moved
            RECURRENCE-ID;TZID=Europe/Berlin:20270317T090000
            DTSTART;TZID=Europe/Berlin:20270317T150000
            END:VEVENT
            BEGIN:VEVENT
            UID:series
            SUMMARY:Called off
            STATUS:CANCELLED
            RECURRENCE-ID:20270318T080000Z
            DTSTART;TZID=Europe/Berlin:20270318T090000
            END:VEVENT
            BEGIN:VEVENT
            UID:series
            SUMMARY:Daily
            DTSTART;TZID=Europe/Berlin:20270316T090000
            RRULE:FREQ=DAILY;UNTIL=20270319T235959Z
            RDATE;TZID=Europe/Berlin:20270410T090000
            END:VEVENT
            BEGIN:VEVENT
            UID:gone
            SUMMARY:Gone
            STATUS:CANCELLED
            DTSTART:20270318T080000Z
            END:VEVENT
            """);

        rows.Events.OrderBy(row => row.Starts).Select(row => (row.Key, row.Title, row.Starts)).ShouldBe(
        [
            ("series @20270316T080000Z", "Daily", "2027-03-16T09:00:00"), ("series @20270317T080000Z", "Moved", "2027-03-17T15:00:00"),
            ("series @20270319T080000Z", "Daily", "2027-03-19T09:00:00"), ("series @20270410T070000Z", "Daily", "2027-04-10T09:00:00"),
        ]);
        rows.CancelledKeys.ShouldBe(["series @20270318T080000Z"]);
        rows.Series.ShouldBe([new CalendarSeries("series", IsCancelled: false), new CalendarSeries("gone", IsCancelled: true)], ignoreOrder: true);
    }

    [Fact]
    public void A_zone_that_only_the_file_describes_is_found_by_its_hours_and_an_unknown_one_fails_its_event()
    {
        var rows = Read("""
            BEGIN:VTIMEZONE
            TZID:Our office
            BEGIN:STANDARD
            DTSTART:16010101T030000
            TZOFFSETFROM:+1100
            TZOFFSETTO:+1000
            RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:+1000
            TZOFFSETTO:+1100
            RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=10
            END:DAYLIGHT
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:office
            SUMMARY:Office
            DTSTART;TZID="Our office":20270701T090000
            END:VEVENT
            BEGIN:VEVENT
            UID:path
            SUMMARY:Path
            DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20270701T090000
            END:VEVENT
            BEGIN:VEVENT
            UID:mars
            SUMMARY:Mars
            DTSTART;TZID=Mars:20270701T090000
            END:VEVENT
            """);
        rows.Events.Select(row => row.Key).ShouldBe(["office", "path"]);
        var zone = TimeZoneNames.Zone(rows.Events[0].TimeZone!);
        (zone.GetUtcOffset(Instant.FromUtc(2027, 1, 15, 0, 0)), zone.GetUtcOffset(Instant.FromUtc(2027, 7, 15, 0, 0))).ShouldBe((Offset.FromHours(11), Offset.FromHours(10)));
        rows.Problems.Select(problem => (problem.Line, problem.Code)).ShouldBe([(17, "time_zone_guessed"), (27, "time_zone_unknown")]);
    }

    [Fact]
    public void Rules_without_an_end_are_taken_within_the_window_and_at_most_five_hundred_times()
    {
        var rows = Read("""
            BEGIN:VEVENT
            UID:weekly
            SUMMARY:Weekly
            DTSTART:20100104T100000Z
            RRULE:FREQ=WEEKLY
            END:VEVENT
            BEGIN:VEVENT
            UID:hourly
            SUMMARY:Hourly
            DTSTART:20270101T100000Z
            RRULE:FREQ=HOURLY
            END:VEVENT
            BEGIN:VEVENT
            UID:past
            SUMMARY:Past
            DTSTART:20100104T100000Z
            RRULE:FREQ=WEEKLY;COUNT=3
            END:VEVENT
            """);

        var weekly = rows.Events.Where(row => row.Title == "Weekly").Select(row => row.Starts).ToList();
        (weekly[0], weekly[^1], weekly.Count).ShouldBe(("2027-02-01T10:00:00Z", "2028-04-03T10:00:00Z", 62));
        rows.Events.Count(row => row.Title == "Hourly").ShouldBe(500);
        rows.Problems.Select(problem => (problem.Line, problem.Code)).ShouldBe([(8, "occurrences_limited"), (14, "outside_window")]);
    }

    [Theory]
    [InlineData("FREQ=SECONDLY")]
    [InlineData("FREQ=MINUTELY;INTERVAL=0")]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31")]
    [InlineData("FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8,9;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYSECOND=0,1,2,3,4,5,6,7,8,9;BYDAY=MO,TU,WE,TH,FR,SA,SU")]
    [InlineData("FREQ=NEVER")]
    [InlineData("FREQ=DAILY\nRRULE:FREQ=WEEKLY")]
    public void A_rule_made_to_do_harm_costs_its_event_only(string rule)
    {
        var rows = Read($"""
            BEGIN:VEVENT
            UID:bad
            SUMMARY:Bad
            DTSTART:20200101T100000Z
            RRULE:{rule}
            END:VEVENT
            BEGIN:VEVENT
            UID:good
            SUMMARY:Good
            DTSTART:20270101T100000Z
            END:VEVENT
            """);
        rows.Events.ShouldHaveSingleItem().Key.ShouldBe("good");
        rows.Problems.ShouldHaveSingleItem().Line.ShouldBe(2);
    }

    [Theory]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:cut")]
    [InlineData("BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR")]
    [InlineData("BEGIN:VCALENDAR\nEND:VCALENDAR\nSUMMARY:Behind")]
    public void A_calendar_whose_parts_do_not_close_is_refused(string text) =>
        CalendarRows.Read(Encoding.UTF8.GetBytes(text), Now, new ReadRows(100), CancellationToken.None).ShouldNotBeNull().Status.ShouldBe(422);

    private static ReadRows Read(string components)
    {
        var rows = new ReadRows(10_000);
        var text = Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\r\n{components.ReplaceLineEndings("\r\n")}\r\nEND:VCALENDAR\r\n");
        ImportFormat.Of(text).ShouldBe(ImportFormat.ICalendar);
        CalendarRows.Read(text, Now, rows, CancellationToken.None).ShouldBeNull();
        return rows;
    }
}
