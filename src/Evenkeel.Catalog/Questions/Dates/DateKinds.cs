using System.Collections.Frozen;
using Evenkeel.Catalog.Questions.Phrases;
using static Evenkeel.Catalog.Questions.Dates.DateVocabulary;
using static Evenkeel.Catalog.Questions.Dates.NumberReading;

namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>The kinds that the rules of dates use.</summary>
internal static class DateKinds
{
    public static readonly FrozenDictionary<string, KindReader> All = new Dictionary<string, KindReader>
    {
        ["n"] = Number,
        ["nn"] = (text, ref position, out value) => Figures(text, ref position, out value, 2),
        ["nn/"] = BeforeSlash,
        ["nth"] = (text, ref position, out value) => Word(text, ref position, out value, Ordinals) || WithSuffix(text, ref position, out value),
        ["day"] = Day,
        ["the-day"] = (text, ref position, out value) => WithSuffix(text, ref position, out value) && IsDayAlone(text, position),
        ["month"] = WordsInContext.Month,
        ["a-month"] = WordsInContext.MonthAlone,
        ["year"] = Year,
        ["a-year"] = YearAlone,
        ["weekday"] = WordsInContext.Weekday,
        ["any-weekday"] = (text, ref position, out value) =>
            Word(text, ref position, out value, Weekdays) || Word(text, ref position, out value, ShortWeekdays),
        ["unit"] = (text, ref position, out value) => Word(text, ref position, out value, Units),
        ["units"] = (text, ref position, out value) => Word(text, ref position, out value, ManyUnits),
        ["season"] = (text, ref position, out value) => Word(text, ref position, out value, Seasons),
        ["holiday"] = (text, ref position, out value) => Word(text, ref position, out value, Holidays),
        ["数"] = (text, ref position, out value) => Figures(text, ref position, out value, 3) || Chinese(text, ref position, out value),
        ["年"] = YearInChinese,
        ["周"] = WeekdayInChinese,
        ["单位"] = (text, ref position, out value) => Han(text, ref position, out value, ChineseUnits),
        ["时长"] = (text, ref position, out value) => Han(text, ref position, out value, ChineseSpans),
        ["季"] = (text, ref position, out value) => Han(text, ref position, out value, ChineseSeasons),
        ["when"] = FoundBefore,
        ["节"] = (text, ref position, out value) => Han(text, ref position, out value, ChineseHolidays),
    }.ToFrozenDictionary();

    /// <summary>A phrase of days; its value is where it begins.</summary>
    private static bool FoundBefore(QuestionText text, ref int position, out int value)
    {
        value = position;
        position = text.FoundEnd(position);
        return position > 0;
    }

    private static bool Number(QuestionText text, ref int position, out int value) =>
        Figures(text, ref position, out value, 4) || Word(text, ref position, out value, Numbers);

    private static bool WithSuffix(QuestionText text, ref int position, out int value)
    {
        var end = position;
        if (!Figures(text, ref end, out value, 2) || end + 2 > text.Length || text.Range(end, end + 2) is not ("st" or "nd" or "rd" or "th")
            || QuestionText.IsWordCharacter(text[end + 2]))
        {
            return false;
        }

        position = end + 2;
        return true;
    }

    private static bool Day(QuestionText text, ref int position, out int value) =>
        WithSuffix(text, ref position, out value)
        || (Word(text, ref position, out value, Ordinals) && value > 0)
        || (Figures(text, ref position, out value, 2) && value <= 31 && !char.IsAsciiLetter(text[position]));

    private static bool IsDayAlone(QuestionText text, int position)
    {
        var next = text.WordAfter(position);
        return next.IsEmpty || !char.IsAsciiLetter(next[0]) || AfterDay.GetAlternateLookup<ReadOnlySpan<char>>().Contains(next);
    }

    /// <summary>Half of a day such as 5/6, which without a word such as "on" may be a fraction, and is none in "24/7".</summary>
    private static bool BeforeSlash(QuestionText text, ref int position, out int value)
    {
        var start = position;
        var end = position;
        if (!Figures(text, ref end, out value, 2) || text[end] != '/')
        {
            return false;
        }

        var behind = end + 1;
        position = end;
        return Figures(text, ref behind, out var right, 2) && (value, right) != (24, 7)
            && (value > 12 || right > 12 || WordsInContext.IsBehind(text, start, BeforeWeekday));
    }

    private static bool Year(QuestionText text, ref int position, out int value)
    {
        var end = position + (text[position] == '\'' ? 1 : 0);
        if (end > position ? !Figures(text, ref end, out value, 2) : !Figures(text, ref end, out value, 4) || value is < 1990 or > 2100)
        {
            value = 0;
            return false;
        }

        value += value < 100 ? 2_000 : 0;
        position = end;
        return true;
    }

    /// <summary>A number that can only be meant as a year near to now, not "port 2026".</summary>
    private static bool YearAlone(QuestionText text, ref int position, out int value)
    {
        var before = text.WordBefore(position);
        return Year(text, ref position, out value) && value is >= 2020 and <= 2040 && before is not ("port" or "version" or "number" or "error" or "code" or "line" or "id");
    }

    private static bool YearInChinese(QuestionText text, ref int position, out int value)
    {
        if (Han(text, ref position, out value, ChineseYears))
        {
            value += DayCalendar.ThisYear;
            return true;
        }

        var end = position;
        if (!(Figures(text, ref end, out value, 4) || ChineseYear(text, ref end, out value)) || text[end] != '年')
        {
            return false;
        }

        value += value < 100 ? 2_000 : 0;
        position = end + 1;
        return value is >= 1990 and <= 2100;
    }

    private static bool WeekdayInChinese(QuestionText text, ref int position, out int value)
    {
        value = 0;
        var length = text[position] == '周' ? 1 : text[position] is '星' && text[position + 1] == '期' || text[position] is '礼' && text[position + 1] == '拜' ? 2 : 0;
        if (length == 0)
        {
            return false;
        }

        var day = text[position + length];
        value = day is '天' or '日' ? 7 : "一二三四五六".IndexOf(day, StringComparison.Ordinal) + 1;
        position += length + 1;
        return value > 0;
    }
}
