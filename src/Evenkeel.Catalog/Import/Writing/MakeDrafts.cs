using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Catalog.Locations;

namespace Evenkeel.Catalog.Import.Writing;

/// <summary>Puts rows at their places and into their time zones; of two with one key the last one counts.</summary>
internal static class MakeDrafts
{
    /// <param name="checkedRows">In the order of the file.</param>
    /// <param name="places">Of these rows.</param>
    /// <param name="timeZone">Of rows that have none, nor has their place.</param>
    /// <param name="rows">Where problems go.</param>
    public static IReadOnlyList<EventDraft> Of(IReadOnlyList<CheckedRow> checkedRows, FoundPlaces places, string timeZone, ReadRows rows)
    {
        var last = new Dictionary<string, int>(checkedRows.Count, StringComparer.Ordinal);
        var drafts = new List<EventDraft?>(checkedRows.Count);
        foreach (var row in checkedRows)
        {
            if (Draft(row, places, timeZone, rows) is not { } draft)
            {
                continue;
            }

            if (last.TryGetValue(row.Key, out var earlier))
            {
                rows.Warn(drafts[earlier]!.Row.Line, "key", ImportTexts.DuplicateKey, row.Line.ToString());
                drafts[earlier] = null;
            }

            last[row.Key] = drafts.Count;
            drafts.Add(draft);
        }

        return [.. drafts.OfType<EventDraft>()];
    }

    private static EventDraft? Draft(CheckedRow row, FoundPlaces places, string timeZone, ReadRows rows)
    {
        PlacedLocation? place = null;
        if (row.LocationId is { } id && !places.ById.TryGetValue(id, out place))
        {
            rows.Fail(row.Line, "location_id", ImportTexts.LocationUnknown);
            return null;
        }

        if (row.Place is { } named)
        {
            place = places.ByName.GetValueOrDefault(named);
        }

        var zone = row.TimeZone ?? (place?.TimeZone is { } local ? TimeZoneNames.Find(local) : null) ?? timeZone;
        if (EventSchedule.Of(row.Starts, row.Ends, TimeZoneNames.Zone(zone)) is { } schedule)
        {
            return new EventDraft(row, schedule, zone, place);
        }

        rows.Fail(row.Line, "ends", ImportTexts.EndsBeforeStarts);
        return null;
    }
}
