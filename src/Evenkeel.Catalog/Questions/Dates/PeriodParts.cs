using NodaTime;

namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>Part of a month or of something longer.</summary>
internal enum Part
{
    Beginning = 1,
    Middle,
    End,
}

/// <summary>Parts of periods: "early June", 六月下旬, "end of the year".</summary>
internal static class PeriodParts
{
    private const int MostMonthDays = 31;

    /// <summary>A third: of a month by days 10 and 20, of a year by months (its end is December, its beginning January), of the rest by days.</summary>
    public static Period? Of(Period? whole, Part part)
    {
        if (whole is not { From: { } from, To: { } to } period)
        {
            return null;
        }

        var days = NodaTime.Period.DaysBetween(from, to) + 1;
        var (first, second) = days switch
        {
            <= MostMonthDays and > 27 => (from.PlusDays(9), from.PlusDays(19)),
            > 300 => (from.PlusMonths(1).PlusDays(-1), to.PlusDays(1).PlusMonths(-1).PlusDays(-1)),
            _ => (from.PlusDays((days / 3) - 1), to.PlusDays(-(days / 3))),
        };
        return part switch
        {
            Part.Beginning => period with { To = first },
            Part.Middle => period with { From = first.PlusDays(1), To = second },
            _ => period with { From = second.PlusDays(1), IsTail = true },
        };
    }

    /// <summary>A third of a year, of anything else as <see cref="Of"/>: "early 2027" is more than January.</summary>
    public static Period? ThirdOf(Period? whole, Part part) => whole is { From: { Month: 1 } from, To.Month: 12 } period
        ? period with { From = from.PlusMonths(4 * ((int)part - 1)), To = from.PlusMonths(4 * (int)part).PlusDays(-1), IsTail = part == Part.End }
        : Of(whole, part);

    /// <summary>So many weeks from its first day on: the first week of April is 1 to 7 April. Below 0 = its last seven days.</summary>
    public static Period? WeekOf(Period? month, int nth)
    {
        if (month is not { From: { } from, To: { } to } period || nth > 5)
        {
            return null;
        }

        var first = nth < 0 ? to.PlusDays(-6) : from.PlusDays(7 * (nth - 1));
        return period with { From = first, To = LocalDate.Min(to, first.PlusDays(6)) };
    }

    /// <summary>The half of a year, or of a month: up to the 15th and from the 16th on.</summary>
    public static Period? HalfOf(Period? whole, int half) => whole is not { From: { } from, To: { } to } period || half is not (1 or 2) ? null
        : from.Month == to.Month ? half == 1 ? period with { To = from.PlusDays(14) } : period with { From = from.PlusDays(15) }
        : period with { From = from.PlusMonths(6 * (half - 1)), To = from.PlusMonths(6 * half).PlusDays(-1) };
}
