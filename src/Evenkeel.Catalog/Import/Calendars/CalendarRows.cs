using System.Text;
using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Platform.Errors;
using Ical.Net.CalendarComponents;
using NodaTime;

namespace Evenkeel.Catalog.Import.Calendars;

/// <summary>Events of a calendar; what repeats is several, one for each time within <see cref="CalendarWindow"/>.</summary>
internal sealed class CalendarRows(ReadRows rows, CalendarFile file, Instant now)
{
    private readonly CalendarWindow _window = CalendarWindow.Around(now);
    private readonly ReadCalendarEvent _read = new(rows, new CalendarZones(file.TimeZones, now));

    /// <param name="text">UTF-8.</param>
    /// <param name="now">The window is around it.</param>
    /// <param name="rows">What was found.</param>
    /// <param name="cancellationToken">Also the deadline of reading.</param>
    public static Error? Read(ReadOnlyMemory<byte> text, Instant now, ReadRows rows, CancellationToken cancellationToken)
    {
        var file = new CalendarFile();
        return file.Read(Encoding.UTF8.GetString(text.Span), rows, cancellationToken) ?? new CalendarRows(rows, file, now).ReadAll(cancellationToken);
    }

    private Error? ReadAll(CancellationToken cancellationToken)
    {
        var read = new List<CalendarItem>();
        foreach (var block in file.Events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_read.Read(block) is { } item)
            {
                read.Add(item);
            }
        }

        // What repeats and what differs from it may be far from each other in the file.
        foreach (var group in read.GroupBy(item => item.Id ?? $"\0{item.Line}", StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddGroup([.. group]);
            if (rows.IsTooMuch)
            {
                return Refusals.TooManyRows(rows.MostRows);
            }
        }

        // The last of two with one key wins: last in the file, and a list's own sort would not keep the order of occurrences.
        var ordered = rows.Events.OrderBy(row => row.Line).ToList();
        rows.Events.Clear();
        rows.Events.AddRange(ordered);
        return null;
    }

    private void AddGroup(List<CalendarItem> items)
    {
        var exceptions = items.FindAll(item => item.Original is not null);
        var replaced = exceptions.Select(item => item.Key!).ToHashSet(StringComparer.Ordinal);
        foreach (var item in items.Where(item => item.Original is null))
        {
            if (item.Id is { } id)
            {
                rows.Series.Add(new CalendarSeries(id, IsCancelled(item)));
            }

            if (!IsCancelled(item))
            {
                AddOccurrences(item, replaced);
            }
        }

        foreach (var item in exceptions)
        {
            if (IsCancelled(item))
            {
                rows.CancelledKeys.Add(item.Key!);
            }
            else if (CalendarTimes.Moment(item.Event.DtStart!) is var starts && starts >= _window.Begins && starts < _window.Ends)
            {
                Add(item, CalendarTimes.Of(item.Event), item.Key);
            }
        }
    }

    private void AddOccurrences(CalendarItem item, HashSet<string> replaced)
    {
        if (!Occurrences.Repeats(item.Event))
        {
            Add(item, CalendarTimes.Of(item.Event), item.Id);
            return;
        }

        var found = Occurrences.Within(item.Event, _window);
        if (found is null)
        {
            rows.Fail(item.Row.At, "rrule", ImportTexts.RuleInvalid);
            return;
        }

        if (found.Count == 0)
        {
            rows.Warn(item.Row.At, "rrule", ImportTexts.OutsideWindow);
        }
        else if (found.Count > CalendarWindow.MostOccurrences)
        {
            rows.Warn(item.Row.At, "rrule", ImportTexts.OccurrencesLimited, CalendarWindow.MostOccurrences.ToString());
        }

        foreach (var occurrence in found.Take(CalendarWindow.MostOccurrences))
        {
            var key = item.Id is null ? null : CalendarItem.KeyOf(item.Id, occurrence.Period.StartTime);
            if (key is null || !replaced.Contains(key))
            {
                Add(item, CalendarTimes.Of(occurrence), key);
            }
        }
    }

    private void Add(CalendarItem item, CalendarTimes times, string? key) => rows.Events.Add(item.Row with
    {
        Key = key, Starts = times.Starts, Ends = times.Ends, TimeZone = times.TimeZone ?? (times.IsFloating ? file.TimeZone : null),
    });

    private bool IsCancelled(CalendarItem item) => file.IsCancellation || string.Equals(item.Event.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A <c>VEVENT</c>.</summary>
/// <param name="Line">Where it begins.</param>
/// <param name="Id">Its <c>UID</c>, as keys begin; null where it has none.</param>
/// <param name="Event">What the library read.</param>
/// <param name="Row">All but key and times.</param>
internal sealed record CalendarItem(int Line, string? Id, CalendarEvent Event, EventRow Row)
{
    /// <summary>Between the <c>UID</c> and the start that an occurrence has by the rule.</summary>
    public const string Separator = " @";

    /// <summary>The occurrence that it replaces; null of one that replaces none.</summary>
    public Ical.Net.DataTypes.CalDateTime? Original => Id is null ? null : Event.RecurrenceIdentifier?.StartTime;

    public string? Key => Original is { } original ? KeyOf(Id!, original) : Id;

    public static string KeyOf(string id, Ical.Net.DataTypes.CalDateTime start) => $"{id}{Separator}{CalendarTimes.Stamp(start)}";
}
