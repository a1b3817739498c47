using Evenkeel.Catalog.Events;
using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Questions;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Search;
using Evenkeel.Search.Catalogue;
using Evenkeel.Search.Catalogue.Handles;
using Evenkeel.Search.Catalogue.Meaning;
using Evenkeel.Tests.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search.Catalogue;

/// <summary>Searches with handles: what is understood, pages, and their end.</summary>
public sealed class EventSearchTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly Guid _organization = Guid.CreateVersion7();
    private readonly FixedCatalogue _catalogue = new();
    private EventWorld _world = null!;
    private EventSearch _search = null!;
    private SearchHandles _handles = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await EventWorld.StartAsync();
        _handles = new SearchHandles(_world.Database, new IdSource(_clock), _clock);
        _catalogue.Berlin = await _world.PlaceAsync(_organization, "Berlin", "city", null, "DE");
        var backends = new EventBackends(_world.Postgres, null!, _world.Options, NullLogger<EventBackends>.Instance);
        _search = new EventSearch(new PrepareSearch(_catalogue, _catalogue, new MeantPlaces(_catalogue), _world.Terms, _world.Database, _clock), backends, _handles, _catalogue, new CatalogueSize(_world.Database, _clock),
            new RankByMeaning(_world.Database, new WithoutModels(), Options.Create(new SearchOptions()), NullLogger<RankByMeaning>.Instance), _clock);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Pages_of_a_handle_stay_what_they_were_and_end_after_an_hour_and_at_the_tenants_border()
    {
        var events = Enumerable.Range(0, 25).Select(number => new MadeEvent { Title = "Chess", StartsOn = EventWorld.Today.AddDays(number) }).ToList();
        await _world.AddAsync(_organization, events);
        var first = await SearchedAsync(new SearchRequest { Query = "chess" });
        (first.Total, first.Items.Count, first.Backend).ShouldBe((25, 10, "postgresql"));
        first.Items[0].Score.ShouldBe(1);

        // Meanwhile the catalogue changes: one of the second page goes, and others come that would stand before it.
        _catalogue.Gone.Add(events[12].Id);
        await _world.ChangeAsync(_organization, "DELETE FROM catalogue_events WHERE id = @id", events[12].Id);
        await _world.AddAsync(_organization, [.. Enumerable.Range(0, 5).Select(_ => new MadeEvent { Title = "Chess chess" })]);
        (await SearchedAsync(new SearchRequest { Query = "chess" })).Total.ShouldBe(29);
        var second = (await _search.PageAsync(_organization, first.Handle, int.Parse(first.NextCursor!), 10, Ct)).Value!;
        var third = (await _search.PageAsync(_organization, first.Handle, int.Parse(second.NextCursor!), 10, Ct)).Value!;
        first.Items.Concat(second.Items).Concat(third.Items).Select(hit => hit.Event.Id).ShouldBe(events.Where(made => made != events[12]).Select(made => made.Id));
        third.NextCursor.ShouldBeNull();
        (await _search.EventsOfAsync(_organization, first.Handle, Ct)).Value!.Count.ShouldBe(25);

        foreach (var (organization, handle) in new[] { (Guid.CreateVersion7(), first.Handle), (_organization, "s_nonsense"), (_organization, $"s_{Guid.CreateVersion7():N}") })
        {
            (await _search.PageAsync(organization, handle, -1, 10, Ct)).Error!.Code.ShouldBe(ErrorCode.SearchHandleExpired);
        }

        _clock.Advance(TimeSpan.FromHours(1));
        (await _search.EventsOfAsync(_organization, first.Handle, Ct)).Error!.Code.ShouldBe(ErrorCode.SearchHandleExpired);
        (await _handles.ForgetExpiredAsync(DataScope.Organization(_organization), 100, Ct)).ShouldBe(2);
    }

    [Fact]
    public async Task What_is_understood_is_a_condition_that_fields_override_and_literal_leaves_out()
    {
        var (there, elsewhere) = (new MadeEvent { Title = "Jazz", LocationId = _catalogue.Berlin }, new MadeEvent { Title = "Jazz in berlin style" });
        await _world.AddAsync(_organization, there, elsewhere);

        var understood = await SearchedAsync(new SearchRequest { Query = "jazz in Berlin" });
        understood.Items.Select(hit => hit.Event.Id).ShouldBe([there.Id]);
        understood.Understood.Places.ShouldHaveSingleItem().Name.ShouldBe("Berlin");
        (await SearchedAsync(new SearchRequest { Query = "in Berlin" })).Items.ShouldHaveSingleItem().Event.Id.ShouldBe(there.Id);
        (await SearchedAsync(new SearchRequest { Query = "jazz in Berlin", Literal = true })).Total.ShouldBe(2);
        var overridden = await SearchedAsync(new SearchRequest { Query = "jazz in Berlin", Countries = ["fr"] });
        (overridden.Total, overridden.Understood.Places.Count).ShouldBe((0, 0));
        (await SearchedAsync(new SearchRequest { Location = "berlin", Query = "jazz" })).Total.ShouldBe(1);
        (await SearchedAsync(new SearchRequest { LocationIds = [_catalogue.Berlin] })).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_place_that_is_not_known_is_said_with_what_may_have_been_meant()
    {
        var error = (await _search.SearchAsync(_organization, new SearchRequest { Location = "Berln" }, Ct)).Error!;
        (error.Code, error.Fields[0].Field).ShouldBe((ErrorCode.LocationError, "location"));
        error.Fields[0].English.ShouldContain("Berlin");
        error.Fields[0].Chinese.ShouldContain("柏林");

        foreach (var (field, request) in new (string, SearchRequest)[]
        {
            ("location_ids", new() { LocationIds = [Guid.CreateVersion7()] }), ("limit", new() { Limit = 0 }), ("time_zone", new() { TimeZone = "Mars" }),
            ("to", new() { From = new DateOnly(2026, 2, 1), To = new DateOnly(2026, 1, 1) }), ("query", new() { Query = new string('x', 1_001) }),
        })
        {
            var refused = (await _search.SearchAsync(_organization, request, Ct)).Error!;
            (refused.Code, refused.Fields[0].Field).ShouldBe((ErrorCode.InvalidRequest, field));
        }
    }

    [Fact]
    public async Task A_turn_that_is_restricted_gets_nothing_else_and_all_of_it_where_its_words_fit_none()
    {
        var events = Enumerable.Range(0, 4).Select(number => new MadeEvent { Title = $"Opera {number}" }).ToList();
        await _world.AddAsync(_organization, events);
        Guid[] only = [events[0].Id, events[2].Id];

        Task<EventFinding> Ask(string text, IReadOnlyList<Guid>? ids) =>
            _search.FindAsync(new EventQuery { OrganizationId = _organization, Text = text, OnlyEvents = ids }, Ct);
        (await Ask("opera", only)).Hits.Select(hit => hit.Event.Id).ShouldBe(only, ignoreOrder: true);
        (await Ask("which is cheapest", only)).Hits.Select(hit => hit.Event.Id).ShouldBe(only, ignoreOrder: true);
        (await Ask("opera", [])).Hits.ShouldBeEmpty();
        (await Ask("opera", null)).ShouldSatisfyAllConditions(
            finding => finding.Total.ShouldBe(4), finding => finding.Hits[0].Reason.ShouldBe("words"), finding => finding.Backend.ShouldBe("postgresql"));
        (await _search.HasEventsAsync(_organization, Ct)).ShouldBeTrue();
        (await _search.HasEventsAsync(Guid.CreateVersion7(), Ct)).ShouldBeFalse();
    }

    private async Task<SearchResponse> SearchedAsync(SearchRequest request)
    {
        var result = await _search.SearchAsync(_organization, request, Ct);
        return result.TryGet(out var response, out var error) ? response : throw new InvalidOperationException(error.Code);
    }

    /// <summary>A catalogue that knows one city, and questions that say "in Berlin".</summary>
    private sealed class FixedCatalogue : IPlaces, IPlaceNames, IQuestionReading, ICatalogueEvents
    {
        public Guid Berlin { get; set; }

        public HashSet<Guid> Gone { get; } = [];

        public int MostWords => 1;

        public int MostCharacters => 2;

        private KnownPlace Place => new() { LocationId = Berlin, Name = "Berlin", ChineseName = "柏林", Kind = "city", Weight = 1 };

        public Task<IPlaceNames> NamesAsync(Guid organizationId, CancellationToken cancellationToken) => Task.FromResult<IPlaceNames>(this);

        public IReadOnlyList<KnownPlace> Named(string folded) => folded == "berlin" ? [Place] : [];

        public IReadOnlyList<Guid> Within(KnownPlace place) => [];

        public IReadOnlyList<KnownPlace> Similar(string folded, int most) => folded == "berln" ? [Place] : [];

        public Task<IReadOnlyList<Guid>> WithinAsync(Guid organizationId, IReadOnlyCollection<Guid> locationIds, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The index knows what contains what.");

        public Task<IReadOnlyList<Guid>> NearAsync(Guid organizationId, double latitude, double longitude, double kilometres, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nobody asks for what is near.");

        public Task<UnderstoodQuestion> ReadAsync(Guid organizationId, string text, string timeZone, CancellationToken cancellationToken)
        {
            var start = text.IndexOf("in Berlin", StringComparison.Ordinal);
            return Task.FromResult(new UnderstoodQuestion
            {
                Query = start < 0 ? text : text[..start].Trim(),
                Places = start < 0 ? [] : [new UnderstoodPlace { Text = "in Berlin", Span = new TextSpan(start, text.Length), LocationId = Berlin, Name = "Berlin", Kind = "city", Others = [] }],
                UnknownPlaces = [],
            });
        }

        public Task<IReadOnlyList<CatalogueEvent>> ReadAsync(Guid organizationId, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<CatalogueEvent>>([.. ids.Where(id => !Gone.Contains(id)).Select(id => new CatalogueEvent
            {
                Id = id, Key = "", Title = "", Description = "", StartsAt = default, EndsAt = default, AllDay = true, StartsOn = default, EndsOn = default, TimeZone = "Etc/UTC",
                Virtual = false, Categories = [], Languages = [], CreatedAt = default, UpdatedAt = default,
            })]);
    }
}
