using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading.Tables;

/// <summary>
/// Makes tables of the rows of a sheet: rows between empty rows belong together, a first row of names is their header, lone cells are text.
/// Narrow tables become Markdown, wide ones a line of <c>name: value</c> for every row, so that each passage explains itself.
/// </summary>
internal sealed class SheetText(Outline outline, string? sheet)
{
    /// <summary>Rows held at once; a longer table goes on with the same header.</summary>
    private const int MostRowsHeld = 1000;

    private readonly List<SheetRow> _rows = [];
    private IReadOnlyList<string>? _header;
    private bool _isContinued;

    /// <summary>Adds the next row; numbers rise.</summary>
    public void Add(int number, IReadOnlyList<string> cells)
    {
        var row = new SheetRow(number, cells);
        if (row.Filled == 0 || (_rows.Count > 0 && number > _rows[^1].Number + 1 && sheet is not null))
        {
            Flush();
            _isContinued = false;
        }

        if (row.Filled > 0)
        {
            _rows.Add(row);
        }

        if (_rows.Count == MostRowsHeld)
        {
            Flush();
            _isContinued = true;
        }
    }

    /// <summary>Ends the sheet.</summary>
    public void Finish() => Flush();

    private void Flush()
    {
        var rows = _rows.ToArray();
        var first = 0;
        if (!_isContinued)
        {
            while (first < rows.Length && rows[first].Filled == 1 && HasTableBelow(first))
            {
                outline.Add(TextUnit.Paragraph(rows[first].Only).At(Place(rows[first], rows[first])));
                first++;
            }
        }

        if (first < rows.Length)
        {
            AddTable(_rows.GetRange(first, rows.Length - first));
        }

        _rows.Clear();
    }

    private bool HasTableBelow(int index) => _rows.Skip(index + 1).Any(row => row.Filled > 1);

    private void AddTable(List<SheetRow> rows)
    {
        if (!_isContinued && SheetHeader.Is(rows))
        {
            _header = rows[0].Cells;
            rows.RemoveAt(0);
        }
        else if (!_isContinued && (_header is null || rows.Exists(row => row.Width > _header.Count)))
        {
            _header = null;
        }

        if (rows.Count > 0)
        {
            var unit = _header is null && rows.TrueForAll(row => row.Filled == 1) ? TextUnit.Table("", [.. rows.Select(row => MarkdownTable.Flat(row.Only))]) : Table(rows);
            outline.Add((unit with { RowNumbers = [.. rows.Select(row => row.Number)] }).At(Place(rows[0], rows[^1])));
        }
        else if (_header is not null)
        {
            outline.Add(TextUnit.Paragraph(string.Join(" | ", _header.Where(name => name.Length > 0))));
        }
    }

    private TextUnit Table(List<SheetRow> rows)
    {
        var width = Math.Max(rows.Max(row => row.Width), _header?.Count ?? 0);
        var columns = Enumerable.Range(0, width).Where(column => Cell(_header, column).Length > 0 || rows.Exists(row => Cell(row.Cells, column).Length > 0)).ToList();
        var names = columns.ConvertAll(column => Cell(_header, column) is { Length: > 0 } name ? MarkdownTable.Flat(name) : ColumnName(column));
        return SheetHeader.IsNarrow(names, rows)
            ? TextUnit.Table(MarkdownTable.Header(names), [.. rows.Select(row => MarkdownTable.Row(columns.Select(column => Cell(row.Cells, column))))])
            : TextUnit.Table("", [.. rows.Select(row => Record(row, columns, names))]);
    }

    private static string Record(SheetRow row, List<int> columns, List<string> names) =>
        string.Join("; ", columns.Index().Where(column => Cell(row.Cells, column.Item).Length > 0)
            .Select(column => $"{names[column.Index]}: {MarkdownTable.Flat(Cell(row.Cells, column.Item))}"));

    private static string Cell(IReadOnlyList<string>? cells, int column) => cells is not null && column < cells.Count ? cells[column] : "";

    private PassagePlace Place(SheetRow first, SheetRow last) => new() { Sheet = sheet, FirstRow = first.Number, LastRow = last.Number };

    /// <summary>A, B … Z, AA: what people see above a column without a name.</summary>
    private static string ColumnName(int column)
    {
        const int letters = 26;
        return column < letters ? ((char)('A' + column)).ToString() : ColumnName((column / letters) - 1) + (char)('A' + (column % letters));
    }
}

/// <summary>A row of a sheet.</summary>
internal sealed record SheetRow(int Number, IReadOnlyList<string> Cells)
{
    /// <summary>Cells with something in them.</summary>
    public int Filled { get; } = Cells.Count(cell => !string.IsNullOrWhiteSpace(cell));

    /// <summary>Columns up to the last with something in it.</summary>
    public int Width { get; } = LastFilled(Cells) + 1;

    /// <summary>The first cell with something in it.</summary>
    public string Only => Cells.First(cell => !string.IsNullOrWhiteSpace(cell));

    private static int LastFilled(IReadOnlyList<string> cells)
    {
        var index = cells.Count - 1;
        while (index >= 0 && string.IsNullOrWhiteSpace(cells[index]))
        {
            index--;
        }

        return index;
    }
}
