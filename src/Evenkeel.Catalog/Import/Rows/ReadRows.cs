namespace Evenkeel.Catalog.Import.Rows;

/// <summary>What a reader found: events, and what is wrong with which row. Readers fill it; it keeps the limits.</summary>
/// <param name="mostRows">Rows of the file, and events.</param>
internal sealed class ReadRows(int mostRows)
{
    private const int MostValueCharacters = 60;

    /// <summary>Some tens of times what is shown: a file of nothing but problems is counted to its end, not kept.</summary>
    private const int MostProblems = 50_000;
    private readonly List<RowProblem> _problems = [];
    private readonly HashSet<(RowRef, RowProblem)> _noted = [];
    private readonly HashSet<int> _failed = [];

    public List<EventRow> Events { get; } = [];

    /// <summary>What a calendar says of its events as a whole; empty of other formats.</summary>
    public List<CalendarSeries> Series { get; } = [];

    /// <summary>Keys of single occurrences that a calendar cancels.</summary>
    public HashSet<string> CancelledKeys { get; } = new(StringComparer.Ordinal);

    public int MostRows { get; } = mostRows;

    /// <summary>Objects, lines or <c>VEVENT</c>s.</summary>
    public int Rows { get; set; }

    /// <summary>Rows that do not go in.</summary>
    public int Failed => _failed.Count;

    /// <summary>There are more rows or events than one file may have: stop.</summary>
    public bool IsTooMuch => Rows > MostRows || Events.Count > MostRows;

    public IEnumerable<RowProblem> Problems => _problems;

    public void Warn(RowRef row, string? field, string code, string? value = null) => Note(row, new RowProblem(row.Line, field, code, IsWarning: true, Short(value)));

    public void Fail(RowRef row, string? field, string code, string? value = null)
    {
        _failed.Add(row.Number);
        Note(row, new RowProblem(row.Line, field, code, IsWarning: false, Short(value)));
    }

    /// <summary>The text cut to so many characters, and a warning where there were more.</summary>
    public string Shorten(RowRef row, string field, string text, int most)
    {
        if (text.Length > most)
        {
            Warn(row, field, ImportTexts.TextShortened, most.ToString());
        }

        return TextRules.Cut(text, most);
    }

    private void Note(RowRef row, RowProblem problem)
    {
        // What repeats has the problems of its row at every time.
        if (_problems.Count < MostProblems && _noted.Add((row, problem)))
        {
            _problems.Add(problem);
        }
    }

    private static string? Short(string? value)
    {
        var line = value is null ? null : TextRules.Line(value);
        return line is { Length: > MostValueCharacters } ? string.Concat(line.AsSpan(0, MostValueCharacters), "…") : line;
    }
}

/// <summary>What became of an event of a calendar that repeats or was cancelled: its occurrences in the catalogue that are not in the file any more go.</summary>
/// <param name="Id">Its <c>UID</c>: keys are this alone, or this, a separator and the original start.</param>
/// <param name="IsCancelled">All go; otherwise those that begin within the window.</param>
internal sealed record CalendarSeries(string Id, bool IsCancelled);
