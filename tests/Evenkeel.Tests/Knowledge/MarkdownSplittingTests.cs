using Evenkeel.Knowledge.Splitting;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Knowledge;

public sealed class MarkdownSplittingTests
{
    private const string Sentence = "The keel keeps the boat upright while the wind pushes against its sails. ";

    [Fact]
    public void The_first_heading_is_the_title_and_others_make_the_path()
    {
        var structure = MarkdownText.Read("# Sailing\n\nIntro.\n\n## Rigs\n\n### Sloop\n\nOne mast.\n\n### Ketch\n\nTwo masts.\n\n## Knots\n\nBowline.");

        structure.Title.ShouldBe("Sailing");
        Split(structure).ShouldBe([("", "Intro."), ("Rigs > Sloop", "One mast."), ("Rigs > Ketch", "Two masts."), ("Knots", "Bowline.")]);
    }

    [Fact]
    public void Headings_lose_their_markup_but_not_their_names()
    {
        var structure = MarkdownText.Read("What is it?\n===\n\nx\n\n## The `after_seq` of **C#** [here](http://x) ##\n\ny");

        structure.Title.ShouldBe("What is it?");
        structure.Sections[1].HeadingPath.ShouldBe(["The after_seq of C# here"]);
    }

    [Fact]
    public void Neighbours_under_one_heading_are_merged_and_others_are_not()
    {
        Split(MarkdownText.Read("# T\n\nOne.\n\n- a\n- b\n\nTwo.\n\n## H\n\nThree.")).ShouldBe([("", "One.\n\n- a\n- b\n\nTwo."), ("H", "Three.")]);
    }

    [Fact]
    public void A_long_section_is_cut_into_passages_of_about_the_same_size()
    {
        var text = "# T\n\n" + string.Join("\n\n", Enumerable.Repeat(string.Concat(Enumerable.Repeat(Sentence, 4)).Trim(), 10));

        var sizes = Split(MarkdownText.Read(text)).Select(passage => PassageSize.Of(passage.Text)).ToList();

        sizes.Count.ShouldBeGreaterThan(2);
        sizes.ShouldAllBe(size => size > 100 && size <= PassageSize.Most);
    }

    [Fact]
    public void A_long_paragraph_is_cut_between_sentences_only()
    {
        var passages = Split(MarkdownText.Read(string.Concat(Enumerable.Repeat(Sentence, 60))));

        passages.Count.ShouldBeGreaterThan(3);
        passages.ShouldAllBe(passage => passage.Text.StartsWith("The keel") && passage.Text.EndsWith("sails."));
    }

    [Fact]
    public void A_long_chinese_paragraph_is_cut_between_sentences_near_350_characters()
    {
        var passages = Split(MarkdownText.Read(string.Concat(Enumerable.Repeat("龙骨让船在风中保持平稳，这就是它的作用。", 100))));

        passages.ShouldAllBe(passage => passage.Text.EndsWith('。') && passage.Text.Length <= 400);
        passages.Average(passage => passage.Text.Length).ShouldBeInRange(250, 390);
    }

    [Fact]
    public void A_sentence_over_the_limit_is_cut_at_a_clause_and_a_run_without_spaces_somewhere()
    {
        var clauses = Split(MarkdownText.Read(string.Concat(Enumerable.Repeat("and then the boat went on, ", 120))));
        var run = Split(MarkdownText.Read(new string('x', 20_000)));

        clauses.Count.ShouldBeGreaterThan(2);
        clauses.ShouldAllBe(passage => passage.Text.EndsWith(','));
        run.Count.ShouldBeGreaterThan(4);
        string.Concat(run.Select(passage => passage.Text)).Length.ShouldBe(20_000);
    }

    [Fact]
    public void Code_and_tables_stay_whole_and_as_written()
    {
        var code = "```csharp\n# not a heading\n\nvar x = 1;\n" + string.Concat(Enumerable.Repeat("    Call(x);\n", 120)) + "```";
        var table = "| a | b |\n|---|---|\n" + string.Join("\n", Enumerable.Repeat("| one two | three |", 40));

        var passages = Split(MarkdownText.Read($"# T\n\n{code}\n\n{table}"));

        passages.Select(passage => passage.Text).ShouldBe([code, table]);
    }

    [Fact]
    public void A_long_list_is_cut_between_items()
    {
        var passages = Split(MarkdownText.Read(string.Concat(Enumerable.Repeat($"- {Sentence}\n  more of it.\n", 40))));

        passages.Count.ShouldBeGreaterThan(2);
        passages.ShouldAllBe(passage => passage.Text.StartsWith("- The keel") && passage.Text.EndsWith("more of it."));
    }

    [Fact]
    public void A_heading_with_nothing_under_it_stands_for_itself()
    {
        Split(MarkdownText.Read("# T\n\n## Empty\n\n## Parent\n\n### Child\n\ntext")).ShouldBe([("Empty", "Empty"), ("Parent > Child", "text")]);
    }

    [Fact]
    public void Front_matter_comments_and_rules_are_no_text()
    {
        Split(MarkdownText.Read("---\ntitle: x\n---\n\n<!-- secret -->\n\n# T\n\n---\n\ntext\n\n[ref]: http://x")).ShouldBe([("", "text")]);
    }

    [Fact]
    public void Absurd_nesting_is_read_as_plain_text()
    {
        Split(MarkdownText.Read(string.Concat(Enumerable.Repeat("> ", 5_000)) + "deep")).ShouldNotBeEmpty();
    }

    [Fact]
    public void Plain_text_is_cut_at_blank_lines_and_may_begin_with_a_title()
    {
        var titled = PlainText.Read("Rules\n\n# no heading\nsecond line\n \n\nThird.");

        titled.Title.ShouldBe("Rules");
        Split(titled).ShouldBe([("", "Rules\n\n# no heading\nsecond line\n\nThird.")]);
        PlainText.Read("Only one line.").Title.ShouldBeNull();
    }

    [Theory]
    [InlineData("It is v1.5 now. Really? Yes.", 3)]
    [InlineData("See e.g. the guide.", 1)]
    [InlineData("断线后重连。没有丢失！真的？是的", 4)]
    [InlineData("He said \"stop.\" Then he left.", 2)]
    public void Sentences_end_where_a_reader_ends_them(string text, int count)
    {
        var sentences = Sentences.Of(text);

        sentences.Count.ShouldBe(count);
        string.Concat(sentences).ShouldBe(text);
    }

    private static List<(string Path, string Text)> Split(DocumentStructure structure) =>
        PassageSplitter.Split(structure.Sections).ConvertAll(passage => (string.Join(" > ", passage.HeadingPath), passage.Text));
}
