using NodaTime;

namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>Unit of time, in the order of <see cref="DateKinds"/>.</summary>
internal enum Unit
{
    Day = 1,
    Week,
    Month,
    Year,
    Quarter,
    Weekend,
}

/// <summary>What words mean on a day. Weeks begin on Monday; a month, a day or a weekday alone is the next one that is not over.</summary>
/// <param name="Today">The person's.</param>
/// <param name="MonthFirst">"5/6" is 6 May, as in America.</param>
internal sealed record DayCalendar(LocalDate Today, bool MonthFirst)
{
    /// <summary>Years as the kinds give them: 0 = not said, from here on relative to this one.</summary>
    public const int ThisYear = 9_000;

    private const int MostYears = 100;

    private LocalDate Monday => Today.PlusDays(1 - (int)Today.DayOfWeek);

    public Period Day(int days) => Period.Day(Today.PlusDays(days));

    /// <summary>The unit so many further than the current one.</summary>
    public Period The(Unit unit, int further) => unit switch
    {
        Unit.Week => Days(Monday.PlusDays(7 * further), 7),
        Unit.Weekend => Days(Monday.PlusDays(5 + (7 * further)), 2),
        Unit.Month => OfMonths(Today.PlusMonths(further), 1),
        Unit.Quarter => OfMonths(Today.PlusMonths((-(Today.Month - 1) % 3) + (3 * further)), 3),
        Unit.Year => OfMonths(new LocalDate(Today.Year + further, 1, 1), 12),
        _ => Day(further),
    };

    /// <summary>"Next": the one of the next week; the coming one of this week is another reading.</summary>
    public Period NextWeekend() => Today >= The(Unit.Weekend, 0).From ? The(Unit.Weekend, 1) : The(Unit.Weekend, 1).Or(The(Unit.Weekend, 0));

    /// <summary>Today and so many units.</summary>
    public Period? Within(int count, Unit unit) => count > MostYears * 366 ? null : new Period(Today, Plus(count, unit));

    /// <summary>"In three weeks": the week, month or year that the day is in.</summary>
    public Period? In(int count, Unit unit) => unit == Unit.Day ? Within(count, unit) is { To: { } day } ? Period.Day(day) : null
        : count > MostYears ? null : The(unit, count);

    public Period ThisOrComing(int weekday) => Coming(OnWeekday(weekday, 0) with { Recurs = Recurrence.Weekly });

    public Period NextWeekday(int weekday) => OnWeekday(weekday, 1).Or(ThisOrComing(weekday) is var coming && coming.From == Today ? coming.Later(1) : coming);

    public Period OnWeekday(int weekday, int weeks) => Period.Day(Monday.PlusDays(weekday - 1 + (7 * weeks)));

    /// <summary>A month; of the year, or the next one that is not over.</summary>
    public Period? MonthOf(int year, int month) => month is < 1 or > 12 ? null : Yearly(year, of => OfMonths(new LocalDate(of, month, 1), 1));

    /// <summary>A day; null where the month has none.</summary>
    public Period? DayOf(int year, int month, int day) => month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(2028, month)
        ? null
        : Yearly(year, of => day > CalendarSystem.Iso.GetDaysInMonth(of, month) ? null : Period.Day(new LocalDate(of, month, day)));

    /// <summary>The week that a day is in.</summary>
    public Period? WeekOf(Period? day) => day?.From is { } date ? Days(date.PlusDays(1 - (int)date.DayOfWeek), 7) : null;

    public Period? DaysOf(int year, int month, int first, int last) =>
        DayOf(year, month, last) is { To: { } to } end && first >= 1 && first <= last ? end with { From = new LocalDate(to.Year, to.Month, first) } : null;

    /// <summary>"The 15th": of this month, or of the next where it is over.</summary>
    public Period? DayOfMonth(int day)
    {
        for (var further = 0; further < 3; further++)
        {
            var month = Today.PlusMonths(further);
            if (day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(month.Year, month.Month) && new LocalDate(month.Year, month.Month, day) is var found && found >= Today)
            {
                return Period.Day(found) with { Recurs = Recurrence.Monthly };
            }
        }

        return null;
    }

    /// <summary>5/6: what is possible; both where both are, the zone's way first.</summary>
    public Period? Slashed(int year, int left, int right)
    {
        var (usual, other) = MonthFirst ? (DayOf(year, left, right), DayOf(year, right, left)) : (DayOf(year, right, left), DayOf(year, left, right));
        return usual is { } first && other is { } second ? first.Or(second) : usual ?? other;
    }

    /// <summary>Quarters of the year from 1.</summary>
    public Period? QuarterOf(int year, int quarter) => quarter is < 1 or > 4 ? null : Months(year, (quarter * 3) - 2, 3);

    /// <summary>So many months from one on, which may go on into the next year.</summary>
    public Period? Months(int year, int month, int count) => Yearly(year, of => OfMonths(new LocalDate(of, month, 1), count));

    public Period? YearOf(int year) => Months(year, 1, 12) is { } period ? period with { Recurs = Recurrence.None } : null;

    /// <summary>Spring is 1; winter begins in December of the year.</summary>
    public Period? Season(int year, int season) => Months(year, season * 3, 3);

    public Period? Holiday(int year, Holiday holiday) => Yearly(year, of => Days(new LocalDate(of, holiday.Month, holiday.Day), holiday.Days));

    /// <summary>The next one that is not over of what comes again.</summary>
    public Period Coming(Period period)
    {
        while (period.To < Today)
        {
            period = period.Later(1);
        }

        return period;
    }

    public int Year(int year) => year > ThisYear - MostYears ? Today.Year + year - ThisYear : year;

    private Period? Yearly(int year, Func<int, Period?> of)
    {
        if (year != 0)
        {
            return of(Year(year));
        }

        for (var next = Today.Year - 1; next < Today.Year + 9; next++)
        {
            if (of(next) is { } period && period.To >= Today)
            {
                return period with { Recurs = Recurrence.Yearly };
            }
        }

        return null;
    }

    private LocalDate Plus(int count, Unit unit) => unit switch
    {
        Unit.Week => Today.PlusWeeks(count),
        Unit.Month => Today.PlusMonths(count),
        Unit.Quarter => Today.PlusMonths(3 * count),
        Unit.Year => Today.PlusYears(Math.Min(count, MostYears)),
        _ => Today.PlusDays(count),
    };

    private static Period Days(LocalDate first, int count) => new(first, first.PlusDays(count - 1));

    private static Period OfMonths(LocalDate any, int count) =>
        new Period(any.PlusDays(1 - any.Day), any.PlusDays(1 - any.Day).PlusMonths(count).PlusDays(-1));
}
