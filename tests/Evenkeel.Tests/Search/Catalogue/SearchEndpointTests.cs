using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Evenkeel.Catalog.Locations.Gazetteer;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Errors;
using Evenkeel.Tests.Catalog;
using Evenkeel.Tests.Catalog.Import;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Search.Catalogue;

/// <summary>The search of events as clients see it.</summary>
public sealed class SearchEndpointTests(CatalogFixture fixture) : IClassFixture<CatalogFixture>
{
    // Years away, so that no clock makes them past.
    private const string Events =
        """
        [
          {"key":"1","title":"Kotlin Day","starts":"2097-03-14","ends":"2097-03-16","location":{"city":"Munich","country":"Germany"},"categories":["kotlin"]},
          {"key":"2","title":"Kotlin Night","starts":"2097-03-20","location":{"city":"Nuremberg","country":"Germany"},"categories":["kotlin","night"]},
          {"key":"3","title":"Kotlin Week","starts":"2097-04-02","ends":"2097-04-05","location":{"city":"Berlin","country":"Germany"},"categories":["kotlin"]},
          {"key":"4","title":"Kotlin Fjord","starts":"2097-04-10","location":{"city":"Oslo","country":"Norway"},"virtual":true},
          {"key":"5","title":"Kotlin Everywhere","starts":"2097-05-05","virtual":true},
          {"key":"6","title":"Kotlin Coast","starts":"2097-05-20","location":{"city":"San Diego, CA","country":"USA"}},
          {"key":"7","title":"Kotlin Ranch","starts":"2097-05-21","location":{"city":"Austin, TX","country":"USA"}},
          {"key":"8","title":"Kotlin Tea","starts":"2097-06-01","location":{"city":"Hangzhou","country":"China"}}
        ]
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("conferences in Bavaria", "Kotlin Day, Kotlin Night")]
    [InlineData("巴伐利亚的会议", "Kotlin Day, Kotlin Night")]
    [InlineData("kotlin in California", "Kotlin Coast")]
    [InlineData("加州或德州的活动", "Kotlin Coast, Kotlin Ranch")]
    [InlineData("events in Scandinavia", "Kotlin Fjord")]
    [InlineData("欧洲的会议", "Kotlin Day, Kotlin Night, Kotlin Week, Kotlin Fjord")]
    [InlineData("conferences in Asia", "Kotlin Tea")]
    [InlineData("浙江的活动", "Kotlin Tea")]
    [InlineData("in Berlin or Scandinavia", "Kotlin Week, Kotlin Fjord")]
    [InlineData("conferences in Africa", "")]
    [InlineData("conferences in Saxony", "")]
    [InlineData("kotlin not in Berlin in April 2097", "Kotlin Week, Kotlin Fjord")]
    public async Task A_region_or_continent_finds_what_is_in_its_cities(string query, string titles)
    {
        var account = await fixture.Server.RegisterAsync();
        await account.Http.ImportAsync("events.json", Events);

        var found = await SearchAsync(account.Http, new SearchRequest { Query = query });

        string.Join(", ", found.Items.OrderBy(hit => hit.Event.StartsOn).Select(hit => hit.Event.Title)).ShouldBe(titles);
        if (titles.Length > 0 && found.Understood.Places is [{ LocationId: null, Kind: "region" } place])
        {
            (await SearchAsync(account.Http, new SearchRequest { Location = place.Name })).Total.ShouldBe(found.Total, "by the field as by words");
        }
    }

    [Fact]
    public async Task A_region_that_the_catalogue_has_itself_finds_its_own_and_those_of_its_cities()
    {
        var account = await fixture.Server.RegisterAsync();
        await account.Http.ImportAsync("events.json", Events);
        var bavaria = await account.Http.AddLocationAsync("Bayern", "region");
        var hamlet = await account.Http.AddLocationAsync("Hinterdupfing", "city", bavaria.Id);
        await account.Http.AddEventAsync(new SaveEventRequest { Title = "Kotlin Alm", Starts = "2097-07-01", LocationId = hamlet.Id });

        var found = await SearchAsync(account.Http, new SearchRequest { Query = "conferences in Bavaria" });

        found.Items.Select(hit => hit.Event.Title).ShouldBe(["Kotlin Day", "Kotlin Night", "Kotlin Alm"]);
        found.Understood.Places.ShouldHaveSingleItem().LocationId.ShouldBe(bavaria.Id);
    }

    [Fact]
    public async Task Results_are_counted_by_facet_and_paged_alike_whatever_changes_until_the_handle_ends()
    {
        var account = await fixture.Server.RegisterAsync();
        await account.Http.ImportAsync("events.json", Events);
        var first = await SearchAsync(account.Http, new SearchRequest { Query = "kotlin", Limit = 3 });

        (first.Total, first.Backend, first.Warnings.Count).ShouldBe((8, "postgresql", 0));
        Values(first.Facets.Categories).ShouldBe("kotlin 3, night 1");
        Values(first.Facets.Countries).ShouldBe("DE 3, US 2, CN 1, NO 1");
        first.Facets.Countries[0].Label.ShouldBe("Germany");
        Values(first.Facets.Months).ShouldBe("2097-03 2, 2097-04 2, 2097-05 3, 2097-06 1");
        Values(first.Facets.Virtual).ShouldBe("true 2, false 7");
        var narrowed = await SearchAsync(account.Http, new SearchRequest { Query = "kotlin", Categories = ["Kotlin"], Countries = ["de"], From = new DateOnly(2097, 4, 1), Virtual = false });
        narrowed.Items.ShouldHaveSingleItem().Event.Title.ShouldBe("Kotlin Week");

        await account.Http.ImportAsync("more.json", Events.Replace("Kotlin", "Kotlin kotlin", StringComparison.Ordinal).Replace("\"key\":\"", "\"key\":\"more", StringComparison.Ordinal));
        (await SearchAsync(account.Http, new SearchRequest { Query = "kotlin" })).Total.ShouldBe(16);
        var titles = first.Items.Select(hit => hit.Event.Title).ToList();
        for (var cursor = first.NextCursor; cursor is not null;)
        {
            var page = await account.Http.GetAsync<SearchPage>($"/api/v1/search/{first.Handle}?cursor={cursor}&limit=3");
            titles.AddRange(page.Items.Select(hit => hit.Event.Title));
            cursor = page.NextCursor;
        }

        titles.ShouldBe(["Kotlin Day", "Kotlin Night", "Kotlin Week", "Kotlin Fjord", "Kotlin Everywhere", "Kotlin Coast", "Kotlin Ranch", "Kotlin Tea"]);
        var stranger = await fixture.Server.RegisterAsync();
        await (await stranger.Http.GetAsync(Page(first.Handle), Stop)).ShouldFailAsync(HttpStatusCode.Gone, ErrorCode.SearchHandleExpired);
        (await fixture.Server.Http.GetAsync(Page(first.Handle), Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await (await account.Http.GetAsync(Page("nonsense"), Stop)).ShouldFailAsync(HttpStatusCode.Gone, ErrorCode.SearchHandleExpired);
        await Chat.ChatDriving.ChangeAsync(fixture.Server.Database, "UPDATE search_handles SET expires_at = now() WHERE organization_id = $1", account.SignedIn.Organization.Id);
        await (await account.Http.GetAsync(Page(first.Handle), Stop)).ShouldFailAsync(HttpStatusCode.Gone, ErrorCode.SearchHandleExpired);
    }

    [Fact]
    public async Task A_manager_makes_the_index_anew_and_sees_how_far_it_is_and_a_member_does_neither()
    {
        var account = await fixture.Server.RegisterAsync();
        await account.Http.ImportAsync("events.json", Events);
        await SearchAsync(account.Http, new SearchRequest { Query = "kotlin" });
        (await account.Http.GetAsync<SearchRebuild>("/api/v1/search/rebuild")).Status.ShouldBe("none");

        var begun = await (await account.Http.PostAsync("/api/v1/search/rebuild", new { })).ReadAsync<SearchRebuild>(HttpStatusCode.Accepted);
        begun.Total.ShouldBe(8);
        begun.StartedAt.ShouldNotBeNull();
        var done = await Eventually.SeeAsync("the new index", async () =>
        {
            (await SearchAsync(account.Http, new SearchRequest { Query = "kotlin" })).Total.ShouldBe(8, "searched all the time");
            var state = await account.Http.GetAsync<SearchRebuild>("/api/v1/search/rebuild");
            return state.Status == "done" ? state : null;
        });
        (done.Done, done.Total, done.FinishedAt is null).ShouldBe((8, 8, false));

        var member = await account.AsMemberAsync(fixture.Server);
        (await member.PostAsync("/api/v1/search/rebuild", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await member.GetAsync(new Uri("/api/v1/search/rebuild", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SearchAsync(member, new SearchRequest { Query = "kotlin" })).Total.ShouldBe(8);
    }

    [Fact]
    public async Task While_elasticsearch_is_down_the_database_answers_with_a_warning_and_the_health_says_so()
    {
        await using var elasticsearch = await FakeElasticsearch.StartAsync();
        await using var server = await TestServer.StartAsync(new() { ["Search:Backend"] = "elasticsearch", ["Search:Elasticsearch:Url"] = elasticsearch.Url });
        var account = await server.RegisterAsync();
        await account.Http.ImportAsync("events.json", Events);
        var query = new SearchRequest { Query = "kotlin in Bavaria" };
        var indexed = await Eventually.SeeAsync("the index", async () => await SearchAsync(account.Http, query) is { Backend: "elasticsearch", Total: 2 } found ? found : null);
        indexed.Warnings.ShouldBeEmpty();
        (await HealthAsync(account)).ShouldBe("ok");

        elasticsearch.IsDown = true;
        var without = await SearchAsync(account.Http, query);
        (without.Backend, without.Total).ShouldBe(("postgresql", 2));
        without.Warnings.ShouldBe(["elasticsearch_unavailable"]);
        without.Items.Select(hit => hit.Event.Id).ShouldBe(indexed.Items.Select(hit => hit.Event.Id));
        await Eventually.HoldAsync("the health", async () => await HealthAsync(account) == "degraded");
        elasticsearch.Refusals.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_first_search_needs_is_made_ready_after_the_start_where_there_is_a_catalogue()
    {
        await using var server = await TestServer.StartAsync();
        var account = await server.RegisterAsync();
        await using (var empty = await TestServer.StartAsync(database: server.Database))
        {
            empty.Services.GetRequiredService<WellKnownPlaces>().IsLoaded.ShouldBeFalse();
        }

        await account.Http.ImportAsync("events.json", Events);
        await SearchAsync(account.Http, new SearchRequest { Query = "kotlin" });
        await using var next = await TestServer.StartAsync(database: server.Database);
        await Eventually.HoldAsync("the gazetteer", () => Task.FromResult(next.Services.GetRequiredService<WellKnownPlaces>().IsLoaded));
    }

    private static async Task<SearchResponse> SearchAsync(HttpClient http, SearchRequest request) =>
        await (await http.PostAsync("/api/v1/search", request)).ReadAsync<SearchResponse>();

    private static Uri Page(string handle) => new($"/api/v1/search/{handle}", UriKind.Relative);

    private static string Values(IEnumerable<FacetValue> values) => string.Join(", ", values.Select(value => $"{value.Value} {value.Count}"));

    private static async Task<string> HealthAsync(TestAccount account)
    {
        using var response = await account.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), Stop);
        var checks = (await response.Content.ReadFromJsonAsync<JsonObject>(Stop))!["checks"]!.AsArray();
        return checks.Single(check => check!["name"]!.GetValue<string>() == "elasticsearch")!["status"]!.GetValue<string>();
    }
}
