using System.Globalization;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Timeline.Reading;

/// <summary>A place in a list of events that is ordered by time, then id.</summary>
/// <param name="At">Time of the last row.</param>
/// <param name="Id">Its id.</param>
internal sealed record TimelineCursor(DateTimeOffset At, Guid Id)
{
    private const char Separator = '.';

    /// <summary>Behind this row.</summary>
    public static string Of(EventRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.OccurredAt.UtcTicks}{Separator}{row.Id:N}");

    /// <summary>The place; null when absent or, with a problem, when it is none.</summary>
    public static TimelineCursor? Read(List<FieldProblem> problems, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Split(Separator) is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(id, "N", out var row))
        {
            return new TimelineCursor(new DateTimeOffset(ticks, TimeSpan.Zero), row);
        }

        problems.Add(new FieldProblem("cursor", "This is not a cursor of this list.", "游标无效。"));
        return null;
    }
}
