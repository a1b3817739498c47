using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Evenkeel.Knowledge.Reading.Office.Sheets;

/// <summary>Shows numbers as the workbook formats them.</summary>
internal sealed class CellFormats
{
    private const string General = "General";

    /// <summary>The formats that every workbook has without naming them (ECMA-376 part 1, 18.8.30); dates in the unambiguous order.</summary>
    private static readonly Dictionary<uint, string> BuiltIn = new()
    {
        [1] = "0", [2] = "0.00", [3] = "#,##0", [4] = "#,##0.00", [9] = "0%", [10] = "0.00%", [11] = "0.00E+00",
        [14] = "yyyy-mm-dd", [15] = "d-mmm-yy", [16] = "d-mmm", [17] = "mmm-yy", [18] = "h:mm AM/PM", [19] = "h:mm:ss AM/PM", [20] = "h:mm", [21] = "h:mm:ss",
        [22] = "yyyy-mm-dd h:mm", [27] = "yyyy-mm-dd", [30] = "yyyy-mm-dd", [31] = "yyyy-mm-dd", [36] = "yyyy-mm-dd", [37] = "#,##0", [38] = "#,##0", [39] = "#,##0.00", [40] = "#,##0.00",
        [45] = "mm:ss", [47] = "mm:ss", [48] = "0.0E+0", [50] = "yyyy-mm-dd", [57] = "yyyy-mm-dd",
    };

    private readonly List<string> _codes;
    private readonly bool _since1904;

    public CellFormats(WorkbookPart workbook)
    {
        var sheet = workbook.WorkbookStylesPart?.Stylesheet;
        var named = new Dictionary<uint, string>();
        foreach (var format in sheet?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
        {
            if (format is { NumberFormatId.Value: var id, FormatCode.Value: { } code })
            {
                named[id] = code;
            }
        }

        _codes = [.. (sheet?.CellFormats?.Elements<CellFormat>() ?? []).Select(format => format.NumberFormatId?.Value ?? 0)
            .Select(id => named.GetValueOrDefault(id) ?? BuiltIn.GetValueOrDefault(id) ?? General)];
        _since1904 = workbook.Workbook?.WorkbookProperties?.Date1904?.Value == true;
    }

    /// <summary>A stored number as people see it; anything else as it is stored.</summary>
    public string Show(string value, int style)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return value;
        }

        var code = style < _codes.Count ? _codes[style] : General;
        return NumberCode.Show(number, code, _since1904);
    }
}
