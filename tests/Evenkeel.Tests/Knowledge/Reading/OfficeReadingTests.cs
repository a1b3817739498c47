using Evenkeel.Knowledge;
using Shouldly;
using Xunit;
using static Evenkeel.Tests.Knowledge.Reading.OfficeFiles;

namespace Evenkeel.Tests.Knowledge.Reading;

public sealed class OfficeReadingTests(ReadingFiles files) : IClassFixture<ReadingFiles>
{
    private const string Styles = """
        <w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Own"><w:name w:val="My part"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="OwnChild"><w:name w:val="My other part"/><w:basedOn w:val="Own"/></w:style>
        """;

    private const string Numbering = """
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
        """;

    [Fact]
    public void A_word_document_keeps_headings_lists_tables_footnotes_and_boxes()
    {
        static string Styled(string text, string style) => Paragraph(text, $"<w:pStyle w:val=\"{style}\"/>");
        static string Item(string text, int list, int level = 0) => Paragraph(text, $"<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
        static string Row(params string[] cells) => $"<w:tr>{string.Concat(cells.Select(cell => $"<w:tc>{Paragraph(cell)}</w:tc>"))}</w:tr>";
        var body = Styled("Harbour rules", "Titel") + Styled("Mooring", "berschrift1")
            + "<w:p><w:r><w:t xml:space=\"preserve\">Boats moor </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r><w:r><w:t>here.</w:t></w:r><w:r><w:footnoteReference w:id=\"5\"/></w:r></w:p>"
            + Item("first", 1) + Item("inner", 1, 1) + Item("second", 1) + Item("bullet", 2)
            + Styled("Fees", "OwnChild") + $"<w:tbl>{Row("Boat", "Fee")}{Row("Sloop", "12|5")}</w:tbl>"
            + "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline><a:graphic><a:graphicData uri=\"x\"><wps:wsp><wps:txbx><w:txbxContent>" + Paragraph("In a box.") + "</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>" + Paragraph("In a box.")
            + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
            + Paragraph("By level.", "<w:outlineLvl w:val=\"0\"/>") + Paragraph("End.");
        var path = Word(files.NewPath(), body, Styles, Numbering, $"<w:footnote w:id=\"5\">{Paragraph("Except in storms.")}</w:footnote>");

        var read = ReadingFiles.Here(files.Made("rules.docx", path));

        read.Title.ShouldBe("Harbour rules");
        ReadingFiles.Shown(read).ShouldBe(
        [
            "Mooring [] Boats moor here.[^1]\n\n[^1]: Except in storms.\n\n1. first\n  1a) inner\n2. second\n- bullet",
            "Mooring > Fees [] | Boat | Fee |\n| --- | --- |\n| Sloop | 12\\|5 |\n\nIn a box.",
            "By level. [] End.",
        ]);
    }

    [Fact]
    public void A_presentation_is_read_slide_by_slide()
    {
        var table = "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"4\" name=\"t\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri=\"x\"><a:tbl><a:tblGrid/>"
            + "<a:tr h=\"1\"><a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>Boat</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>Fee</a:t></a:r></a:p></a:txBody></a:tc></a:tr>"
            + "<a:tr h=\"1\"><a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>Sloop</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:bodyPr/><a:p><a:r><a:t>12</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>";
        var path = Slides(
            files.NewPath(),
            (Shape("ctrTitle", "<a:p><a:r><a:t>Harbour</a:t></a:r></a:p>") + Shape("subTitle", "<a:p><a:r><a:t>An introduction</a:t></a:r></a:p>"), null, false),
            (Shape("title", "<a:p><a:r><a:t>Fees</a:t></a:r></a:p>") + Shape("body", Bullet("By length") + Bullet("in metres", 1)) + Shape("sldNum", "<a:p><a:r><a:t>2</a:t></a:r></a:p>") + table, "Say it slowly.", false),
            (Shape("title", "<a:p><a:r><a:t>Hidden</a:t></a:r></a:p>") + Shape("body", Bullet("nobody sees it")), null, true),
            (Shape(null, "<a:p><a:r><a:t>Free text.</a:t></a:r></a:p>"), null, false));

        var read = ReadingFiles.Here(files.Made("harbour.pptx", path));

        (read.Title, read.Pages).ShouldBe(("Harbour", 4));
        ReadingFiles.Shown(read).ShouldBe(
        [
            " [s1] An introduction",
            "Fees [s2] - By length\n  - in metres\n\n| Boat | Fee |\n| --- | --- |\n| Sloop | 12 |\n\nSay it slowly.",
            " [s4] Free text.",
        ]);
    }

    [Fact]
    public void A_workbook_shows_cells_as_people_see_them_with_sheet_and_rows()
    {
        var rows = $"<row r=\"1\">{Text("A1", "Fleet of the harbour")}</row>"
            + $"<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c>{Text("C3", "Price")}{Text("D3", "Share")}</row>"
            + $"<row r=\"4\">{Text("A4", "Sloop")}<c r=\"B4\" s=\"1\"><v>45000</v></c><c r=\"C4\" s=\"2\"><v>1234.5</v></c><c r=\"D4\" s=\"3\"><v>0.25</v></c></row>"
            + $"<row r=\"5\">{Text("A5", "Ketch")}<c r=\"B5\" s=\"4\"><v>45000.75</v></c><c r=\"C5\"><v>0.1</v></c><c r=\"D5\" t=\"e\"><v>#N/A</v></c></row>";
        var path = Sheets(files.NewPath(), ("Fleet", rows, false), ("Empty", "", false), ("Hidden", $"<row r=\"1\">{Text("A1", "secret")}</row>", true));

        var read = ReadingFiles.Here(files.Made("fleet.xlsx", path));

        (read.Title, read.Pages).ShouldBe(("fleet", 2));
        ReadingFiles.Shown(read).ShouldBe(
        [
            "Fleet [Fleet:1-5] Fleet of the harbour\n\n| Boat | Built on | Price | Share |\n| --- | --- | --- | --- |\n| Sloop | 15.03.2023 | 1,234.50 € | 25% |\n| Ketch | 2023-03-15 18:00 | 0.1 |  |",
        ]);
    }

    [Fact]
    public void Every_passage_of_a_long_sheet_repeats_the_header_and_knows_its_rows()
    {
        var rows = $"<row r=\"1\">{Text("A1", "Boat")}{Text("B1", "Harbour")}</row>"
            + string.Concat(Enumerable.Range(2, 2500).Select(row => $"<row r=\"{row}\">{Text($"A{row}", $"Boat number {row}")}{Text($"B{row}", "Kiel")}</row>"));

        var passages = ReadingFiles.Here(files.Made("long.xlsx", Sheets(files.NewPath(), ("Fleet", rows, false)))).Passages;

        passages.ShouldAllBe(passage => passage.Text.StartsWith("| Boat | Harbour |\n| --- | --- |\n| Boat number "));
        passages.ShouldAllBe(passage => passage.Text.Contains($"number {passage.Place!.FirstRow} |") && passage.Text.EndsWith($"number {passage.Place.LastRow} | Kiel |"));
        passages.Zip(passages.Skip(1)).ShouldAllBe(pair => pair.First.Place!.LastRow + 1 == pair.Second.Place!.FirstRow);
        (passages[0].Place!.FirstRow, passages[^1].Place!.LastRow).ShouldBe((2, 2501));
    }

    [Fact]
    public void A_wide_sheet_becomes_named_values()
    {
        var names = string.Concat(Enumerable.Range(0, 12).Select(column => Text($"{(char)('A' + column)}1", $"Name{column}")));
        var values = string.Concat(Enumerable.Range(0, 12).Where(column => column != 3).Select(column => $"<c r=\"{(char)('A' + column)}2\"><v>{column}</v></c>"));

        var read = ReadingFiles.Here(files.Made("wide.xlsx", Sheets(files.NewPath(), ("W", $"<row r=\"1\">{names}</row><row r=\"2\">{values}</row>", false))));

        ReadingFiles.Shown(read).ShouldBe(["W [W:2-2] " + string.Join("; ", Enumerable.Range(0, 12).Where(column => column != 3).Select(column => $"Name{column}: {column}"))]);
    }

    [Fact]
    public void An_office_document_under_the_name_of_another_is_refused()
    {
        var path = Word(files.NewPath(), Paragraph("text"));

        ReadingFiles.ReasonHere(files.Made("x.xlsx", path)).ShouldBe(KnowledgeReasons.WrongType);
        ReadingFiles.ReasonHere(files.Made("x.pdf", path)).ShouldBe(KnowledgeReasons.WrongType);
        ReadingFiles.ReasonHere(files.Made("x", path)).ShouldBeNull();
    }
}
