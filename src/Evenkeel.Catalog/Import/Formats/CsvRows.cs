using System.Globalization;
using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Catalog.Locations;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Import.Formats;

/// <summary>A table with a line of column names.</summary>
internal sealed class CsvRows(ReadRows rows, IReadOnlyDictionary<string, int> columns, DateOrder order)
{
    /// <param name="text">UTF-8.</param>
    /// <param name="mapping">What its columns are.</param>
    /// <param name="rows">What was found.</param>
    /// <param name="cancellationToken">Also the deadline of reading.</param>
    public static Error? Read(ReadOnlyMemory<byte> text, CsvMapping mapping, ReadRows rows, CancellationToken cancellationToken)
    {
        var table = new CsvTable(rows);
        if (table.Read(text, cancellationToken) is { } error)
        {
            return error;
        }

        if (table.Header is not { } header)
        {
            return Refusals.Empty;
        }

        if (!mapping.Find(header).TryGet(out var columns, out var missing))
        {
            return missing;
        }

        var dates = table.Lines.SelectMany(line => new[] { "starts", "ends" }.Select(field => Cell(columns, line.Cells, field)).OfType<string>());
        var reader = new CsvRows(rows, columns, mapping.DateOrder ?? CsvDates.OrderOf(dates));
        foreach (var line in table.Lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            reader.ReadRow(line);
        }

        return null;
    }

    private void ReadRow(CsvLine line)
    {
        string? Text(string field) => Cell(columns, line.Cells, field);
        var failed = rows.Failed;
        var starts = Moment(line, "starts", Text("starts"), Text("starts_time"), null);
        var ends = Moment(line, "ends", Text("ends"), Text("ends_time"), starts);
        if (rows.Failed != failed)
        {
            return;
        }

        rows.Events.Add(new EventRow
        {
            At = line.At,
            Key = Text("key"),
            Title = Text("title"),
            Description = Text("description"),
            Starts = starts,
            Ends = ends,
            TimeZone = Text("time_zone"),
            Virtual = Flag(line, Text("virtual")),
            Url = Text("url"),
            Categories = TextRules.List(Text("categories")),
            Languages = TextRules.List(Text("languages")),
            Place = new NamedPlace
            {
                Venue = Text("venue"), City = Text("city"), Country = Text("country"),
                Latitude = Number(line, "latitude", Text("latitude")), Longitude = Number(line, "longitude", Text("longitude")),
            },
        });
    }

    /// <summary>A date and time of one column or of two; an end that has a time only is on the day of the beginning, or behind midnight.</summary>
    private string? Moment(CsvLine line, string field, string? date, string? time, string? starts)
    {
        if (time is null && starts is not null && date is not null && CsvDates.ToTime(date) is not null)
        {
            // "End: 17:30".
            (date, time) = (null, date);
        }

        if (date is null && (time is null || starts is null))
        {
            return null;
        }

        var isNextDay = false;
        var iso = date is null ? starts![..10] : CsvDates.ToIso(date, order);
        if (iso is not null && time is not null && iso.Length == 10)
        {
            var clock = CsvDates.ToTime(time);
            isNextDay = date is null && clock is not null && starts!.Length > 11 && string.CompareOrdinal(clock, 0, starts, 11, 5) < 0;
            iso = clock is null ? null : $"{iso}T{clock}";
        }

        if (iso is null)
        {
            rows.Fail(line.At, field, ImportTexts.DateInvalid, time is null ? date : $"{date} {time}".Trim());
        }

        return isNextDay ? NextDay(iso!) : iso;
    }

    private static string NextDay(string iso)
    {
        var day = GivenTime.Parse(iso)!.Value.Day.PlusDays(1);
        return NodaTime.Text.LocalDatePattern.Iso.Format(day) + iso[10..];
    }

    private bool? Flag(CsvLine line, string? text)
    {
        switch (text?.ToUpperInvariant())
        {
            case null:
                return null;
            case "TRUE" or "YES" or "Y" or "1" or "X" or "ONLINE" or "VIRTUAL" or "REMOTE" or "HYBRID" or "是" or "线上" or "在线" or "混合":
                return true;
            case "FALSE" or "NO" or "N" or "0" or "-" or "OFFLINE" or "IN PERSON" or "IN-PERSON" or "ONSITE" or "ON-SITE" or "否" or "线下" or "现场":
                return false;
            default:
                rows.Fail(line.At, "virtual", ImportTexts.TypeInvalid);
                return null;
        }
    }

    private double? Number(CsvLine line, string field, string? text)
    {
        if (text is null)
        {
            return null;
        }

        // A comma as the decimal point comes with semicolons as the separator.
        if (double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        rows.Warn(line.At, field, ImportTexts.CoordinatesInvalid);
        return null;
    }

    /// <summary>Null where the row has no such cell, or an empty one.</summary>
    private static string? Cell(IReadOnlyDictionary<string, int> columns, string[] cells, string field) =>
        columns.TryGetValue(field, out var index) && index < cells.Length && cells[index] is { Length: > 0 } text ? text : null;
}
