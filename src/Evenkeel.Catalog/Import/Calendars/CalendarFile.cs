using Evenkeel.Catalog.Import.Rows;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Catalog.Import.Calendars;

/// <summary>
/// The events of a calendar as blocks of lines, each to be read alone: the library reads a calendar whole, so that one broken event would cost all, and it
/// does not tell lines.
/// </summary>
internal sealed class CalendarFile
{
    private const int MostDepth = 16;

    // Guests, alarms and attachments are of no use here, and are most of many files.
    private static readonly HashSet<string> Used = new(StringComparer.OrdinalIgnoreCase)
    {
        "UID", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "LOCATION", "GEO", "URL", "CATEGORIES", "STATUS",
    };

    private readonly Stack<string> _open = new();
    private readonly List<ContentLine> _block = [];

    /// <summary>Each begins with <c>BEGIN:VEVENT</c>.</summary>
    public List<IReadOnlyList<ContentLine>> Events { get; } = [];

    public List<IReadOnlyList<ContentLine>> TimeZones { get; } = [];

    /// <summary>The zone of times that name none (<c>X-WR-TIMEZONE</c>).</summary>
    public string? TimeZone { get; private set; }

    /// <summary>The file says that all its events are called off (<c>METHOD:CANCEL</c>).</summary>
    public bool IsCancellation { get; private set; }

    /// <returns>Why the file cannot be read; null where it was.</returns>
    public Error? Read(string text, ReadRows rows, CancellationToken cancellationToken)
    {
        var last = 0;
        foreach (var line in ContentLine.Of(text))
        {
            cancellationToken.ThrowIfCancellationRequested();
            last = line.Number;
            if (line.Is("BEGIN"))
            {
                _open.Push(line.Value.Trim().ToString().ToUpperInvariant());
            }

            if (_open.Count is 0 or > MostDepth || (line.Is("END") && !line.Value.Trim().Equals(_open.Peek(), StringComparison.OrdinalIgnoreCase)))
            {
                return Refusals.NotACalendar(line.Number);
            }

            Take(line);
            rows.Rows = Events.Count;
            if (rows.IsTooMuch)
            {
                return Refusals.TooManyRows(rows.MostRows);
            }
        }

        return _open.Count == 0 ? null : Refusals.NotACalendar(last);
    }

    private void Take(ContentLine line)
    {
        var component = _open.Peek();
        var isEnd = line.Is("END");
        if (_open.Count == 1)
        {
            TimeZone ??= line.Is("X-WR-TIMEZONE") ? line.Value.Trim().ToString() : null;
            IsCancellation |= line.Is("METHOD") && line.Value.Trim().Equals("CANCEL", StringComparison.OrdinalIgnoreCase);
        }
        else if (_open.Contains("VTIMEZONE") || (_open.Count == 2 && component == "VEVENT" && (isEnd || line.Is("BEGIN") || Used.Contains(line.Name.ToString()))))
        {
            _block.Add(line);
        }

        if (!isEnd)
        {
            return;
        }

        _open.Pop();
        if (_open.Count == 1 && component is "VEVENT" or "VTIMEZONE" && _block.Count > 0)
        {
            (component == "VEVENT" ? Events : TimeZones).Add([.. _block]);
        }

        if (_open.Count <= 1)
        {
            _block.Clear();
        }
    }
}
