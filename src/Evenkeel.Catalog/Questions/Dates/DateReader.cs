using Evenkeel.Catalog.Questions.Phrases;

namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>Days that a question names, and where.</summary>
internal readonly record struct FoundDays(int Start, int End, Period Period);

/// <summary>
/// Finds days in two passes: phrases of days at every place where one may begin, then bounds around them. Everywhere the longest counts, which is why
/// "March 14" is no month and "day after tomorrow" no tomorrow.
/// </summary>
internal static class DateReader
{
    private static readonly RuleTable<DayReading> Days = new(
        EnglishDays.Rules.Concat(ChineseDays.Rules).Select(rule => (new Pattern(rule.Pattern, DateKinds.All), rule.Reading)));

    private static readonly RuleTable<BoundReading> Around = new(
        Bounds.Rules.Select(rule => (new Pattern(rule.Pattern, DateKinds.All), rule.Reading)));

    /// <summary>All that is named, in order and apart.</summary>
    public static List<FoundDays> Read(QuestionText text, DayCalendar calendar)
    {
        var phrases = new Dictionary<int, FoundDays>();
        for (var start = 0; start < text.Length; start++)
        {
            if (CanBegin(text, start) && LongestPhrase(text, calendar, start) is { } phrase)
            {
                phrases[start] = phrase;
                text.NoteFound(start, phrase.End);
            }
        }

        var found = new List<FoundDays>();
        for (var start = 0; phrases.Count > 0 && start < text.Length; start++)
        {
            if (CanBegin(text, start) && Longest(text, calendar, start, phrases) is { } days)
            {
                found.Add(days);
                start = days.End - 1;
            }
        }

        return found;
    }

    private static FoundDays? LongestPhrase(QuestionText text, DayCalendar calendar, int start)
    {
        FoundDays? longest = null;
        var firstOrder = 0;
        Days.MatchAt(text, start, (reading, values, end, order) =>
        {
            if (IsBetter(longest, end, order, firstOrder) && CanEnd(text, end) && reading(calendar, values) is { } period)
            {
                longest = new FoundDays(start, end, period);
                firstOrder = order;
            }
        });
        return longest;
    }

    private static FoundDays? Longest(QuestionText text, DayCalendar calendar, int start, Dictionary<int, FoundDays> phrases)
    {
        FoundDays? longest = phrases.TryGetValue(start, out var alone) ? alone : null;
        var firstOrder = -1;
        Around.MatchAt(text, start, (reading, values, end, order) =>
        {
            if (IsBetter(longest, end, order, firstOrder) && CanEnd(text, end)
                && reading(calendar, phrases[values[0]].Period, phrases.GetValueOrDefault(values[1]).Period) is { } period)
            {
                longest = new FoundDays(start, end, period);
                firstOrder = order;
            }
        });
        return longest;
    }

    private static bool IsBetter(FoundDays? longest, int end, int order, int firstOrder) =>
        longest is not { } other || end > other.End || (end == other.End && order < firstOrder);

    /// <summary>Not inside a word, a number, an address or a version.</summary>
    private static bool CanBegin(QuestionText text, int start)
    {
        var first = text[start];
        if (QuestionText.IsHan(first))
        {
            return true;
        }

        return QuestionText.IsWordCharacter(first) && !QuestionText.IsWordCharacter(text[start - 1])
            && !(char.IsAsciiDigit(first) && text[start - 1] is '.' or '/' or '-' or ':' or '_' or '#' && QuestionText.IsWordCharacter(text[start - 2]));
    }

    private static bool CanEnd(QuestionText text, int end)
    {
        var next = text[end];
        if (QuestionText.IsWordCharacter(text[end - 1]) && QuestionText.IsWordCharacter(next))
        {
            return false;
        }

        return !(char.IsAsciiDigit(text[end - 1]) && next is '.' or '/' or '-' or ':' or '%' && char.IsAsciiDigit(text[end + 1]));
    }
}
