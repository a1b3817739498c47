using System.Globalization;
using System.Text.Json.Nodes;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Host.Server.Demo;
using Evenkeel.Tests.Catalog.Import;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Host;

/// <summary>What a newcomer finds in the demo account's catalogue.</summary>
public sealed class DemoCatalogueTests
{
    private const string Events = "/api/v1/events?limit=100";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_can_be_searched_and_asked_about_after_the_first_start_and_later_starts_bring_nothing_new_and_nothing_back()
    {
        await using var server = await TestServer.StartAsync();
        var stranger = await server.RegisterAsync();
        var demo = await StartAsync(server);

        var found = await Eventually.SeeAsync("the walk in Berlin", async () =>
            await (await demo.Http.PostAsync("/api/v1/search", new SearchRequest { Query = "lantern walk 柏林" })).ReadAsync<SearchResponse>() is { Total: > 0 } some ? some : null);
        found.Understood.Places.ShouldHaveSingleItem().Name.ShouldBe("Berlin");
        var walk = found.Items[0].Event;
        (walk.Title, walk.TimeZone, walk.Location!.CountryCode).ShouldBe(("Lantern Walk along the Spree", "Europe/Berlin", "DE"));
        var cities = (await demo.GetAsync<Page<Location>>("/api/v1/locations?kind=city&limit=100")).Items;
        cities.Count.ShouldBeGreaterThanOrEqualTo(8);
        cities.ShouldAllBe(city => city.Latitude != null && city.TimeZone != null && city.Aliases.Any(alias => alias[0] > '\u3000'));
        var answer = await demo.AskAsync("What is on next weekend?");
        answer.Meta!.Route.ShouldBe("catalogue");
        answer.Meta.Recommendations!.Select(one => one.Event.Title).ShouldContain("Weekend of Small Boats");
        (await demo.AskAsync("How do I resume a stream after a disconnect?")).Text.ShouldContain("after_seq");

        (await demo.Http.DeleteAsync(new Uri($"/api/v1/events/{walk.Id}", UriKind.Relative), Stop)).EnsureSuccessStatusCode();
        var left = (await demo.GetAsync<Page<CatalogueEvent>>(Events)).Items.Select(one => one.Id).ToList();
        left.Count.ShouldBeGreaterThan(30);
        demo = await StartAsync(server);
        (await demo.GetAsync<Page<CatalogueEvent>>(Events)).Items.Select(one => one.Id).ShouldBe(left);
        (await server.CountAsync(stranger, "catalogue_events")).ShouldBe(0);
    }

    [Fact]
    public void On_whatever_day_it_is_made_there_are_events_next_weekend_last_month_and_up_to_a_year_ahead()
    {
        for (var today = new DateOnly(2026, 3, 9); today < new DateOnly(2026, 3, 16); today = today.AddDays(1))
        {
            var days = JsonNode.Parse(DemoCatalogue.File(today))!.AsArray().Select(row => (Starts: Day(row!["starts"]!), Ends: Day(row["ends"]!))).ToList();

            days.Count(day => day.Starts <= new DateOnly(2026, 3, 22) && day.Ends >= new DateOnly(2026, 3, 21)).ShouldBeGreaterThan(3);
            days.Min(day => day.Starts).ShouldBe(new DateOnly(2026, 2, 13));
            days.Max(day => day.Ends).ShouldBe(new DateOnly(2027, 2, 28));
            days.ShouldAllBe(day => day.Starts <= day.Ends);
        }
    }

    /// <summary>What <c>serve --demo</c> does at every start, and the demo account signed in as its lines say.</summary>
    private static async Task<TestAccount> StartAsync(TestServer server)
    {
        var words = (await DemoAccount.EnsureAsync(server.Address, server.DataDirectory, server.Services, Stop)).Split(' ', '\n');
        using var login = await server.Http.PostAsync(
            "/auth/login", new LoginRequest { Email = words[Array.IndexOf(words, "as") + 1], Password = words[Array.IndexOf(words, "password") + 1] });
        return new TestAccount(null!, await login.ReadAsync<SignedInResponse>()).At(server.Address);
    }

    private static DateOnly Day(JsonNode moment) => DateOnly.ParseExact(moment.GetValue<string>()[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
