using System.Globalization;
using NodaTime;

namespace Evenkeel.Catalog.Import.Rows;

/// <summary>A day, a local time, or a time with an offset, as a file gives it.</summary>
/// <param name="Day">The day.</param>
/// <param name="Time">Null = the day as a whole.</param>
/// <param name="Offset">Null = in the event's zone.</param>
internal readonly record struct GivenTime(LocalDate Day, LocalTime? Time, Offset? Offset)
{
    private const int LeastYear = 1900;
    private const int MostYear = 2200;

    /// <summary>Reads <c>2026-03-14</c>, <c>2026-03-14T09:00</c> (or with a blank), with seconds, a fraction, <c>Z</c>, <c>+02:00</c>, <c>+0200</c>.</summary>
    public static GivenTime? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        const int dayCharacters = 10;
        if (text.Length < dayCharacters || ParseDay(text[..dayCharacters]) is not { } day)
        {
            return null;
        }

        var rest = text[dayCharacters..];
        if (rest.IsEmpty)
        {
            return new GivenTime(day, null, null);
        }

        if (rest[0] is not ('T' or 't' or ' '))
        {
            return null;
        }

        rest = rest[1..].TrimStart();
        var end = rest.IndexOfAny("Zz+-");
        var time = ParseTime(end < 0 ? rest : rest[..end]);
        var offset = end < 0 ? null : ParseOffset(rest[end..]);
        return time is null || (end >= 0 && offset is null) ? null : new GivenTime(day, time, offset);
    }

    /// <summary>Reads <c>9:00</c>, <c>09:00:30</c>, <c>09:00:30.5</c>.</summary>
    public static LocalTime? ParseTime(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[4];
        text = text.Trim();
        var count = text.Split(parts, ':');
        if (count is < 2 or > 3 || !Number(text[parts[0]], out var hour) || !Number(text[parts[1]], out var minute))
        {
            return null;
        }

        var second = 0;
        if (count == 3)
        {
            var seconds = text[parts[2]];
            var point = seconds.IndexOf('.');
            if (!Number(point < 0 ? seconds : seconds[..point], out second))
            {
                return null;
            }
        }

        return hour < 24 && minute < 60 && second < 60 ? new LocalTime(hour, minute, second) : null;
    }

    /// <summary>A day of the calendar within three centuries: anything else is a mistyped year.</summary>
    public static LocalDate? OfDay(int year, int month, int day) =>
        year is >= LeastYear and <= MostYear && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? new LocalDate(year, month, day)
            : null;

    private static LocalDate? ParseDay(ReadOnlySpan<char> text) =>
        text[4] == '-' && text[7] == '-' && Number(text[..4], out var year) && Number(text[5..7], out var month) && Number(text[8..], out var day)
            ? OfDay(year, month, day)
            : null;

    private static Offset? ParseOffset(ReadOnlySpan<char> text)
    {
        if (text is "Z" or "z")
        {
            return NodaTime.Offset.Zero;
        }

        var sign = text[0] == '-' ? -1 : text[0] == '+' ? 1 : 0;
        var digits = text[1..];
        var minutes = 0;
        var isRead = digits.Length switch
        {
            2 => Number(digits, out _),
            4 => Number(digits[2..], out minutes),
            5 => digits[2] == ':' && Number(digits[3..], out minutes),
            _ => false,
        };
        const int mostHours = 18;
        return sign != 0 && isRead && Number(digits[..2], out var hours) && hours < mostHours && minutes < 60
            ? NodaTime.Offset.FromHoursAndMinutes(sign * hours, sign * minutes)
            : null;
    }

    private static bool Number(ReadOnlySpan<char> text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
