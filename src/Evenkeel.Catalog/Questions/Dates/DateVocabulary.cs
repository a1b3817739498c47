using System.Collections.Frozen;

namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>A holiday of a fixed day.</summary>
internal readonly record struct Holiday(int Month, int Day, int Days);

/// <summary>Words with a value.</summary>
internal static class DateVocabulary
{
    public static readonly FrozenDictionary<string, int> Months = Values(
        "january=1 february=2 march=3 april=4 may=5 june=6 july=7 august=8 september=9 october=10 november=11 december=12");

    public static readonly FrozenDictionary<string, int> ShortMonths = Values(
        "jan=1 feb=2 mar=3 apr=4 jun=6 jul=7 aug=8 sep=9 sept=9 oct=10 nov=11 dec=12");

    public static readonly FrozenDictionary<string, int> Weekdays = Values("monday=1 tuesday=2 wednesday=3 thursday=4 friday=5 saturday=6 sunday=7");

    public static readonly FrozenDictionary<string, int> ShortWeekdays = Values(
        "mon=1 tue=2 tues=2 wed=3 thu=4 thur=4 thurs=4 fri=5 sat=6 sun=7");

    public static readonly FrozenDictionary<string, int> Numbers = Values(
        "a=1 an=1 one=1 couple=2 two=2 few=3 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 "
        + "fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20");

    public static readonly FrozenDictionary<string, int> Ordinals = Values(
        "first=1 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8 ninth=9 tenth=10 eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 "
        + "fifteenth=15 sixteenth=16 seventeenth=17 eighteenth=18 nineteenth=19 twentieth=20 last=-1");

    public static readonly FrozenDictionary<string, int> Units = Values("day=1 week=2 month=3 year=4 quarter=5 weekend=6");

    public static readonly FrozenDictionary<string, int> ManyUnits = Values(
        "day=1 days=1 week=2 weeks=2 month=3 months=3 year=4 years=4 quarter=5 quarters=5");

    public static readonly FrozenDictionary<string, int> Seasons = Values("spring=1 summer=2 autumn=3 fall=3 winter=4");

    public static readonly FrozenDictionary<string, int> Holidays = Values("christmas=1 xmas=1");

    public static readonly FrozenDictionary<string, int> ChineseUnits = Values("天=1 日=1 周=2 个星期=2 星期=2 个礼拜=2 个月=3 年=4 个季度=5");

    /// <summary>Without 日: 15日以后 is after the 15th.</summary>
    public static readonly FrozenDictionary<string, int> ChineseSpans = Values("天=1 周=2 个星期=2 星期=2 个礼拜=2 个月=3 年=4 个季度=5");

    public static readonly FrozenDictionary<string, int> ChineseSeasons = Values(
        "春天=1 春季=1 夏天=2 夏季=2 暑假=2 秋天=3 秋季=3 冬天=4 冬季=4");

    public static readonly FrozenDictionary<string, int> ChineseHolidays = Values(
        "圣诞节=1 圣诞=1 元旦=3 新年=3 国庆节=4 国庆=4 五一=5 劳动节=5");

    public static readonly FrozenDictionary<string, int> ChineseYears = Values("前年=-2 去年=-1 今年=0 本年=0 明年=1 后年=2");

    /// <summary>Words about a May or a March that are none: "May I", "they march".</summary>
    public static readonly FrozenSet<string> AfterVerb = "i we you he she they it be the a an not also or and there this that".Split(' ').ToFrozenSet();

    /// <summary>Behind these, small letters and short forms name a month or a weekday too.</summary>
    public static readonly FrozenSet<string> BeforeMonth =
        "in during since until till before after from by of through between early mid late this next last around every all coming for".Split(' ').ToFrozenSet();

    public static readonly FrozenSet<string> BeforeWeekday =
        "on this next coming until till before after from by since last every".Split(' ').ToFrozenSet();

    /// <summary>What may follow a day that is only a number: "the 15th in Berlin", not "the 15th report".</summary>
    public static readonly FrozenSet<string> AfterDay =
        "in at on near around of to until till through and or for with this next online there conferences conference events event meetups talks".Split(' ').ToFrozenSet();

    /// <summary>Of the values of <see cref="Holidays"/>, from 1: Christmas, New Year's Eve and Day, New Year's Day, China's National Day, 1 May.</summary>
    public static readonly IReadOnlyList<Holiday> HolidayDays = [default, new(12, 24, 3), new(12, 31, 2), new(1, 1, 1), new(10, 1, 7), new(5, 1, 5)];

    private static FrozenDictionary<string, int> Values(string words) =>
        words.Split(' ').Select(word => word.Split('=')).ToFrozenDictionary(pair => pair[0], pair => int.Parse(pair[1]));
}
