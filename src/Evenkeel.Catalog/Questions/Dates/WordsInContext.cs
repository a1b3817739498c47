using System.Collections.Frozen;
using Evenkeel.Catalog.Questions.Phrases;
using static Evenkeel.Catalog.Questions.Dates.DateVocabulary;
using static Evenkeel.Catalog.Questions.Dates.NumberReading;

namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>Names of months and weekdays that are other words as well, told apart by what stands beside them.</summary>
internal static class WordsInContext
{
    public static bool Month(QuestionText text, ref int position, out int value)
    {
        if (Word(text, ref position, out value, Months))
        {
            return true;
        }

        if (!Word(text, ref position, out value, ShortMonths))
        {
            return false;
        }

        position += text[position] == '.' ? 1 : 0;
        return true;
    }

    /// <summary>A month without day and year: short forms, May and March are also other words.</summary>
    public static bool MonthAlone(QuestionText text, ref int position, out int value)
    {
        var start = position;
        if (!Month(text, ref position, out value))
        {
            return false;
        }

        var isWhole = Months.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(text.Range(start, position));
        return (isWhole && (value is not (3 or 5) || IsNameOfMonth(text, start, position)))
            || (IsBehind(text, start, BeforeMonth) && !(text.WordBefore(start) is "this" && IsVerb(text, position)))
            || IsBehindMonth(text, start);
    }

    private static bool IsNameOfMonth(QuestionText text, int start, int end)
    {
        var next = text.WordAfter(end);
        var isFollowed = !next.IsEmpty && char.IsAsciiLetter(next[0]);
        return text.StartsCapital(start) && !(isFollowed && (text.BeginsSentence(start) || AfterVerb.GetAlternateLookup<ReadOnlySpan<char>>().Contains(next)));
    }

    /// <summary>"This may cause", "this may be".</summary>
    private static bool IsVerb(QuestionText text, int end) =>
        text.WordAfter(end) is { IsEmpty: false } next && char.IsAsciiLetter(next[0]) && !AfterDay.GetAlternateLookup<ReadOnlySpan<char>>().Contains(next);

    /// <summary>"In April or may".</summary>
    private static bool IsBehindMonth(QuestionText text, int start)
    {
        var between = text.WordBefore(start);
        return between is "or" or "and" or "to"
            && Months.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(text.WordBefore(start - between.Length - 1));
    }

    public static bool Weekday(QuestionText text, ref int position, out int value)
    {
        var start = position;
        return Word(text, ref position, out value, Weekdays)
            || (Word(text, ref position, out value, ShortWeekdays) && IsBehind(text, start, BeforeWeekday) && !IsFollowedByName(text, position));
    }

    private static bool IsFollowedByName(QuestionText text, int position) => text[position] == ' ' && text.StartsCapital(position + 1);

    public static bool IsBehind(QuestionText text, int start, FrozenSet<string> words) =>
        words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.WordBefore(start)) || text[start - 1] == '-';
}
