using NodaTime;

namespace Evenkeel.Catalog.Questions.Dates;

/// <summary>After how long the words mean days again: what "Monday to Wednesday" and "November to February" need.</summary>
internal enum Recurrence
{
    None,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>Days, both inclusive; null = open.</summary>
internal readonly record struct Period(LocalDate? From, LocalDate? To)
{
    public Recurrence Recurs { get; init; }

    /// <summary>The end of something: "before the end of March" goes up to its last day.</summary>
    public bool IsTail { get; init; }

    /// <summary>The first day of another reading; null = there is none.</summary>
    public LocalDate? OtherFrom { get; init; }
    public LocalDate? OtherTo { get; init; }

    public static Period Day(LocalDate day) => new(day, day);

    public Period Or(Period other) => other.From == From && other.To == To ? this : this with { OtherFrom = other.From, OtherTo = other.To };

    /// <summary>The same words, so many times later.</summary>
    public Period Later(int times) => Recurs switch
    {
        Recurrence.Weekly => Shift(NodaTime.Period.FromDays(7 * times)),
        Recurrence.Monthly => Shift(NodaTime.Period.FromMonths(times)),
        Recurrence.Yearly => Shift(NodaTime.Period.FromYears(times)),
        _ => this,
    };

    public Period After() => new(To?.PlusDays(1), null);

    public Period Before() => new(null, IsTail ? To : From?.PlusDays(-1));

    public Period Until() => new(null, To);

    public Period Since() => new(From, null);

    /// <summary>Days of both; null where there are none.</summary>
    public Period? And(Period other)
    {
        var from = From is null || other.From > From ? other.From : From;
        var to = To is null || other.To < To ? other.To : To;
        return from > to ? null : new Period(from, to);
    }

    private Period Shift(NodaTime.Period by) => this with { From = From?.Plus(by), To = To?.Plus(by) };
}
