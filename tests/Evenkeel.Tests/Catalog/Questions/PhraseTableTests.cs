using Evenkeel.Tests.Architecture;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog.Questions;

/// <summary>What people say of places and dates, by the tables in <c>tests/data/questions</c>; what is known to be read wrongly is in <c>docs/catalogue.md</c>.</summary>
public sealed class PhraseTableTests
{
    private const double FewestRight = 0.95;

    [Fact]
    public void Most_phrases_of_the_table_are_understood()
    {
        var names = SomePlaces.Load();
        var rows = new[] { "english.txt", "chinese.txt", "not-taken.txt" }.SelectMany(PhraseTable.Load).ToList();

        var wrong = rows.Select(row => (Row: row, Understood: row.Understood(names))).Where(one => one.Understood != one.Row.Expected)
            .Select(one => $"{one.Row.Phrase} | {one.Row.Expected} | understood {one.Understood}").ToList();

        rows.Count.ShouldBeGreaterThanOrEqualTo(120);
        wrong.Count.ShouldBeLessThanOrEqualTo((int)(rows.Count * (1 - FewestRight)), string.Join('\n', wrong));
    }

    [Fact]
    public void What_is_known_to_be_read_wrongly_is_what_the_document_says()
    {
        var names = SomePlaces.Load();
        var document = Repository.Read("docs/catalogue.md");

        foreach (var row in PhraseTable.Load("misses.txt"))
        {
            row.Understood(names).ShouldNotBe(row.Expected, $"\"{row.Phrase}\" is understood now: move it to the tables, and take it out of the document.");
            document.ShouldContain(row.Phrase);
        }
    }
}
