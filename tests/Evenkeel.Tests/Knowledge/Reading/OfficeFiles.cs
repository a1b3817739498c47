using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using A = DocumentFormat.OpenXml.Drawing;
using P = DocumentFormat.OpenXml.Presentation;
using S = DocumentFormat.OpenXml.Spreadsheet;
using W = DocumentFormat.OpenXml.Wordprocessing;

namespace Evenkeel.Tests.Knowledge.Reading;

/// <summary>Makes Office documents with the library that reads them, from the XML that programs write.</summary>
internal static class OfficeFiles
{
    private const string WordNamespace = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    private const string SheetNamespace = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    public static string Word(string path, string body, string styles = "", string numbering = "", string footnotes = "")
    {
        using var document = WordprocessingDocument.Create(path, WordprocessingDocumentType.Document);
        var main = document.AddMainDocumentPart();
        main.Document = new W.Document($"<w:document {WordNamespace} xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><w:body>{body}</w:body></w:document>");
        main.AddNewPart<StyleDefinitionsPart>().Styles = new W.Styles($"<w:styles {WordNamespace}>{styles}</w:styles>");
        main.AddNewPart<NumberingDefinitionsPart>().Numbering = new W.Numbering($"<w:numbering {WordNamespace}>{numbering}</w:numbering>");
        main.AddNewPart<FootnotesPart>().Footnotes = new W.Footnotes($"<w:footnotes {WordNamespace}>{footnotes}</w:footnotes>");
        return path;
    }

    public static string Paragraph(string text, string properties = "") => $"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";

    public static string Sheets(string path, params (string Name, string Rows, bool IsHidden)[] sheets)
    {
        using var document = SpreadsheetDocument.Create(path, SpreadsheetDocumentType.Workbook);
        var book = document.AddWorkbookPart();
        book.AddNewPart<WorkbookStylesPart>().Stylesheet = new S.Stylesheet($"<styleSheet {SheetNamespace}><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"dd.mm.yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ [$€-407]\"/></numFmts>"
            + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"9\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>");
        book.AddNewPart<SharedStringTablePart>().SharedStringTable = new S.SharedStringTable($"<sst {SheetNamespace}><si><t>Boat</t></si><si><r><t>Built </t></r><r><t>on</t></r><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh></si></sst>");
        var list = new S.Sheets();
        foreach (var (index, sheet) in sheets.Index())
        {
            var part = book.AddNewPart<WorksheetPart>();
            using (var writer = new StreamWriter(part.GetStream(FileMode.Create)))
            {
                writer.Write($"<worksheet {SheetNamespace}><dimension ref=\"A1:XFD1048576\"/><sheetData>{sheet.Rows}</sheetData></worksheet>");
            }

            list.Append(new S.Sheet { Name = sheet.Name, SheetId = (uint)index + 1, Id = book.GetIdOfPart(part), State = sheet.IsHidden ? S.SheetStateValues.Hidden : S.SheetStateValues.Visible });
        }

        book.Workbook = new S.Workbook(list);
        return path;
    }

    public static string Text(string reference, string text) => $"<c r=\"{reference}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";

    public static string Slides(string path, params (string Shapes, string? Notes, bool IsHidden)[] slides)
    {
        using var document = PresentationDocument.Create(path, PresentationDocumentType.Presentation);
        var presentation = document.AddPresentationPart();
        var list = new P.SlideIdList();
        foreach (var (index, slide) in slides.Index())
        {
            var part = presentation.AddNewPart<SlidePart>();
            part.Slide = new P.Slide(Tree("sld", slide.Shapes)) { Show = !slide.IsHidden };
            if (slide.Notes is not null)
            {
                part.AddNewPart<NotesSlidePart>().NotesSlide = new P.NotesSlide(Tree("notes", Shape("body", $"<a:p><a:r><a:t>{slide.Notes}</a:t></a:r></a:p>")));
            }

            list.Append(new P.SlideId { Id = 256 + (uint)index, RelationshipId = presentation.GetIdOfPart(part) });
        }

        presentation.Presentation = new P.Presentation(list);
        return path;
    }

    public static string Shape(string? placeholder, string paragraphs) =>
        $"<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"x\"/><p:cNvSpPr/><p:nvPr>{(placeholder is null ? "" : $"<p:ph type=\"{placeholder}\"/>")}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>";

    public static string Bullet(string text, int level = 0) => $"<a:p><a:pPr lvl=\"{level}\"/><a:r><a:t>{text}</a:t></a:r></a:p>";

    private static string Tree(string name, string shapes) =>
        $"<p:{name} xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:a=\"{new A.Paragraph().NamespaceUri}\"><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{shapes}</p:spTree></p:cSld></p:{name}>";
}
