using System.Globalization;
using System.Text.RegularExpressions;
using Evenkeel.Catalog.Import.Rows;
using NodaTime;
using NodaTime.Text;

namespace Evenkeel.Catalog.Import.Formats;

/// <summary>What comes first in dates written with numbers.</summary>
internal enum DateOrder
{
    /// <summary><c>2026/3/14</c>, 2026年3月14日.</summary>
    Year,

    /// <summary><c>14.03.2026</c>, <c>14/3/2026</c>.</summary>
    Day,

    /// <summary><c>3/14/2026</c>.</summary>
    Month,
}

/// <summary>
/// Dates of tables, made ISO. Whether 03/04/2026 is in March or April cannot be told from it alone: the file as a whole tells, because in some row a
/// number is greater than twelve; where none is, dots and hyphens mean that the day comes first, and a slash that the month does.
/// </summary>
internal static partial class CsvDates
{
    /// <summary>The order that a format asks for, such as <c>dd.mm.yyyy</c>; null of what is no format.</summary>
    public static DateOrder? OrderOf(string format) => string.Concat(format.Where(char.IsLetter)).ToUpperInvariant() switch
    {
        "YYYYMMDD" or "YYYYMD" or "ISO" => DateOrder.Year,
        "DDMMYYYY" or "DMYYYY" => DateOrder.Day,
        "MMDDYYYY" or "MDYYYY" => DateOrder.Month,
        _ => null,
    };

    /// <summary>The order of day and month that a file's dates have.</summary>
    public static DateOrder OrderOf(IEnumerable<string> dates)
    {
        int days = 0, months = 0, slashes = 0, others = 0;
        foreach (var match in dates.Select(date => Numbers.Match(date)).Where(match => match.Success))
        {
            days += Part(match, "first") > 12 ? 1 : 0;
            months += Part(match, "second") > 12 ? 1 : 0;
            _ = match.Groups["separator"].Value == "/" ? slashes++ : others++;
        }

        return days != months ? (days > months ? DateOrder.Day : DateOrder.Month) : slashes > others ? DateOrder.Month : DateOrder.Day;
    }

    /// <summary>The date, and time where it has one, as ISO 8601; null where it is no date. What is ISO already stays so.</summary>
    public static string? ToIso(string text, DateOrder order)
    {
        if (GivenTime.Parse(text) is not null)
        {
            return text.Trim();
        }

        var yearFirst = YearFirst.Match(text);
        var match = yearFirst.Success ? yearFirst : Numbers.Match(text);
        if (!match.Success)
        {
            return null;
        }

        var (year, month, day) = yearFirst.Success ? (Part(match, "year"), Part(match, "first"), Part(match, "second"))
            : order == DateOrder.Month ? (Year(match), Part(match, "first"), Part(match, "second"))
            : (Year(match), Part(match, "second"), Part(match, "first"));
        if (GivenTime.OfDay(year, month, day) is not { } date)
        {
            return null;
        }

        var iso = LocalDatePattern.Iso.Format(date);
        return match.Groups["rest"].Value.Trim() is not { Length: > 0 } rest ? iso : ToTime(rest) is { } time ? $"{iso}T{time}" : null;
    }

    /// <summary>A time of day as ISO 8601, from <c>9:00</c>, <c>9:00 pm</c>, <c>下午3:30</c>; null where it is none.</summary>
    public static string? ToTime(string text)
    {
        var match = TimeOfDay.Match(text);
        if (!match.Success || GivenTime.ParseTime(match.Groups["time"].Value) is not { } time)
        {
            return null;
        }

        var half = match.Groups["half"].Value.ToUpperInvariant().Replace(".", "", StringComparison.Ordinal);
        var isAfternoon = half is "PM" or "下午" or "晚上";
        var hour = half.Length == 0 ? time.Hour : isAfternoon && time.Hour < 12 ? time.Hour + 12 : !isAfternoon && time.Hour == 12 ? 0 : time.Hour;
        return LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss").Format(new LocalTime(hour, time.Minute, time.Second)) + match.Groups["offset"].Value;
    }

    private static int Part(Match match, string name) => int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>Two digits are of this century: events are imported that are or were lately.</summary>
    private static int Year(Match match) => Part(match, "year") is var year && year < 100 ? 2000 + year : year;

    [GeneratedRegex(@"^\s*(?<year>\d{4})\s*[-/.年]\s*(?<first>\d{1,2})\s*[-/.月]\s*(?<second>\d{1,2})日?(?:[T ,]?(?<rest>.*))$", RegexOptions.ExplicitCapture)]
    private static partial Regex YearFirst { get; }

    [GeneratedRegex(@"^\s*(?<first>\d{1,2})(?<separator>[./-])\s*(?<second>\d{1,2})[./-]\s*(?<year>\d{4}|\d{2})(?:[T ,]+(?<rest>.*))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers { get; }

    [GeneratedRegex(@"^\s*(?<half>上午|下午|晚上)?\s*(?<time>\d{1,2}:\d{2}(:\d{2})?)\s*(?<half>[AaPp]\.?[Mm]\.?)?\s*(?<offset>Z|[+-]\d{2}:?\d{2})?\s*$", RegexOptions.ExplicitCapture)]
    private static partial Regex TimeOfDay { get; }
}
