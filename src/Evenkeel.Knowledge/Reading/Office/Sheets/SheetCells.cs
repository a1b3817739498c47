using System.Globalization;
using System.Xml;

namespace Evenkeel.Knowledge.Reading.Office.Sheets;

/// <summary>Reads the rows of a sheet: each cell as people see it.</summary>
internal sealed class SheetCells(List<string> texts, CellFormats formats)
{
    /// <summary>Excel has no more.</summary>
    private const int MostColumns = 16_384;

    /// <summary>Columns of one row that are kept: a table that is wider explains nothing in a passage.</summary>
    private const int MostKept = 512;

    /// <summary>Number and cells of each row that has any.</summary>
    public IEnumerable<(int Number, IReadOnlyList<string> Cells)> Rows(XmlReader reader)
    {
        var number = 0;
        while (reader.Read())
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                continue;
            }

            number = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : number + 1;
            if (!reader.IsEmptyElement && Row(reader) is { Count: > 0 } cells)
            {
                yield return (number, cells);
            }
        }
    }

    private List<string> Row(XmlReader reader)
    {
        var cells = new List<string>();
        var depth = reader.Depth;
        var column = -1;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            column = Column(reader.GetAttribute("r")) ?? column + 1;
            var text = Cell(reader);
            if (text.Length == 0 || column >= MostKept)
            {
                continue;
            }

            while (cells.Count <= column)
            {
                cells.Add("");
            }

            cells[column] = text;
        }

        return cells;
    }

    private string Cell(XmlReader reader)
    {
        var type = reader.GetAttribute("t");
        var style = int.TryParse(reader.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var value = "";
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "v" or "is" })
            {
                value = SharedTexts.Text(reader);
            }
        }

        return type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < texts.Count ? texts[index] : "",
            "str" or "inlineStr" or "d" => value,
            "b" => value == "1" ? "TRUE" : "FALSE",
            // #N/A and the like: what a formula failed to find is no content.
            "e" => "",
            _ => formats.Show(value, style),
        };
    }

    /// <summary>"C7" is in the third column, 2.</summary>
    private static int? Column(string? reference)
    {
        var column = 0;
        foreach (var character in reference ?? "")
        {
            if (!char.IsAsciiLetter(character))
            {
                break;
            }

            column = (column * 26) + (char.ToUpperInvariant(character) - 'A' + 1);
            if (column > MostColumns)
            {
                return null;
            }
        }

        return column == 0 ? null : column - 1;
    }
}
