using NodaTime;

namespace Evenkeel.Catalog.Import.Calendars;

/// <summary>Which occurrences of what repeats are events of the catalogue: without it a weekly meeting would have no last one.</summary>
/// <param name="Begins">Inclusive.</param>
/// <param name="Ends">Exclusive.</param>
internal readonly record struct CalendarWindow(Instant Begins, Instant Ends)
{
    /// <summary>Most occurrences of one event.</summary>
    public const int MostOccurrences = 500;
    private const int DaysBack = 30;
    private const int DaysAhead = 400;

    public static CalendarWindow Around(Instant now) => new(now - Duration.FromDays(DaysBack), now + Duration.FromDays(DaysAhead));
}
