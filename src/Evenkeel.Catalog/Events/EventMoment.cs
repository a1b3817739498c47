using NodaTime;
using NodaTime.Text;

namespace Evenkeel.Catalog.Events;

/// <summary>A day, a local time, or a time with its offset, as a request writes it.</summary>
/// <param name="Day">As written.</param>
/// <param name="Local">Null of a day.</param>
/// <param name="Exact">Null unless an offset is written.</param>
internal sealed record EventMoment(LocalDate Day, LocalDateTime? Local, OffsetDateTime? Exact)
{
    private static readonly IReadOnlyList<IPattern<LocalDateTime>> LocalPatterns =
        [LocalDateTimePattern.ExtendedIso, LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm")];

    private static readonly IReadOnlyList<IPattern<OffsetDateTime>> OffsetPatterns =
        [OffsetDateTimePattern.ExtendedIso, OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>")];

    public bool IsDay => Local is null;

    /// <summary>Null where it is none of them.</summary>
    public static EventMoment? Parse(string text)
    {
        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day })
        {
            return new EventMoment(day, null, null);
        }

        if (First(LocalPatterns, text) is { } local)
        {
            return new EventMoment(local.Date, local, null);
        }

        return First(OffsetPatterns, text) is { } exact ? new EventMoment(exact.Date, exact.LocalDateTime, exact) : null;
    }

    /// <summary>The moment; of a local time that a change of clocks skips the one after it, of one that comes twice the first.</summary>
    public Instant In(DateTimeZone zone) => Exact?.ToInstant() ?? Local!.Value.InZoneLeniently(zone).ToInstant();

    private static T? First<T>(IReadOnlyList<IPattern<T>> patterns, string text)
        where T : struct
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Parse(text) is { Success: true, Value: var value })
            {
                return value;
            }
        }

        return null;
    }
}
