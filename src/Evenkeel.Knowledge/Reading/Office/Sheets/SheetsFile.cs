using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Evenkeel.Knowledge.Reading.Tables;
using Evenkeel.Knowledge.Splitting;
using Outline = Evenkeel.Knowledge.Splitting.Outline;

namespace Evenkeel.Knowledge.Reading.Office.Sheets;

/// <summary>XLSX: a section for every sheet that is shown, its rows read one by one however many there are.</summary>
internal sealed class SheetsFile(SpreadsheetDocument document, ReadingLimits limits, CancellationToken cancellationToken)
{
    public DocumentStructure Read()
    {
        var workbook = document.WorkbookPart ?? throw new ReadFailedException(KnowledgeReasons.Corrupt);
        var texts = SharedTexts.Read(workbook.SharedStringTablePart, limits);
        var formats = new CellFormats(workbook);
        var outline = new Outline(takesTitle: false) { Title = Title() };
        var sheets = (workbook.Workbook?.Sheets?.Elements<Sheet>() ?? []).Where(IsShown).ToList();
        foreach (var sheet in sheets)
        {
            if (sheet.Id?.Value is { } id && workbook.TryGetPartById(id, out var part) && part is WorksheetPart worksheet)
            {
                outline.Leave();
                AddSheet(worksheet, sheet.Name?.Value ?? "", outline, new SheetCells(texts, formats));
            }
        }

        return outline.Finish(sheets.Count);
    }

    private string? Title() => string.IsNullOrWhiteSpace(document.PackageProperties.Title) ? null : document.PackageProperties.Title;

    private static bool IsShown(Sheet sheet) => sheet.State?.Value is not { } state || state == SheetStateValues.Visible;

    private void AddSheet(WorksheetPart worksheet, string name, Outline outline, SheetCells cells)
    {
        var table = new SheetText(outline, name);
        using var reader = XmlReader.Create(worksheet.GetStream(FileMode.Open, FileAccess.Read), PackageXml.Settings);
        var isOpen = false;
        foreach (var (number, row) in cells.Rows(reader))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!isOpen && row.Count > 0)
            {
                // A sheet without anything in it is no section.
                outline.Open(1, name);
                isOpen = true;
            }

            table.Add(number, row);
            limits.Check(outline.Characters);
        }

        table.Finish();
    }
}
