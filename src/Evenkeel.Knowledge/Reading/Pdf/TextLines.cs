using System.Text;

namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>Makes lines of the rows of a column.</summary>
internal static class TextLines
{
    /// <summary>A gap of so many letter sizes is one between cells.</summary>
    private const double CellGap = 1.5;

    public static IEnumerable<TextLine> Of(List<List<TextRun>> rows, int page)
    {
        var column = new TextColumn
        {
            Left = rows.Min(row => row[0].Left),
            Right = rows.Max(row => row.Max(run => run.Right)),
            Pitch = Pitch(rows),
        };
        return rows.Select(row => Line(row, page, column));
    }

    private static double Pitch(List<List<TextRun>> rows)
    {
        var distances = rows.Zip(rows.Skip(1), (upper, lower) => upper[0].Baseline - lower[0].Baseline).Where(distance => distance > 0).Order().ToList();
        return distances.Count == 0 ? 0 : distances[distances.Count / 2];
    }

    private static TextLine Line(List<TextRun> row, int page, TextColumn column)
    {
        var cells = Cells(row);
        var main = row.MaxBy(run => run.Text.Length)!;
        return new TextLine
        {
            Text = string.Join(' ', cells.Select(cell => cell.Text)),
            Left = row[0].Left,
            Right = row.Max(run => run.Right),
            Baseline = main.Baseline,
            Size = main.Size,
            IsBold = row.Where(run => run.IsBold).Sum(run => run.Text.Length) * 2 > row.Sum(run => run.Text.Length),
            Page = page,
            Cells = cells,
            Column = column,
        };
    }

    private static List<TextRun> Cells(List<TextRun> row)
    {
        var cells = new List<TextRun>();
        var text = new StringBuilder();
        foreach (var run in row)
        {
            if (cells.Count > 0 && run.Left - cells[^1].Right <= CellGap * run.Size)
            {
                if (!PdfText.IsUnspaced(cells[^1].Text[^1], run.Text[0]))
                {
                    text.Append(' ');
                }

                text.Append(run.Text);
                cells[^1] = cells[^1] with { Text = text.ToString(), Right = Math.Max(run.Right, cells[^1].Right) };
            }
            else
            {
                text.Clear().Append(run.Text);
                cells.Add(run);
            }
        }

        return cells;
    }
}
