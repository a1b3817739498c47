using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Locations.Gazetteer;
using Evenkeel.Tests.Architecture;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog.Questions;

/// <summary>What people say of places and dates, by the tables in <c>tests/data/questions</c>; what is read wrongly is in <c>docs/catalogue.md</c>.</summary>
public sealed class PhraseTableTests
{
    private const double FewestRight = 0.95;

    private static readonly IPlaceNames Some = SomePlaces.Load();
    private static readonly IPlaceNames World = new PlaceNames(new NameIndex<KnownPlace>([], place => place.Weight), new WellKnownPlaces().Names, new HashSet<GazetteerEntry>(), new LocationsWithin([]));

    [Fact]
    public void Every_phrase_of_the_tables_is_understood_and_few_are_known_that_are_not()
    {
        var rows = Rows("english.txt", Some).Concat(Rows("chinese.txt", Some)).Concat(Rows("not-taken.txt", Some)).Concat(Rows("world.txt", World)).ToList();
        var missed = Rows("misses.txt", World).ToList();

        rows.Where(row => row.Understood != row.Row.Expected).Select(Told).ShouldBeEmpty();
        rows.Count.ShouldBeGreaterThanOrEqualTo(120);
        missed.Count.ShouldBeLessThanOrEqualTo((int)((rows.Count + missed.Count) * (1 - FewestRight)));
    }

    [Fact]
    public void The_places_of_the_whole_world_do_not_make_the_phrases_mean_others()
    {
        var rows = Rows("english.txt", World).Concat(Rows("chinese.txt", World)).Concat(Rows("not-taken.txt", World)).ToList();

        var wrong = rows.Where(row => row.Understood != row.Row.Expected).Select(Told).ToList();

        wrong.Count.ShouldBeLessThanOrEqualTo((int)(rows.Count * (1 - FewestRight)), string.Join('\n', wrong));
    }

    [Fact]
    public void What_is_read_wrongly_is_what_the_document_says()
    {
        var document = Repository.Read("docs/catalogue.md");

        foreach (var (row, understood) in Rows("misses.txt", World))
        {
            understood.ShouldNotBe(row.Expected, $"\"{row.Phrase}\" is understood now: move it to world.txt, and take it out of the document.");
            document.ShouldContain(row.Phrase);
        }
    }

    private static IEnumerable<(PhraseRow Row, string Understood)> Rows(string file, IPlaceNames names) =>
        PhraseTable.Load(file).Select(row => (row, row.Understood(names)));

    private static string Told((PhraseRow Row, string Understood) one) => $"{one.Row.Phrase} | {one.Row.Expected} | understood {one.Understood}";
}
