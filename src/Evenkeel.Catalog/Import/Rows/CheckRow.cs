namespace Evenkeel.Catalog.Import.Rows;

/// <summary>Holds rows to the rules of events. What can be left out without making the event wrong is left out and said; the rest fails the row.</summary>
internal sealed class CheckRow(ReadRows rows)
{
    private const int MostTitle = 300;
    private const int MostDescription = 20_000;

    private readonly CheckTimes _times = new(rows);
    private readonly CheckValues _values = new(rows);
    private readonly CheckPlace _places = new(rows);

    /// <summary>The row; null where it fails, which is noted.</summary>
    public CheckedRow? Check(EventRow row)
    {
        var title = Title(row);
        var starts = _times.Starts(row);
        var isEndRight = _times.TryEnds(row, out var ends);
        var url = _values.Url(row);
        var isZoneRight = _times.TryZone(row, out var zone);
        var key = Key(row, title, url, starts);
        if (title.Length == 0 || starts is null || key is null || !isZoneRight || !isEndRight)
        {
            return null;
        }

        return new CheckedRow
        {
            At = row.At,
            Key = key,
            Title = title,
            Place = _places.Place(row),
            Description = rows.Shorten(row.At, "description", TextRules.Block(row.Description ?? ""), MostDescription),
            Starts = starts.Value,
            Ends = ends,
            TimeZone = zone,
            Virtual = row.Virtual ?? CheckPlace.IsOnline(row.Place),
            Url = url,
            Categories = _values.Categories(row),
            Languages = _values.Languages(row),
            LocationId = row.LocationId,
            AddsCategories = row.AddsCategories,
        };
    }

    private string Title(EventRow row)
    {
        var title = rows.Shorten(row.At, "title", TextRules.Line(row.Title ?? ""), MostTitle);
        if (title.Length == 0)
        {
            rows.Fail(row.At, "title", ImportTexts.TitleMissing);
        }

        return title;
    }

    private string? Key(EventRow row, string title, string? url, GivenTime? starts)
    {
        if (row.Key is null)
        {
            return starts is { } time && title.Length > 0 ? EventKeys.Of(url, title, time.Day) : "";
        }

        var key = TextRules.Line(row.Key);
        if (key.Length is 0 or > EventKeys.MostCharacters)
        {
            rows.Fail(row.At, "key", ImportTexts.KeyInvalid);
            return null;
        }

        return key;
    }
}
