using Evenkeel.Search.Catalogue;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search.Catalogue;

/// <summary>What every backend of events does.</summary>
public abstract class EventBackendConformance
{
    private protected abstract EventWorld World { get; }

    private protected abstract IEventBackend Backend { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_in_both_languages_find_events_and_those_in_the_title_tell_most()
    {
        var organization = Guid.CreateVersion7();
        var germany = await World.PlaceAsync(organization, "Germany", "country", null, "DE", "德国");
        var berlin = await World.PlaceAsync(organization, "Berlin", "city", germany, "DE", "柏林");
        var described = new MadeEvent { Title = "Autumn gathering", Description = "Talks about databases of all kinds." };
        var titled = new MadeEvent { Title = "Database days", LocationId = berlin, Categories = ["postgresql"] };
        var chinese = new MadeEvent { Title = "人工智能开发者峰会", Description = "关于机器学习的讨论。" };
        var german = new MadeEvent { Title = "Treffen der Entwickler", Description = "Die Sprachen und die Werkzeuge für die Entwicklung mit der Gemeinschaft." };
        await World.AddAsync(organization, described, titled, chinese, german);
        await SettleAsync(organization);

        (await FindAsync(organization, "database")).ShouldBe([titled.Id, described.Id]);
        (await FindAsync(organization, "talking of databases")).ShouldBe([described.Id], "all words where an event has them");
        (await FindAsync(organization, "databases zebra")).ShouldBe([titled.Id, described.Id], "any where none has");
        (await FindAsync(organization, "show me events about databases")).ShouldBe([titled.Id, described.Id], "what says nothing of an event is no word");
        (await FindAsync(organization, "柏林")).ShouldBe([titled.Id]);
        (await FindAsync(organization, "postgresql germany")).ShouldBe([titled.Id]);
        (await FindAsync(organization, "人工智能")).ShouldBe([chinese.Id]);
        (await FindAsync(organization, "有没有机器学习的活动")).ShouldBe([chinese.Id]);
        (await FindAsync(organization, "zebra")).ShouldBeEmpty();

        var matches = await Backend.SearchAsync(await World.ConditionsAsync(organization, "database"), Ct);
        (matches.Backend, matches.Scores[0], matches.Scores[1] < 1).ShouldBe((Backend.Name, 1f, true));
    }

    [Fact]
    public async Task The_soonest_comes_first_and_what_is_over_last_unless_only_that_is_asked_for()
    {
        var organization = Guid.CreateVersion7();
        var past = new MadeEvent { Title = "Past", StartsOn = EventWorld.Today.AddDays(-5), Days = 2 };
        var running = new MadeEvent { Title = "Running", StartsOn = EventWorld.Today.AddDays(-3), Days = 10 };
        var next = new MadeEvent { Title = "Next", StartsOn = EventWorld.Today.AddDays(1) };
        await World.AddAsync(organization, next, past, running);
        await SettleAsync(organization);

        (await FindAsync(organization)).ShouldBe([running.Id, next.Id, past.Id]);
        var dated = await World.ConditionsAsync(organization) with { From = EventWorld.Today.AddDays(-30), To = EventWorld.Today };
        (await Backend.SearchAsync(dated, Ct)).EventIds.ShouldBe([running.Id, past.Id], "the days begin before today and reach it");
        (await Backend.SearchAsync(dated with { To = EventWorld.Today.AddDays(-1) }, Ct)).EventIds.ShouldBe([past.Id, running.Id], "nothing but the past is asked for");
        (await Backend.SearchAsync(dated with { From = EventWorld.Today, To = null }, Ct)).EventIds.ShouldBe([running.Id, next.Id]);
        var most = await Backend.SearchAsync(await World.ConditionsAsync(organization) with { Most = 1 }, Ct);
        (most.EventIds.Count, most.Total).ShouldBe((1, 3), "all are counted");
    }

    [Fact]
    public async Task What_is_over_comes_last_however_well_its_words_fit()
    {
        var organization = Guid.CreateVersion7();
        var over = Enumerable.Range(1, 3).Select(number => new MadeEvent { Title = "Glass glass workshop", StartsOn = EventWorld.Today.AddDays(-10 * number) }).ToList();
        var (mentioned, titled) = (new MadeEvent { Title = "Craft days", Description = "Glass and other workshop." }, new MadeEvent { Title = "Glass workshop" });
        await World.AddAsync(organization, [.. over, mentioned, titled]);
        await SettleAsync(organization);
        var conditions = await World.ConditionsAsync(organization, "glass workshop");

        var all = await Backend.SearchAsync(conditions, Ct);
        all.EventIds.ShouldBe([titled.Id, mentioned.Id, over[2].Id, over[1].Id, over[0].Id]);
        (all.Upcoming, all.Scores.Max(), all.Scores[1] < all.Scores[0]).ShouldBe((2, 1f, true));
        all.Scores.ShouldAllBe(score => score > 0 && score <= 1);
        (await Backend.SearchAsync(conditions with { Most = 3 }, Ct)).ShouldSatisfyAllConditions(
            few => few.EventIds.ShouldBe(all.EventIds.Take(3)), few => few.Upcoming.ShouldBe(2), few => few.Total.ShouldBe(5));
        var year = conditions with { From = new DateOnly(EventWorld.Today.Year, 1, 1), To = new DateOnly(EventWorld.Today.Year, 12, 31) };
        (await Backend.SearchAsync(year, Ct)).EventIds.ShouldBe(all.EventIds);
        var past = await Backend.SearchAsync(year with { To = EventWorld.Today.AddDays(-1) }, Ct);
        past.EventIds.ShouldBe([over[2].Id, over[1].Id, over[0].Id]);
        past.Scores[0].ShouldBe(1);
    }

    [Fact]
    public async Task Conditions_alone_and_together_find_and_count_what_looking_at_every_event_does()
    {
        var organization = Guid.CreateVersion7();
        var made = await RandomEvents.FillAsync(World, organization, 300);
        await SettleAsync(organization);

        var found = 0;
        for (var round = 0; round < 80; round++)
        {
            var (conditions, expected) = await made.ConditionsAsync(World, round);
            var matches = await Backend.SearchAsync(conditions, Ct);

            matches.EventIds.Order().ShouldBe(expected.Select(fits => fits.Id).Order(), $"round {round}");
            matches.Total.ShouldBe(expected.Count);
            made.ShouldCount(matches.Facets, expected);
            var uncounted = await Backend.SearchAsync(conditions with { CountsFacets = false }, Ct);
            uncounted.EventIds.ShouldBe(matches.EventIds);
            (uncounted.Total, uncounted.Facets.Categories.Count + uncounted.Facets.Countries.Count + uncounted.Facets.Months.Count + uncounted.Facets.Virtual.Count)
                .ShouldBe((expected.Count, 0));
            found += expected.Count > 0 ? 1 : 0;
        }

        found.ShouldBeGreaterThan(30, "most rounds compare something");
    }

    [Fact]
    public async Task Nothing_outside_of_the_given_events_and_of_the_tenant_comes_out()
    {
        var (mine, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var events = Enumerable.Range(0, 6).Select(number => new MadeEvent { Title = $"Orchid show {number}" }).ToList();
        var foreign = new MadeEvent { Title = "Orchid orchid orchid" };
        await World.AddAsync(mine, events);
        await World.AddAsync(other, foreign);
        await SettleAsync(mine);
        await SettleAsync(other);

        var conditions = await World.ConditionsAsync(mine, "orchid");
        (await Backend.SearchAsync(conditions, Ct)).EventIds.ShouldBe(events.Select(made => made.Id), ignoreOrder: true);
        var only = new[] { events[1].Id, events[4].Id, foreign.Id, Guid.CreateVersion7() };
        var restricted = await Backend.SearchAsync(conditions with { OnlyEvents = only }, Ct);
        restricted.EventIds.ShouldBe([events[1].Id, events[4].Id], ignoreOrder: true);
        restricted.Total.ShouldBe(2);
        (await Backend.SearchAsync(conditions with { OnlyEvents = [] }, Ct)).EventIds.ShouldBeEmpty();
        (await Backend.SearchAsync(conditions with { LocationIds = [] }, Ct)).EventIds.ShouldBeEmpty();
        (await Backend.SearchAsync(await World.ConditionsAsync(other), Ct)).EventIds.ShouldBe([foreign.Id]);
    }

    [Fact]
    public async Task Changes_deletions_and_new_names_of_places_are_seen_and_nothing_is_left_waiting()
    {
        var organization = Guid.CreateVersion7();
        var country = await World.PlaceAsync(organization, "Lusitania", "country");
        var city = await World.PlaceAsync(organization, "Olisipo", "city", country);
        var (kept, gone) = (new MadeEvent { Title = "Fado evening", LocationId = city }, new MadeEvent { Title = "Fado lesson" });
        await World.AddAsync(organization, kept, gone);
        await SettleAsync(organization);
        (await FindAsync(organization, "fado")).Count.ShouldBe(2);

        await World.ChangeAsync(organization, "UPDATE catalogue_events SET title = 'Tango evening' WHERE id = @id", kept.Id);
        await World.ChangeAsync(organization, "DELETE FROM catalogue_events WHERE id = @id", gone.Id);
        await World.ChangeAsync(organization, "UPDATE locations SET name = 'Portugal', country_code = 'PT' WHERE id = @id", country);
        await SettleAsync(organization);

        (await FindAsync(organization, "fado")).ShouldBeEmpty();
        (await FindAsync(organization, "tango portugal")).ShouldBe([kept.Id]);
        (await Backend.SearchAsync(await World.ConditionsAsync(organization) with { Countries = ["PT"] }, Ct)).Facets.Countries
            .ShouldHaveSingleItem().Label.ShouldBe("Portugal");
        (await World.WaitingAsync(organization, "catalogue_changes")).ShouldBe(0);
        (await World.WaitingAsync(organization, "elasticsearch_changes")).ShouldBe(0);
    }

    [Fact]
    public async Task A_change_that_is_being_written_while_the_one_before_is_taken_in_is_not_forgotten()
    {
        var organization = Guid.CreateVersion7();
        var made = new MadeEvent { Title = "First" };
        await World.AddAsync(organization, made);
        await using (var writing = await World.Database.BeginAsync(Evenkeel.Platform.Data.DataScope.Organization(organization), Ct))
        {
            await Dapper.SqlMapper.ExecuteAsync(writing.Connection, "UPDATE catalogue_events SET title = 'Second' WHERE id = @Id", made, writing.Transaction);
            await World.Postgres.ApplyChangesAsync(organization, Ct);
            await writing.CommitAsync(Ct);
        }

        await SettleAsync(organization);
        (await FindAsync(organization, "second")).ShouldBe([made.Id]);
        (await FindAsync(organization, "first")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_index_is_made_anew_beside_the_one_that_is_searched_whatever_changes_meanwhile()
    {
        var organization = Guid.CreateVersion7();
        var events = Enumerable.Range(0, 1_100).Select(number => new MadeEvent { Title = $"Meeting {number}" }).ToList();
        await World.AddAsync(organization, events);
        await SettleAsync(organization);

        (await Backend.StartRebuildAsync(organization, Ct)).IsRunning.ShouldBeTrue();
        (await Backend.StartRebuildAsync(organization, Ct)).Total.ShouldBe(1_100, "one under way is not begun again");
        var steps = 0;
        while (await Backend.ContinueRebuildAsync(organization, Ct))
        {
            (await Backend.SearchAsync(await World.ConditionsAsync(organization), Ct)).Total.ShouldBe(1_100 - steps, "searched all the time");
            // One that is in the new index already, one that is not yet.
            await World.ChangeAsync(organization, "DELETE FROM catalogue_events WHERE id = @id", events[steps].Id);
            await World.ChangeAsync(organization, "UPDATE catalogue_events SET title = 'Changed' WHERE id = @id", events[^(steps + 1)].Id);
            await ApplyAsync(organization);
            steps++;
        }

        steps.ShouldBe(3);
        var state = await Backend.RebuildStateAsync(organization, Ct);
        (state.IsRunning, state.FinishedAt is null).ShouldBe((false, false));
        (await Backend.SearchAsync(await World.ConditionsAsync(organization), Ct)).Total.ShouldBe(1_097);
        (await FindAsync(organization, "changed")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Several_processes_take_in_changes_at_once()
    {
        var organization = Guid.CreateVersion7();
        await World.AddAsync(organization, [.. Enumerable.Range(0, 1_200).Select(number => new MadeEvent { Title = $"Meeting {number}" })]);

        (await World.States.WaitingAsync(organization, Ct)).ShouldBe(1_200);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SettleAsync(organization)));
        await SettleAsync(organization);
        (await World.States.WaitingAsync(organization, Ct)).ShouldBe(0, "in step with the catalogue");

        (await Backend.SearchAsync(await World.ConditionsAsync(organization), Ct)).Total.ShouldBe(1_200);
    }

    private protected async Task<IReadOnlyList<Guid>> FindAsync(Guid organization, string words = "") =>
        (await Backend.SearchAsync(await World.ConditionsAsync(organization, words), Ct)).EventIds;

    /// <summary>Does what the loop does, until nothing is left.</summary>
    private protected async Task SettleAsync(Guid organization)
    {
        await ApplyAsync(organization);
        while (await Backend.ContinueRebuildAsync(organization, Ct))
        {
        }

        await ApplyAsync(organization);
    }

    private protected virtual async Task ApplyAsync(Guid organization)
    {
        while (await World.Postgres.ApplyChangesAsync(organization, Ct) + await Backend.ApplyChangesAsync(organization, Ct) > 0)
        {
        }
    }
}
