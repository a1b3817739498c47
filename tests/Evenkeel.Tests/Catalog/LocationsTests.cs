using System.Net;
using Evenkeel.Catalog.Locations;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Tests.Knowledge;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog;

public sealed class LocationsTests(CatalogFixture fixture) : IClassFixture<CatalogFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Places_are_listed_by_name_and_found_by_any_of_their_names()
    {
        var account = await fixture.Server.RegisterAsync();
        var country = await account.Http.AddLocationAsync("Deutschland", "country");
        var city = await account.Http.AddLocationAsync(new SaveLocationRequest
        {
            Name = "München", Kind = "city", ParentId = country.Id, Aliases = ["Munich", "慕尼黑", "MUNCHEN", " munich "], Latitude = 48.1, Longitude = 11.6, TimeZone = "Europe/Berlin",
        });
        await account.Http.AddLocationAsync("Aachen", "city", country.Id);

        country.CountryCode.ShouldBe("DE");
        (city.CountryCode, city.ParentName, city.EventCount).ShouldBe(("DE", "Deutschland", 0));
        city.Aliases.ShouldBe(["Munich", "慕尼黑"]);
        foreach (var query in new[] { "q=munch", "q=慕尼", "q=MUNIC", "kind=city&limit=1&cursor=" + (await account.Http.GetAsync<Page<Location>>("/api/v1/locations?kind=city&limit=1")).NextCursor })
        {
            (await account.Http.GetAsync<Page<Location>>($"/api/v1/locations?{query}")).Items.ShouldHaveSingleItem().Id.ShouldBe(city.Id);
        }

        (await account.Http.GetAsync<Page<Location>>("/api/v1/locations")).Items.Select(item => item.Name).ShouldBe(["Aachen", "Deutschland", "München"]);
        (await account.Http.GetAsync<Page<Location>>("/api/v1/locations?q=%25")).Items.Count.ShouldBe(3, "a percent sign is no part of a name");
        var renamed = await (await account.Http.PutAsync($"/api/v1/locations/{city.Id}", new SaveLocationRequest { Name = "Monaco di Baviera", Kind = "city", CountryCode = "DE" })).ReadAsync<Location>();
        renamed.ParentId.ShouldBeNull();
        var names = await fixture.Server.Services.GetRequiredService<IPlaces>().NamesAsync(account.SignedIn.Organization.Id, Cancelled);
        names.Named("monaco di baviera").ShouldHaveSingleItem().LocationId.ShouldBe(city.Id);
        names.Named("munich")[0].LocationId.ShouldBeNull();
    }

    [Fact]
    public async Task A_field_that_is_not_right_is_named()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var france = await http.AddLocationAsync("France", "country");
        var region = await http.AddLocationAsync("Bretagne", "region", france.Id);
        var inner = await http.AddLocationAsync("Finistère", "region", region.Id);

        foreach (var (field, request) in new (string, SaveLocationRequest)[]
        {
            ("name", new() { Kind = "city" }), ("name", new() { Name = "!!!", Kind = "city" }), ("kind", new() { Name = "X", Kind = "planet" }), ("kind", new() { Name = "X" }),
            ("country_code", new() { Name = "X", Kind = "city", CountryCode = "ZZ" }), ("country_code", new() { Name = "X", Kind = "city", CountryCode = "DE", ParentId = france.Id }),
            ("latitude", new() { Name = "X", Kind = "city", Latitude = 91, Longitude = 0 }), ("longitude", new() { Name = "X", Kind = "city", Latitude = 1 }),
            ("time_zone", new() { Name = "X", Kind = "city", TimeZone = "CET+1" }), ("aliases", new() { Name = "X", Kind = "city", Aliases = [.. Enumerable.Repeat("a", 101)] }),
            ("parent_id", new() { Name = "X", Kind = "country", ParentId = france.Id }), ("parent_id", new() { Name = "X", Kind = "city", ParentId = Guid.Empty }),
        })
        {
            await (await http.PostAsync("/api/v1/locations", request)).ShouldRefuseFieldAsync(field);
        }

        await (await http.PutAsync($"/api/v1/locations/{region.Id}", new SaveLocationRequest { Name = "Bretagne", Kind = "region", ParentId = inner.Id })).ShouldRefuseFieldAsync("parent_id");
        await (await http.PutAsync($"/api/v1/locations/{region.Id}", new SaveLocationRequest { Name = "Bretagne", Kind = "region", ParentId = region.Id })).ShouldRefuseFieldAsync("parent_id");
        await (await http.GetAsync("/api/v1/locations?kind=planet", Cancelled)).ShouldRefuseFieldAsync("kind");
    }

    [Fact]
    public async Task Duplicates_become_names_of_one_place_with_their_events_and_venues()
    {
        var account = await fixture.Server.RegisterAsync();
        var http = account.Http;
        var kept = await http.AddLocationAsync("Kraków", "city");
        var other = await http.AddLocationAsync(new SaveLocationRequest { Name = "Cracow", Kind = "city", Aliases = ["克拉科夫"], TimeZone = "Europe/Warsaw", CountryCode = "PL", Latitude = 50.06, Longitude = 19.94 });
        var third = await http.AddLocationAsync("Krakow City", "city");
        var venue = await http.AddLocationAsync("ICE", "venue", other.Id);
        var atOther = await http.AddEventAsync(new SaveEventRequest { Title = "A", Starts = "2026-03-14", LocationId = other.Id });
        var atVenue = await http.AddEventAsync(new SaveEventRequest { Title = "B", Starts = "2026-03-14", LocationId = venue.Id });
        (await FoundAsync(http, new SearchRequest { LocationIds = [other.Id] })).ShouldBe([atOther.Id, atVenue.Id], ignoreOrder: true);

        var merged = await (await http.MergeAsync(kept.Id, other.Id, third.Id)).ReadAsync<Location>();

        merged.Aliases.ShouldBe(["Cracow", "克拉科夫", "Krakow City"]);
        (merged.Name, merged.EventCount, merged.CountryCode, merged.TimeZone, merged.Latitude).ShouldBe(("Kraków", 2, "PL", "Europe/Warsaw", 50.06));
        (await http.GetAsync<Location>($"/api/v1/locations/{venue.Id}")).ParentId.ShouldBe(kept.Id);
        (await http.GetAsync<CatalogueEvent>($"/api/v1/events/{atOther.Id}")).Location!.Id.ShouldBe(kept.Id);
        await (await http.GetAsync($"/api/v1/locations/{other.Id}", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        (await FoundAsync(http, new SearchRequest { LocationIds = [kept.Id] })).ShouldBe([atOther.Id, atVenue.Id], ignoreOrder: true);
        var placed = await fixture.Server.Services.GetRequiredService<IPlaceLocations>()
            .PlaceAsync(account.SignedIn.Organization.Id, [new NamedPlace { City = "Cracow", Country = "Poland" }], dryRun: false, Cancelled);
        placed.Values.ShouldHaveSingleItem().ShouldBe(new PlacedLocation(kept.Id, "Europe/Warsaw", false));
    }

    [Fact]
    public async Task A_merge_that_makes_no_sense_changes_nothing()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var outer = await http.AddLocationAsync("Outer", "region");
        var inner = await http.AddLocationAsync("Inner", "region", outer.Id);
        var city = await http.AddLocationAsync("City", "city", inner.Id);

        foreach (var others in new Guid[][] { [], [inner.Id], [outer.Id], [city.Id], [Guid.Empty] })
        {
            await (await http.MergeAsync(inner.Id, others)).ShouldRefuseFieldAsync("location_ids");
        }

        await (await http.MergeAsync(Guid.Empty, city.Id)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        (await http.GetAsync<Page<Location>>("/api/v1/locations")).Items.Count.ShouldBe(3);
        (await (await http.MergeAsync(outer.Id, inner.Id)).ReadAsync<Location>()).ParentId.ShouldBeNull();
        (await http.GetAsync<Location>($"/api/v1/locations/{city.Id}")).ParentId.ShouldBe(outer.Id);
    }

    [Fact]
    public async Task The_events_of_a_deleted_place_stay_and_whoever_searches_is_told()
    {
        var account = await fixture.Server.RegisterAsync();
        var http = account.Http;
        var country = await http.AddLocationAsync("Italy", "country");
        var city = await http.AddLocationAsync("Rome", "city", country.Id);
        var venue = await http.AddLocationAsync("Hall", "venue", city.Id);
        var atCity = await http.AddEventAsync(new SaveEventRequest { Title = "A", Starts = "2026-03-14", LocationId = city.Id });
        var atVenue = await http.AddEventAsync(new SaveEventRequest { Title = "B", Starts = "2026-03-14", LocationId = venue.Id });
        (await FoundAsync(http, new SearchRequest { Query = "rome", Literal = true })).ShouldBe([atCity.Id, atVenue.Id], ignoreOrder: true);

        (await http.DeleteAsync($"/api/v1/locations/{city.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await http.GetAsync<CatalogueEvent>($"/api/v1/events/{atCity.Id}")).Location.ShouldBeNull();
        (await http.GetAsync<CatalogueEvent>($"/api/v1/events/{atVenue.Id}")).Location!.Country.ShouldBe("Italy");
        (await http.GetAsync<Location>($"/api/v1/locations/{venue.Id}")).ParentId.ShouldBe(country.Id);
        (await FoundAsync(http, new SearchRequest { Query = "rome", Literal = true })).ShouldBeEmpty();
        (await FoundAsync(http, new SearchRequest { LocationIds = [country.Id] })).ShouldBe([atVenue.Id]);
        (await http.PutAsync($"/api/v1/locations/{country.Id}", new SaveLocationRequest { Name = "Italia", Kind = "country" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await FoundAsync(http, new SearchRequest { Query = "italia", Literal = true })).ShouldBe([atVenue.Id]);
    }

    private static async Task<IReadOnlyList<Guid>> FoundAsync(HttpClient http, SearchRequest request) =>
        [.. (await (await http.PostAsync("/api/v1/search", request)).ReadAsync<SearchResponse>()).Items.Select(hit => hit.Event.Id)];
}
