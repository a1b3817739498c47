using Evenkeel.Contracts.Catalogue;
using Evenkeel.Platform.Errors;
using NodaTime;

namespace Evenkeel.Catalog.Events;

/// <summary>When an event is, as the table keeps it.</summary>
/// <param name="StartsAt">The moment it begins.</param>
/// <param name="EndsAt">Exclusive.</param>
/// <param name="AllDay">Without times of day.</param>
/// <param name="StartsOn">The first day in the zone.</param>
/// <param name="EndsOn">The last day, inclusive.</param>
/// <param name="TimeZone">IANA name.</param>
internal sealed record EventTimes(Instant StartsAt, Instant EndsAt, bool AllDay, LocalDate StartsOn, LocalDate EndsOn, string TimeZone)
{
    private const int FirstYear = 1900;
    private const int LastYear = 2200;

    /// <summary>Reads both ends; null where there are problems.</summary>
    public static EventTimes? Read(List<FieldProblem> problems, SaveEventRequest request, DateTimeZone zone)
    {
        var starts = Read(problems, "starts", request.Starts);
        var ends = Read(problems, "ends", request.Ends);
        if (starts is null)
        {
            if (string.IsNullOrWhiteSpace(request.Starts))
            {
                problems.Add(FieldProblem.Required("starts"));
            }

            return null;
        }

        if (ends is null && !string.IsNullOrWhiteSpace(request.Ends))
        {
            return null;
        }

        if (ends is not null && ends.IsDay != starts.IsDay)
        {
            problems.Add(new FieldProblem("ends", "A day if the event starts on a day, a time if it starts at a time.", "开始为日期时结束也应为日期，开始为时间时结束也应为时间。"));
            return null;
        }

        var times = starts.IsDay ? OfDays(starts, ends ?? starts, zone) : OfMoments(starts.In(zone), (ends ?? starts).In(zone), zone);
        if (times.EndsAt < times.StartsAt || times.EndsOn < times.StartsOn)
        {
            problems.Add(new FieldProblem("ends", "The event ends before it starts.", "结束时间早于开始时间。"));
            return null;
        }

        return times;
    }

    private static EventTimes OfDays(EventMoment starts, EventMoment ends, DateTimeZone zone) =>
        new(zone.AtStartOfDay(starts.Day).ToInstant(), zone.AtStartOfDay(ends.Day.PlusDays(1)).ToInstant(), true, starts.Day, ends.Day, zone.Id);

    private static EventTimes OfMoments(Instant starts, Instant ends, DateTimeZone zone)
    {
        // What ends at midnight ends on the day before.
        var last = ends > starts ? ends - Duration.Epsilon : ends;
        return new EventTimes(starts, ends, false, starts.InZone(zone).Date, last.InZone(zone).Date, zone.Id);
    }

    private static EventMoment? Read(List<FieldProblem> problems, string field, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        var moment = EventMoment.Parse(value.Trim());
        if (moment is null)
        {
            problems.Add(new FieldProblem(
                field, "A day (2026-03-14) or a time (2026-03-14T09:00, with an offset if you like).", "应为日期（2026-03-14）或时间（2026-03-14T09:00，可带时差）。"));
        }
        else if (moment.Day.Year is < FirstYear or > LastYear)
        {
            problems.Add(new FieldProblem(field, $"Between {FirstYear} and {LastYear}.", $"应在 {FirstYear} 年到 {LastYear} 年之间。"));
            return null;
        }

        return moment;
    }
}
