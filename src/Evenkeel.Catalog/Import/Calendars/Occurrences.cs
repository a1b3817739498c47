using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using NodaTime;
using Duration = NodaTime.Duration;

namespace Evenkeel.Catalog.Import.Calendars;

/// <summary>When an event repeats. Rules are followed by the library; what rules cost is kept in bounds here, because it cannot be interrupted.</summary>
internal static class Occurrences
{
    /// <summary>Steps a rule may take without a result, or before the window: an hourly rule of eleven years.</summary>
    private const int MostSteps = 100_000;

    /// <summary>Times of day that a rule may name. The library makes all of a year at once: every second of it would be millions.</summary>
    private const int MostTimesOfDay = 96;

    public static bool Repeats(CalendarEvent one) =>
        one.RecurrenceRule is not null || one.RecurrenceDates.GetAllDates().Any() || one.RecurrenceDates.GetAllPeriods().Any();

    /// <summary>Those within the window, one more than <see cref="CalendarWindow.MostOccurrences"/> at most; null where the rule cannot be followed.</summary>
    public static List<Occurrence>? Within(CalendarEvent one, CalendarWindow window)
    {
        if (one.RecurrenceRule is { } rule && !IsBounded(rule, CalendarTimes.Moment(one.DtStart!), window))
        {
            return null;
        }

        try
        {
            var from = one.DtStart!.HasTime ? new CalDateTime(window.Begins.ToDateTimeUtc()) : new CalDateTime(DateOnly.FromDateTime(window.Begins.ToDateTimeUtc()));
            return [.. one.GetOccurrences(from, new EvaluationOptions { MaxUnmatchedIncrementsLimit = MostSteps })
                .SkipWhile(occurrence => CalendarTimes.Moment(occurrence.Period.StartTime) < window.Begins)
                .TakeWhile(occurrence => CalendarTimes.Moment(occurrence.Period.StartTime) < window.Ends)
                .Take(CalendarWindow.MostOccurrences + 1)];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library says of its own exceptions only that there are some: of limits, of rules that contradict themselves, of years past the last.
            return null;
        }
    }

    private static bool IsBounded(RecurrenceRule rule, Instant starts, CalendarWindow window)
    {
        static long Count(List<int>? values) => Math.Max(1, values?.Count ?? 1);
        var length = rule.Frequency switch
        {
            FrequencyType.Secondly => Duration.FromSeconds(1),
            FrequencyType.Minutely => Duration.FromMinutes(1),
            FrequencyType.Hourly => Duration.FromHours(1),
            _ => Duration.FromDays(1),
        };
        return rule.Interval >= 1 && (window.Begins - starts) / (length * rule.Interval) <= MostSteps
            && Count(rule.BySecond) * Count(rule.ByMinute) * Count(rule.ByHour) <= MostTimesOfDay;
    }
}
