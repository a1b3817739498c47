namespace Evenkeel.Catalog.Import.Rows;

/// <summary>Holds rows to the rules of days, times and time zones; what is wrong with them fails the row.</summary>
internal sealed class CheckTimes(ReadRows rows)
{
    // Files repeat a few zones in every row.
    private readonly Dictionary<string, string?> _zones = new(StringComparer.Ordinal);

    /// <summary>Null where it is missing or wrong, which is noted.</summary>
    public GivenTime? Starts(EventRow row) => Time(row.At, "starts", row.Starts, ImportTexts.StartsMissing);

    /// <summary>False where there is an end that is wrong, which is noted.</summary>
    public bool TryEnds(EventRow row, out GivenTime? ends)
    {
        ends = Time(row.At, "ends", row.Ends, missing: null);
        return ends is not null || string.IsNullOrWhiteSpace(row.Ends);
    }

    /// <summary>False where there is a zone that is not known, which is noted.</summary>
    public bool TryZone(EventRow row, out string? zone)
    {
        zone = null;
        if (string.IsNullOrWhiteSpace(row.TimeZone))
        {
            return true;
        }

        if (!_zones.TryGetValue(row.TimeZone, out zone))
        {
            _zones[row.TimeZone] = zone = TimeZoneNames.Find(row.TimeZone);
        }

        if (zone is null)
        {
            rows.Fail(row.At, "time_zone", ImportTexts.TimeZoneUnknown, row.TimeZone);
        }

        return zone is not null;
    }

    private GivenTime? Time(RowRef at, string field, string? text, string? missing)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (missing is not null)
            {
                rows.Fail(at, field, missing);
            }

            return null;
        }

        var time = GivenTime.Parse(text);
        if (time is null)
        {
            rows.Fail(at, field, ImportTexts.DateInvalid, text);
        }

        return time;
    }
}
