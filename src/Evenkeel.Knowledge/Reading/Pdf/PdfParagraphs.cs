using System.Text;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Knowledge.Reading.Tables;
using Evenkeel.Knowledge.Splitting;

namespace Evenkeel.Knowledge.Reading.Pdf;

/// <summary>Makes headings, paragraphs, lists and tables of lines in reading order, across columns and pages.</summary>
internal sealed class PdfParagraphs(Outline outline, FontSizes sizes, IReadOnlyList<TextLine> lines)
{
    private readonly List<string> _items = [];
    private readonly StringBuilder _text = new();
    private readonly List<UnitPlace> _places = [];
    private PassagePlace? _itemsPlace;
    private TextLine? _last;

    public void Build()
    {
        for (var index = 0; index < lines.Count;)
        {
            var rows = PdfTables.RowsFrom(lines, index);
            if (rows > 0)
            {
                EndList();
                outline.Add(MarkdownTable.Of([.. lines.Skip(index).Take(rows).Select(line => line.Cells.Select(cell => cell.Text).ToList())]).At(Place(lines[index])));
                index += rows;
                continue;
            }

            var line = lines[index];
            var level = sizes.Level(line, At(index - 1), At(index + 1));
            if (level is not null)
            {
                index = AddHeading(index, level.Value);
                continue;
            }

            AddText(line);
            index++;
        }

        EndList();
    }

    private TextLine? At(int index) => index >= 0 && index < lines.Count ? lines[index] : null;

    /// <summary>A heading may take several lines of the same size.</summary>
    private int AddHeading(int index, int level)
    {
        EndList();
        var first = lines[index];
        var text = new StringBuilder(first.Text);
        var end = index + 1;
        while (At(end) is { } next && next.Column == first.Column && sizes.Level(next, lines[end - 1], At(end + 1)) == level
            && lines[end - 1].Baseline - next.Baseline < 1.6 * next.Size && next.IsBold == first.IsBold)
        {
            Append(text, next.Text);
            end++;
        }

        outline.Open(level, text.ToString(), Place(first));
        return end;
    }

    private void AddText(TextLine line)
    {
        var item = PdfText.Item(line.Text);
        if (_text.Length > 0 && (item is not null || Begins(line, _last!)))
        {
            EndParagraph();
        }

        if (_places.Count == 0 || _places[^1].Place.Page != line.Page)
        {
            // A word that is divided between two pages counts to the first; what follows begins behind it.
            _places.Add(new UnitPlace(_text.Length, Place(line)));
        }

        Append(_text, item ?? line.Text);
        _last = line;
    }

    /// <summary>Does a new paragraph begin with this line?</summary>
    private static bool Begins(TextLine line, TextLine last)
    {
        var column = last.Column;
        if (Math.Abs(line.Size - last.Size) > 0.1 * last.Size)
        {
            return true;
        }

        if (line.Column != column)
        {
            // The next column or page goes on with the sentence, or not.
            return PdfText.EndsSentence(last.Text);
        }

        var distance = last.Baseline - line.Baseline;
        var isApart = distance > Math.Max(1.35 * column.Pitch, 1.2 * line.Size) || distance < 0;
        var isIndented = line.Left > column.Left + (0.9 * line.Size) && line.Left > last.Left + (0.9 * line.Size) && PdfText.EndsSentence(last.Text);
        var isLastShort = last.Right < column.Right - (0.15 * (column.Right - column.Left)) && PdfText.EndsSentence(last.Text);
        return isApart || isIndented || isLastShort;
    }

    private void EndParagraph()
    {
        if (_text.Length == 0)
        {
            return;
        }

        var text = _text.ToString();
        if (PdfText.Item(text) is not null || text.StartsWith("- ", StringComparison.Ordinal))
        {
            _itemsPlace ??= _places[0].Place;
            _items.Add(text);
        }
        else
        {
            EndItems();
            outline.Add(TextUnit.Paragraph(text) with { Places = [.. _places] });
        }

        _text.Clear();
        _places.Clear();
    }

    private void EndItems()
    {
        if (_items.Count > 0)
        {
            outline.Add(TextUnit.List([.. _items]).At(_itemsPlace));
            _items.Clear();
            _itemsPlace = null;
        }
    }

    private void EndList()
    {
        EndParagraph();
        EndItems();
    }

    /// <summary>Joins a line to the text before it; a word divided at the end of a line becomes whole.</summary>
    private static void Append(StringBuilder text, string line)
    {
        if (text.Length > 1 && line.Length > 0)
        {
            if (text[^1] is '-' or '\u2010' or '\u00AD' && char.IsLetter(text[^2]) && char.IsLower(line[0]))
            {
                text.Length--;
            }
            else if (!PdfText.IsUnspaced(text[^1], line[0]))
            {
                text.Append(' ');
            }
        }

        text.Append(line);
    }

    private static PassagePlace Place(TextLine line) => new() { Page = line.Page };
}
