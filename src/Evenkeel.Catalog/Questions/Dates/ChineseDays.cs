using static Evenkeel.Catalog.Questions.Dates.PeriodParts;

namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>Days as Chinese names them. 月 before 卡, 亮 or 薪 is none.</summary>
internal static class ChineseDays
{
    public static readonly IReadOnlyList<(string Pattern, DayReading Reading)> Rules =
    [
        // Near to now.
        ("今天|今日|今晚|今夜 晚上|上午|下午|早上?", (d, _) => d.Day(0)),
        ("明天|明日|明晚 晚上|上午|下午|早上?", (d, _) => d.Day(1)),
        ("后天 晚上|上午|下午|早上?", (d, _) => d.Day(2)),
        ("大后天", (d, _) => d.Day(3)),
        ("昨天|昨日", (d, _) => d.Day(-1)),
        ("前天", (d, _) => d.Day(-2)),
        ("即将 举行|举办|召开|到来|开始|开幕", (d, _) => new Period(d.Today, null)),

        // Weeks.
        ("周末", (d, _) => d.Coming(d.The(Unit.Weekend, 0) with { Recurs = Recurrence.Weekly })),
        ("这个|这|本 周末", (d, _) => d.The(Unit.Weekend, 0)),
        ("下下个|下下 周末", (d, _) => d.The(Unit.Weekend, 2)),
        ("下个|下 周末", (d, _) => d.The(Unit.Weekend, 1)),
        ("上个|上 周末", (d, _) => d.The(Unit.Weekend, -1)),
        ("这个|这一|这|本 周|星期|礼拜", (d, _) => d.The(Unit.Week, 0)),
        ("下下个|下下 周|星期|礼拜", (d, _) => d.The(Unit.Week, 2)),
        ("下个|下一|下 周|星期|礼拜", (d, _) => d.The(Unit.Week, 1)),
        ("上个|上 周|星期|礼拜", (d, _) => d.The(Unit.Week, -1)),
        ("<周> 晚上|上午|下午|早上|晚?", (d, v) => d.ThisOrComing(v[0])),
        ("这个|这|本 <周> 晚上|上午|下午|早上|晚?", (d, v) => d.OnWeekday(v[0], 0)),
        ("下下个|下下 <周>", (d, v) => d.OnWeekday(v[0], 2)),
        ("下个|下 <周> 晚上|上午|下午|早上|晚?", (d, v) => d.OnWeekday(v[0], 1)),
        ("下个|下 <周> 到|至|- <周>", (d, v) => d.OnWeekday(v[0], 1) with { To = d.OnWeekday(v[1], 1).To }),
        ("上个|上 <周>", (d, v) => d.OnWeekday(v[0], -1)),

        // Months.
        ("本月|这个月|当月 份?", (d, _) => d.The(Unit.Month, 0)),
        ("下个月|下月|次月", (d, _) => d.The(Unit.Month, 1)),
        ("下下个月|下下月", (d, _) => d.The(Unit.Month, 2)),
        ("上个月|上月", (d, _) => d.The(Unit.Month, -1)),
        ("<年>? 的? <数> 月!卡票亮薪费租刊 份?", (d, v) => d.MonthOf(v[0], v[1])),
        ("<年>? 的? <数> 月 份? 初|上旬", (d, v) => Of(d.MonthOf(v[0], v[1]), Part.Beginning)),
        ("<年>? 的? <数> 月 份? 中旬|中", (d, v) => Of(d.MonthOf(v[0], v[1]), Part.Middle)),
        ("<年>? 的? <数> 月 份? 底|末|下旬", (d, v) => Of(d.MonthOf(v[0], v[1]), Part.End)),
        ("本月|这个月|月 初|上旬", (d, _) => Of(d.The(Unit.Month, 0), Part.Beginning)),
        ("本月|这个月|月 中旬|中", (d, _) => Of(d.The(Unit.Month, 0), Part.Middle)),
        ("本月|这个月|月 底|末|下旬", (d, _) => Of(d.The(Unit.Month, 0), Part.End)),
        ("上旬", (d, _) => Of(d.The(Unit.Month, 0), Part.Beginning)),
        ("中旬", (d, _) => Of(d.The(Unit.Month, 0), Part.Middle)),
        ("下旬", (d, _) => Of(d.The(Unit.Month, 0), Part.End)),
        ("下个月|下月 初|上旬", (d, _) => Of(d.The(Unit.Month, 1), Part.Beginning)),
        ("下个月|下月 中旬|中", (d, _) => Of(d.The(Unit.Month, 1), Part.Middle)),
        ("下个月|下月 底|末|下旬", (d, _) => Of(d.The(Unit.Month, 1), Part.End)),

        // Days of months.
        ("<年>? 的? <数> 月 份? <数> 日|号 晚上|上午|下午|早上?", (d, v) => d.DayOf(v[0], v[1], v[2])),
        ("<年>? <数> 月 <数> 日|号? 到|至|- <数> 日|号", (d, v) => d.DaysOf(v[0], v[1], v[2], v[3])),
        ("<数> 日|号!线楼门码房", (d, v) => d.DayOfMonth(v[0])),
        ("本月|这个月 <数> 日|号", (d, v) => d.DayOf(DayCalendar.ThisYear, d.Today.Month, v[0])),
        ("下个月|下月 <数> 日|号", (d, v) => d.The(Unit.Month, 1).From is { } month ? d.DayOf(month.Year, month.Month, v[0]) : null),

        // So many.
        ("未来|接下来|今后|往后 的? <数> <单位> 之内|以内|内?", (d, v) => d.Within(v[0], (Unit)v[1])),
        ("未来|接下来 的? 几 天|周", (d, _) => d.Within(1, Unit.Week)),
        ("<数> <单位> 之内|以内|内", (d, v) => d.Within(v[0], (Unit)v[1])),
        ("未来? 半年 之内|以内|内", (d, _) => d.Within(6, Unit.Month)),
        ("<数> <时长> 之后|以后|后!端台", (d, v) => d.In(v[0], (Unit)v[1])),

        // Years, their parts, seasons, holidays.
        ("<年>", (d, v) => d.YearOf(v[0])),
        ("年 底|末", (d, _) => Of(d.The(Unit.Year, 0), Part.End)),
        ("<年> 年? 底|末", (d, v) => Of(d.YearOf(v[0]), Part.End)),
        ("<年> 年? 初", (d, v) => ThirdOf(d.YearOf(v[0]), Part.Beginning)),
        ("<年>? 上半年", (d, v) => HalfOf(d.YearOf(v[0] == 0 ? DayCalendar.ThisYear : v[0]), 1)),
        ("<年>? 下半年", (d, v) => HalfOf(d.YearOf(v[0] == 0 ? DayCalendar.ThisYear : v[0]), 2)),
        ("<年>? 的? 第? <数> 季度", (d, v) => d.QuarterOf(v[0], v[1])),
        ("这个|这|本 季度", (d, _) => d.The(Unit.Quarter, 0)),
        ("下个|下 季度", (d, _) => d.The(Unit.Quarter, 1)),
        ("<年>? 的? <季>", (d, v) => d.Season(v[0], v[1])),
        ("<年>? 的? <节>", (d, v) => d.Holiday(v[0], DateVocabulary.HolidayDays[v[1]])),
    ];
}
