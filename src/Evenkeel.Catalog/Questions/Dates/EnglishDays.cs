using static Evenkeel.Catalog.Questions.Dates.PeriodParts;

namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>What a phrase means on a day.</summary>
/// <param name="days">The day.</param>
/// <param name="v">Values of the kinds in the phrase, in its order; 0 of an absent one.</param>
internal delegate Period? DayReading(DayCalendar days, ReadOnlySpan<int> v);

/// <summary>Days as English names them.</summary>
internal static class EnglishDays
{
    public static readonly IReadOnlyList<(string Pattern, DayReading Reading)> Rules =
    [
        // Near to now.
        ("today|tonight", (d, _) => d.Day(0)),
        ("this evening|afternoon|morning", (d, _) => d.Day(0)),
        ("tomorrow|tmrw morning|afternoon|evening|night?", (d, _) => d.Day(1)),
        ("the? day after tomorrow", (d, _) => d.Day(2)),
        ("yesterday", (d, _) => d.Day(-1)),
        ("upcoming", (d, _) => new Period(d.Today, null)),
        ("from? now on", (d, _) => new Period(d.Today, null)),

        // Weekends and weekdays.
        ("the? weekend|weekends", (d, _) => d.Coming(d.The(Unit.Weekend, 0) with { Recurs = Recurrence.Weekly })),
        ("the? this? coming|upcoming weekend", (d, _) => d.Coming(d.The(Unit.Weekend, 0) with { Recurs = Recurrence.Weekly })),
        ("this weekend", (d, _) => d.The(Unit.Weekend, 0)),
        ("the? next weekend", (d, _) => d.NextWeekend()),
        ("the? weekend after next", (d, _) => d.The(Unit.Weekend, 2)),
        ("<weekday> morning|afternoon|evening|night?", (d, v) => d.ThisOrComing(v[0])),
        ("this coming|upcoming? <weekday> morning|afternoon|evening|night?", (d, v) => d.ThisOrComing(v[0])),
        ("coming|upcoming <weekday>", (d, v) => d.ThisOrComing(v[0])),
        ("next <weekday> morning|afternoon|evening|night?", (d, v) => d.NextWeekday(v[0])),
        ("last <weekday>", (d, v) => d.OnWeekday(v[0], d.OnWeekday(v[0], 0).From < d.Today ? 0 : -1)),
        ("<any-weekday> next week", (d, v) => d.OnWeekday(v[0], 1)),
        ("next week on? <any-weekday>", (d, v) => d.OnWeekday(v[0], 1)),
        ("<any-weekday> this week", (d, v) => d.OnWeekday(v[0], 0)),
        ("<any-weekday> - <any-weekday>", (d, v) => d.ThisOrComing(v[0]) is var first && d.ThisOrComing(v[1]) is var last && last.To < first.From
            ? first with { To = last.Later(1).To } : first with { To = last.To }),

        // This, next, last; so many.
        ("this|the_current|current <unit>", (d, v) => v[0] == (int)Unit.Day ? null : d.The((Unit)v[0], 0)),
        ("the? next|coming|following <unit>", (d, v) => v[0] is (int)Unit.Day or (int)Unit.Weekend ? null : d.The((Unit)v[0], 1)),
        ("the? last|previous <unit>", (d, v) => v[0] == (int)Unit.Day ? null : d.The((Unit)v[0], -1)),
        ("the? <unit> after next", (d, v) => d.The((Unit)v[0], 2)),
        ("the? rest of the|this <unit>", (d, v) => d.The((Unit)v[0], 0) with { From = d.Today }),
        ("later this <unit>", (d, v) => d.The((Unit)v[0], 0) with { From = d.Today }),
        ("the? next|coming|following <n> of? <units>", (d, v) => d.Within(v[0], (Unit)v[1])),
        ("within the? next? <n> of? <units>", (d, v) => d.Within(v[0], (Unit)v[1])),
        ("within the next <unit>", (d, v) => d.Within(1, (Unit)v[0])),
        ("within the|this <unit>", (d, v) => d.The((Unit)v[0], 0) with { From = d.Today }),
        ("in a? <n> of? <units>", (d, v) => d.In(v[0], (Unit)v[1])),
        ("<n> <units> from now|today", (d, v) => d.In(v[0], (Unit)v[1])),

        // Days of months.
        ("<any-weekday>? ,? <month> the? <day> ,? <year>?", (d, v) => d.DayOf(v[3], v[1], v[2])),
        ("<any-weekday>? ,? the? <day> of? <month> ,? <year>?", (d, v) => d.DayOf(v[3], v[2], v[1])),
        ("from|between? the? <day> -|to|through|until|till|and the? <day> of? <month> ,? <year>?", (d, v) => d.DaysOf(v[3], v[2], v[0], v[1])),
        ("from|between? <month> <day> -|to|through|until|till|and <day> ,? <year>?", (d, v) => d.DaysOf(v[3], v[0], v[1], v[2])),
        ("the? <the-day>", (d, v) => d.DayOfMonth(v[0])),
        ("the? <day> of the|this month", (d, v) => d.DayOfMonth(v[0])),
        ("<year> - <nn> - <nn>", (d, v) => d.DayOf(v[0], v[1], v[2])),
        ("<year> / <nn> / <nn>", (d, v) => d.DayOf(v[0], v[1], v[2])),
        ("<year> . <nn> . <nn>", (d, v) => d.DayOf(v[0], v[1], v[2])),
        ("<nn> . <nn> . <year>", (d, v) => d.DayOf(v[2], v[1], v[0])),
        ("<nn> / <nn> / <year>", (d, v) => d.Slashed(v[2], v[0], v[1])),
        ("<nn/> / <nn>", (d, v) => d.Slashed(0, v[0], v[1])),
        ("<year> - <nn>", (d, v) => d.MonthOf(v[0], v[1])),

        // Months and their parts.
        ("<a-month>", (d, v) => d.MonthOf(0, v[0])),
        ("<month> of? <year>", (d, v) => d.MonthOf(v[1], v[0])),
        ("<month> this year", (d, v) => d.MonthOf(DayCalendar.ThisYear, v[0])),
        ("<month> next year", (d, v) => d.MonthOf(DayCalendar.ThisYear + 1, v[0])),
        ("this|coming <a-month>", (d, v) => d.MonthOf(0, v[0])),
        ("next <month>", (d, v) => d.MonthOf(0, v[0]) is { } month && month.From <= d.Today ? month.Later(1) : d.MonthOf(0, v[0])),
        ("early|the_beginning_of|beginning_of|the_start_of|start_of -? <month> ,? <year>?", (d, v) => Of(d.MonthOf(v[1], v[0]), Part.Beginning)),
        ("mid|the_middle_of|middle_of -? <month> ,? <year>?", (d, v) => Of(d.MonthOf(v[1], v[0]), Part.Middle)),
        ("late|the_end_of|end_of -? <month> ,? <year>?", (d, v) => Of(d.MonthOf(v[1], v[0]), Part.End)),
        ("the? <nth> week of|in <month> ,? <year>?", (d, v) => WeekOf(d.MonthOf(v[2], v[1]), v[0])),
        ("the? week of the? <month> <day> ,? <year>?", (d, v) => d.WeekOf(d.DayOf(v[2], v[0], v[1]))),
        ("the? week of the? <day> of? <month> ,? <year>?", (d, v) => d.WeekOf(d.DayOf(v[2], v[1], v[0]))),
        ("the? <nth> week of next month", (d, v) => WeekOf(d.The(Unit.Month, 1), v[0])),

        // Parts of the rest.
        ("the? end of the|this <unit>", (d, v) => Of(d.The((Unit)v[0], 0), Part.End)),
        ("the? end of next <unit>", (d, v) => Of(d.The((Unit)v[0], 1), Part.End)),
        ("the? beginning|start of next <unit>", (d, v) => Of(d.The((Unit)v[0], 1), Part.Beginning)),
        ("the? middle of the|this <unit>", (d, v) => Of(d.The((Unit)v[0], 0), Part.Middle)),
        ("early next <unit>", (d, v) => ThirdOf(d.The((Unit)v[0], 1), Part.Beginning)),
        ("late this <unit>", (d, v) => ThirdOf(d.The((Unit)v[0], 0), Part.End)),
        ("early <year>", (d, v) => ThirdOf(d.YearOf(v[0]), Part.Beginning)),
        ("mid -? <year>", (d, v) => ThirdOf(d.YearOf(v[0]), Part.Middle)),
        ("late <year>", (d, v) => ThirdOf(d.YearOf(v[0]), Part.End)),
        ("the? end of <year>", (d, v) => Of(d.YearOf(v[0]), Part.End)),
        ("the? <nth> half of <month> ,? <year>?", (d, v) => HalfOf(d.MonthOf(v[2], v[1]), v[0])),
        ("the? <nth> half of? <year>", (d, v) => HalfOf(d.YearOf(v[1]), v[0])),
        ("the? <nth> half of the|this year", (d, v) => HalfOf(d.The(Unit.Year, 0), v[0])),
        ("the? <nth> half of next year", (d, v) => HalfOf(d.The(Unit.Year, 1), v[0])),

        // Quarters, seasons, holidays, years.
        ("q <nn> /|of? <year>?", (d, v) => d.QuarterOf(v[1], v[0])),
        ("<year> / q <nn>", (d, v) => d.QuarterOf(v[0], v[1])),
        ("<year> q <nn>", (d, v) => d.QuarterOf(v[0], v[1])),
        ("the? <nth> quarter of? <year>?", (d, v) => d.QuarterOf(v[1], v[0])),
        ("the? <nth> quarter of the|this year", (d, v) => d.QuarterOf(DayCalendar.ThisYear, v[0])),
        ("in|during|over|this|early|late the? <season> of? <year>?", (d, v) => d.Season(v[1], v[0])),
        ("next <season>", (d, v) => d.Season(0, v[0]) is { } season && season.From <= d.Today ? season.Later(1) : d.Season(0, v[0])),
        ("<season> of? <year>", (d, v) => d.Season(v[1], v[0])),
        ("<holiday> <year>?", (d, v) => d.Holiday(v[1], DateVocabulary.HolidayDays[v[0]])),
        ("the? new year's|years|year eve|day?", (d, _) => d.Holiday(0, DateVocabulary.HolidayDays[2])),
        ("the? year? <a-year>", (d, v) => d.YearOf(v[0])),
    ];
}
