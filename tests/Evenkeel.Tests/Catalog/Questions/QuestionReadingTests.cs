using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Questions;
using Evenkeel.Contracts.Catalogue;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog.Questions;

public sealed class QuestionReadingTests
{
    private static readonly SomePlaces Names = SomePlaces.Load();
    private static readonly DateTimeOffset Wednesday = new(2026, 3, 11, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_understood_says_where_it_stands_in_the_question()
    {
        const string question = "Python 会议 in Berln, 下周末 near Cambridge, UK";

        var understood = Read(question);

        Text(question, understood.Dates!.Span).ShouldBe("下周末");
        understood.Dates.Text.ShouldBe("下周末");
        Text(question, understood.Places.Single().Span).ShouldBe("Cambridge, UK");
        Text(question, understood.UnknownPlaces.Single().Span).ShouldBe("Berln");
        understood.Query.ShouldBe("Python");
    }

    [Fact]
    public void A_place_that_shares_its_name_names_the_others_in_the_language_of_the_question()
    {
        Read("conferences in Cambridge").Places.Single().Others.Single().ShouldBe(new PlaceSuggestion(null, "Cambridge", "United States"));
        Read("在伦敦的会议").Places.Single().Others.Single().ShouldBe(new PlaceSuggestion(null, "伦敦", "Canada"));
        Read("conferences in Cambridge, MA").Places.Single().Others.ShouldBeEmpty();
    }

    [Fact]
    public void A_place_that_is_not_in_the_state_that_was_said_is_unknown_and_suggests_where_it_is()
    {
        var understood = Read("conferences in Munich, Ohio");

        understood.Places.ShouldBeEmpty();
        understood.UnknownPlaces.Single().Text.ShouldBe("Munich, Ohio");
        understood.UnknownPlaces.Single().Suggestions.Single().Name.ShouldBe("Munich");
    }

    [Theory]
    [InlineData("conferences not in Berlin", "")]
    [InlineData("python events except in Berlin or Munich", "python")]
    [InlineData("anything outside of Germany", "")]
    [InlineData("conferences not in Atlantis", "not in Atlantis")]
    [InlineData("不在北京的活动", "")]
    [InlineData("除了上海以外的Python活动", "Python")]
    [InlineData("除北京外的会议", "")]
    public void What_is_excluded_is_neither_a_place_nor_a_word_to_search_for(string question, string query)
    {
        var understood = Read(question);

        understood.Places.ShouldBeEmpty();
        understood.UnknownPlaces.ShouldBeEmpty();
        understood.Query.ShouldBe(query);
    }

    [Fact]
    public void What_is_excluded_does_not_take_away_where_else_it_was_asked_for()
    {
        Read("conferences in the UK except London").Places.Single().Name.ShouldBe("United Kingdom");
        Read("在不在北京").Places.Single().Name.ShouldBe("Beijing");
    }

    [Fact]
    public void Only_the_beginning_of_a_long_question_is_looked_at()
    {
        var understood = Read($"python in Berlin {new string('x', 31_900)} in Munich tomorrow");

        understood.Places.Single().Name.ShouldBe("Berlin");
        understood.Dates.ShouldBeNull();
        understood.Query.Length.ShouldBeLessThan(1_000);
    }

    [Fact]
    public void No_text_whatever_is_an_error_and_every_span_lies_in_it()
    {
        var pieces = PhraseTable.Load("english.txt").Concat(PhraseTable.Load("chinese.txt")).SelectMany(row => row.Phrase.Split(' '))
            .Concat(["9999-99-99", "31 February", "99999 weeks", "in 9999 years", "9999 months ago", "29 Feb 2027", "\ud83d", "  ", ".", "的", "十", "0月0日", "Q9", "32/13"]).Distinct().ToArray();

        Prop.ForAll(Gen.Elements(pieces).ListOf().Select(words => string.Join(' ', words)).ToArbitrary(), question =>
        {
            var understood = Read(question);
            var spans = understood.Places.Select(place => place.Span).Concat(understood.UnknownPlaces.Select(place => place.Span))
                .Concat(understood.Dates is { } dates ? [dates.Span] : []);
            return spans.All(span => span.Start >= 0 && span.Start < span.End && span.End <= question.Length);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task A_question_is_read_by_the_clock_the_zone_and_the_organizations_places()
    {
        var organization = Guid.Parse("019a0000-0000-7000-8000-000000000001");
        var reading = new QuestionReading(new PlacesOf(organization), new StillClock(new DateTimeOffset(2026, 3, 31, 23, 30, 0, TimeSpan.Zero)));

        var inShanghai = await reading.ReadAsync(organization, "明天在柏林", "Asia/Shanghai", CancellationToken.None);
        var nowhere = await reading.ReadAsync(organization, "tomorrow in Berlin", "Not/AZone", CancellationToken.None);

        inShanghai.Places.Single().Name.ShouldBe("Berlin");
        inShanghai.Dates!.From.ShouldBe(new DateOnly(2026, 4, 2));
        nowhere.Dates!.From.ShouldBe(new DateOnly(2026, 4, 1));
    }

    private static UnderstoodQuestion Read(string question) => QuestionReader.Read(question, QuestionReading.Calendar(Wednesday, "Europe/Berlin"), Names);

    private static string Text(string question, TextSpan span) => question[span.Start..span.End];

    private sealed class StillClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private sealed class PlacesOf(Guid organization) : IPlaces
    {
        public Task<IPlaceNames> NamesAsync(Guid organizationId, CancellationToken cancellationToken)
        {
            organizationId.ShouldBe(organization);
            return Task.FromResult<IPlaceNames>(Names);
        }

        public Task<IReadOnlyList<Guid>> WithinAsync(Guid organizationId, IReadOnlyCollection<Guid> locationIds, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Guid>> NearAsync(Guid organizationId, double latitude, double longitude, double kilometres, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
