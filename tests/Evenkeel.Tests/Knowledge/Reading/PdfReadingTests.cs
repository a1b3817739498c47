using Evenkeel.Knowledge;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge.Reading;

public sealed class PdfReadingTests(ReadingFiles files) : IClassFixture<ReadingFiles>
{
    [Fact]
    public void A_report_keeps_headings_and_pages_and_loses_headers_numbers_and_hyphens()
    {
        var pdf = new PdfPages();
        for (var page = 1; page <= 4; page++)
        {
            pdf.Page().Line(60, 810, "Annual report of the harbour").Line(290, 30, $"Page {page} of 4");
            if (page == 1)
            {
                pdf.Line(60, 760, "The Harbour", 24);
            }

            pdf.Line(60, 700, $"Chapter {"one two three four".Split(' ')[page - 1]}", 16)
                .Lines(60, 670, 14, $"The keel of chapter {page} keeps the boat upright while the wind pushes against its sails, and the naviga-", "tion of the harbour needs a steady hand in every season.")
                .Lines(60, 620, 14, "A second paragraph stands apart from the first one.");
        }

        var read = ReadingFiles.Here(files.Write("report.pdf", pdf.Build()));

        read.Title.ShouldBe("The Harbour");
        read.Pages.ShouldBe(4);
        static string Text(int page) => $"The keel of chapter {page} keeps the boat upright while the wind pushes against its sails, and the navigation of the harbour needs a steady hand in every season."
            + "\n\nA second paragraph stands apart from the first one.";
        ReadingFiles.Shown(read).ShouldBe([$"Chapter one [p1] {Text(1)}", $"Chapter two [p2] {Text(2)}", $"Chapter three [p3] {Text(3)}", $"Chapter four [p4] {Text(4)}"]);
    }

    [Fact]
    public void Two_columns_are_read_one_after_the_other_below_what_spans_them()
    {
        string[] left = ["Left one begins here and fills the line", "left two goes on until the column ends", "left three of the very same paragraph", "left four comes before the right side", "left five is the last of this side and"];
        string[] right = ["right one continues what the left began", "right two goes on until the column ends", "right three of the very same paragraph", "right four is nearly the end of it all", "right five ends what was begun before."];
        var pdf = new PdfPages { Title = "Of columns" }.Page().Line(60, 760, "This abstract spans both of the columns and ends with a full stop, as abstracts should do.");
        pdf.Lines(60, 700, 14, left).Lines(320, 700, 14, right);

        var read = ReadingFiles.Here(files.Write("paper.pdf", pdf.Build()));

        read.Title.ShouldBe("Of columns");
        ReadingFiles.Shown(read).ShouldBe(
            [" [p1] This abstract spans both of the columns and ends with a full stop, as abstracts should do.\n\n" + string.Join(' ', [.. left, .. right])]);
    }

    [Fact]
    public void Lists_and_tables_keep_their_shape()
    {
        var pdf = new PdfPages().Page().Line(60, 760, "Prices", 20).Line(60, 720, "These are the prices of the harbour for boats of every size and kind.")
            .Lines(60, 690, 14, "- first thing", "- second thing", "1. numbered thing");
        string[][] rows = [["Boat", "Length", "Price"], ["Sloop", "9 m", "120"], ["Ketch", "14 m", "180"], ["Yawl", "11 m", "150"]];
        for (var row = 0; row < rows.Length; row++)
        {
            for (var cell = 0; cell < 3; cell++)
            {
                pdf.Line(60 + (150 * cell), 600 - (14 * row), rows[row][cell]);
            }
        }

        ReadingFiles.Shown(ReadingFiles.Here(files.Write("prices.pdf", pdf.Build()))).ShouldBe(
        [
            " [p1] These are the prices of the harbour for boats of every size and kind.\n\n- first thing\n- second thing\n1. numbered thing\n\n"
            + "| Boat | Length | Price |\n| --- | --- | --- |\n| Sloop | 9 m | 120 |\n| Ketch | 14 m | 180 |\n| Yawl | 11 m | 150 |",
        ]);
    }

    [Fact]
    public void Chinese_lines_are_joined_without_spaces()
    {
        var pdf = new PdfPages().Page().Line(60, 760, "龙骨手册", 22).Lines(60, 700, 16, "龙骨让船在风中保持平稳，这就是它的作用，也是", "每一位船长都知道的事情。");

        var read = ReadingFiles.Here(files.Write("手册.pdf", pdf.Build()));

        read.Title.ShouldBe("龙骨手册");
        ReadingFiles.Shown(read).ShouldBe([" [p1] 龙骨让船在风中保持平稳，这就是它的作用，也是每一位船长都知道的事情。"]);
    }

    [Fact]
    public void A_passage_over_a_page_break_keeps_the_page_it_begins_on_and_the_next_has_its_own()
    {
        var pdf = new PdfPages();
        for (var page = 1; page <= 3; page++)
        {
            pdf.Page();
            for (var line = 0; line < 30; line++)
            {
                pdf.Line(60, 780 - (14 * line), $"Sentence {(page * 100) + line} of the long text ends in this very line{(line == 29 ? " and" : ".")}");
            }
        }

        var passages = ReadingFiles.Here(files.Write("long.pdf", pdf.Build())).Passages;

        passages.Count.ShouldBeGreaterThan(3);
        passages.Select(passage => passage.Place!.Page!.Value).ShouldBe(passages.Select(passage => passage.Text["Sentence ".Length] - '0'));
        passages.ShouldAllBe(passage => passage.Text.StartsWith("Sentence") && passage.Text.EndsWith('.') || passage.Text.EndsWith("and"));
        passages.ShouldContain(passage => passage.Text.Contains("Sentence 129") && passage.Text.Contains("Sentence 200"));
    }

    [Fact]
    public void Pages_without_letters_have_no_text() =>
        ReadingFiles.ReasonHere(files.Write("scan.pdf", new PdfPages().Page().Page().Build())).ShouldBe(KnowledgeReasons.NoText);
}
