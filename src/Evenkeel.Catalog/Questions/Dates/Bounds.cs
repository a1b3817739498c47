namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>What words around one or two phrases of days make of them.</summary>
/// <param name="days">The day.</param>
/// <param name="first">The first phrase of days.</param>
/// <param name="second">The second one, where there is one.</param>
internal delegate Period? BoundReading(DayCalendar days, Period first, Period second);

/// <summary>Bounds, spans and choices in both languages; <c>&lt;when&gt;</c> is a phrase of days.</summary>
internal static class Bounds
{
    public static readonly IReadOnlyList<(string Pattern, BoundReading Reading)> Rules =
    [
        ("after|later_than <when>", (_, when, _) => when.After()),
        ("on or after <when>", (_, when, _) => when.Since()),
        ("not before|earlier_than <when>", (_, when, _) => when.Since()),
        ("between|from now and|until|till|to the? <when>", (days, when, _) => new Period(days.Today, when.To)),
        ("before|earlier_than|prior_to|ahead_of <when>", (_, when, _) => when.Before()),
        ("until|till|up_to|through|no_later_than|by|not_later_than|latest <when>", (_, when, _) => when.Until()),
        ("since <when>", (days, when, _) => Past(days, when).Since()),
        ("from|starting|beginning|as_of|starting_in|starting_on|starting_from|beginning_in|beginning_on <when> on|onwards|onward|forward?", (_, when, _) => when.Since()),
        ("<when> or later", (_, when, _) => when.Since()),
        ("in|on|during|at|for|over? the? <when> and|or|, the? <when>", Span),
        ("from|between? the? <when> -|to|until|till|through|and the? <when>", Span),
        ("in|on|during|at|for|over|around|throughout|of the? <when>", (_, when, _) => when),
        ("sometime in|during? <when>", (_, when, _) => when),

        ("<when> 之后|以后|过后", (_, when, _) => when.After()),
        ("<when> 之前|以前|前!端台后沿", (_, when, _) => when.Before()),
        ("截止到|截止|截至|直到|到 <when> 为止|止?", (_, when, _) => when.Until()),
        ("从|自? <when> 起|开始|往后", (_, when, _) => when.Since()),
        ("从|自|在? <when> 到|至|-|和|或|或者|, <when> 之间|期间?", Span),
        ("在|于 <when> 期间|之间?", (_, when, _) => when),
        ("<when> 期间|之内", (_, when, _) => when),
    ];

    /// <summary>From the first to the second: "November to February" ends in the next year, "May to July 2027" begins in that year.</summary>
    private static Period? Span(DayCalendar days, Period first, Period second)
    {
        if (second.Recurs == Recurrence.None && first.Recurs == Recurrence.Yearly)
        {
            first = first with { From = first.From is { } from && second.To is { } end ? from.PlusYears(end.Year - from.Year) : first.From };
            first = first.From > second.To ? first.Later(-1) : first;
        }

        for (var times = 0; times < 2 && second.To < first.From; times++)
        {
            second = second.Recurs == Recurrence.None && first.Recurs == Recurrence.None ? second : second.Later(1);
        }

        return first.From is null || second.To is null || second.To < first.From ? null : new Period(first.From, second.To) { Recurs = second.Recurs };
    }

    /// <summary>"Since Monday" looks back.</summary>
    private static Period Past(DayCalendar days, Period when)
    {
        while (when.Recurs != Recurrence.None && when.From > days.Today)
        {
            when = when.Later(-1);
        }

        return when;
    }
}
