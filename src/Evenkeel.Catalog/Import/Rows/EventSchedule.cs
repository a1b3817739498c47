using NodaTime;

namespace Evenkeel.Catalog.Import.Rows;

/// <summary>When an event is, in a zone: the columns of the table.</summary>
/// <param name="StartsAt">Its beginning.</param>
/// <param name="EndsAt">Exclusive; equal to the beginning where no end is known.</param>
/// <param name="AllDay">Without times of day.</param>
/// <param name="StartsOn">First day in the zone.</param>
/// <param name="EndsOn">Last day in the zone, inclusive.</param>
internal readonly record struct EventSchedule(Instant StartsAt, Instant EndsAt, bool AllDay, LocalDate StartsOn, LocalDate EndsOn)
{
    /// <summary>What is given, in <paramref name="zone"/>; null where it ends before it begins. Hours that a change of clocks skips are taken as the same moment after it.</summary>
    public static EventSchedule? Of(GivenTime starts, GivenTime? ends, DateTimeZone zone)
    {
        if (starts.Time is null)
        {
            var last = ends?.Day ?? starts.Day;
            return last < starts.Day ? null
                : new EventSchedule(zone.AtStartOfDay(starts.Day).ToInstant(), zone.AtStartOfDay(last.PlusDays(1)).ToInstant(), AllDay: true, starts.Day, last);
        }

        var begin = Moment(starts, zone);
        var end = ends switch
        {
            null => begin,
            // "On the 14th at 9:00, until the 14th" says nothing of the end; until the 15th says all of that day.
            { Time: null, Day: var day } => day == starts.Day ? begin : zone.AtStartOfDay(day.PlusDays(1)).ToInstant(),
            { } given => Moment(given, zone),
        };
        return end < begin ? null : new EventSchedule(begin, end, AllDay: false, Day(begin, zone), Day(end > begin ? end.PlusNanoseconds(-1) : end, zone));
    }

    private static Instant Moment(GivenTime given, DateTimeZone zone)
    {
        var local = given.Day + given.Time!.Value;
        return given.Offset is { } offset ? local.WithOffset(offset).ToInstant() : zone.AtLeniently(local).ToInstant();
    }

    private static LocalDate Day(Instant moment, DateTimeZone zone) => moment.InZone(zone).Date;
}
