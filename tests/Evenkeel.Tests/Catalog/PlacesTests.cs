using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Locations.Gazetteer;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Models;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog;

public sealed class PlacesTests(CatalogFixture fixture) : IClassFixture<CatalogFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private IPlaces Names => fixture.Server.Services.GetRequiredService<IPlaces>();

    private IPlaceLocations Locations => fixture.Server.Services.GetRequiredService<IPlaceLocations>();

    [Fact]
    public async Task A_city_is_made_once_with_its_country_whatever_it_is_called()
    {
        var organization = fixture.NewOrganization();

        var placed = await PlaceAsync(
            organization, new() { City = "München", Country = "Deutschland" }, new() { City = "Munich", Country = "Germany" }, new() { City = "慕尼黑", Country = "德国" },
            new() { City = "Munich", Country = "DE", Venue = "Gasteig" }, new() { City = "Munich, Germany" }, new() { City = "Munich" });

        placed.Take(3).Concat(placed.Skip(4)).Select(one => one.LocationId).Distinct().Count().ShouldBe(1);
        placed.Select(one => one.TimeZone).ShouldAllBe(zone => zone == "Europe/Berlin");
        placed.Count(one => one.IsNew).ShouldBe(2);
        (await PlaceAsync(organization, new NamedPlace { City = "muenchen", Country = "Germany" }))[0].ShouldBe(placed[0] with { IsNew = false });
        var names = await Names.NamesAsync(organization, Cancelled);
        var city = names.Named("慕尼黑")[0];
        city.LocationId.ShouldBe(placed[0].LocationId);
        city.Name.ShouldBe("Munich");
        city.Country.ShouldBe("Germany");
        names.Named("munich").Count(one => one.CountryCode == "DE").ShouldBe(1);
        var country = names.Named("germany").ShouldHaveSingleItem();
        country.LocationId.ShouldBe(city.ParentId);
        (await Names.WithinAsync(organization, [country.LocationId!.Value], Cancelled)).ShouldBe(
            [country.LocationId.Value, placed[0].LocationId!.Value, placed[3].LocationId!.Value], ignoreOrder: true);
    }

    [Fact]
    public async Task States_and_countries_behind_a_comma_tell_cities_of_one_name_apart()
    {
        var placed = await PlaceAsync(
            fixture.NewOrganization(), new() { City = "Portland, OR", Country = "U.S.A." }, new() { City = "Portland, ME", Country = "USA" }, new() { City = "Paris, France" },
            new() { City = "Washington, D.C.", Country = "United States of America" }, new() { City = "Singapore", Country = "Singapore" }, new() { City = "London" });

        placed.Select(one => one.LocationId).Distinct().Count().ShouldBe(6);
        placed.Select(one => one.TimeZone).ShouldBe(
            ["America/Los_Angeles", "America/New_York", "Europe/Paris", "America/New_York", "Asia/Singapore", "Europe/London"]);
    }

    [Fact]
    public async Task Online_is_no_place_and_what_the_gazetteer_does_not_know_is_made_as_it_is_named()
    {
        var organization = fixture.NewOrganization();

        var placed = await PlaceAsync(
            organization, new() { City = "Online" }, new() { Venue = "线上" }, new() { Country = "  " }, new() { City = "Nürburgring", Country = "Germany" }, new() { City = "Germany" });

        placed.Take(3).ShouldAllBe(one => one == new PlacedLocation(null, null, false));
        placed[3].IsNew.ShouldBeTrue();
        placed[3].TimeZone.ShouldBe("Europe/Berlin");
        placed[4].IsNew.ShouldBeFalse();
        var names = await Names.NamesAsync(organization, Cancelled);
        names.Named("nurburgring").ShouldHaveSingleItem().ParentId.ShouldBe(placed[4].LocationId);
        names.Similar("nurburgrign", 3).ShouldHaveSingleItem().Name.ShouldBe("Nürburgring");
    }

    [Fact]
    public async Task A_dry_run_makes_nothing()
    {
        var organization = fixture.NewOrganization();

        var placed = await Locations.PlaceAsync(organization, [new NamedPlace { City = "Oslo" }], dryRun: true, Cancelled);

        placed.Values.ShouldHaveSingleItem().ShouldBe(new PlacedLocation(null, "Europe/Oslo", true));
        (await Names.NamesAsync(organization, Cancelled)).Named("oslo")[0].LocationId.ShouldBeNull();
    }

    [Fact]
    public async Task Imports_at_the_same_time_make_a_place_once()
    {
        var organization = fixture.NewOrganization();
        NamedPlace[] places = [new() { City = "Tallinn" }, new() { City = "Riga" }, new() { City = "Vilnius", Venue = "Litexpo" }];

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PlaceAsync(organization, places)));

        all.Select(placed => placed.Select(one => one.LocationId)).ShouldAllBe(placed => placed.SequenceEqual(all[0].Select(one => one.LocationId)));
        all.Sum(placed => placed.Count(one => one.IsNew)).ShouldBe(3);
    }

    [Fact]
    public async Task Near_finds_cities_around_and_the_venues_in_them_but_not_the_country()
    {
        var organization = fixture.NewOrganization();
        var placed = await PlaceAsync(
            organization, new() { City = "Paris", Venue = "Palais des Congrès" }, new() { City = "Versailles", Country = "France" }, new() { City = "Lyon" },
            new() { City = "Suva", Country = "Fiji" }, new() { Venue = "Buoy", Latitude = -17.5, Longitude = -179.9 });
        var paris = (await Names.NamesAsync(organization, Cancelled)).Named("paris")[0];

        var near = await Names.NearAsync(organization, paris.Latitude!.Value, paris.Longitude!.Value, 50, Cancelled);

        near.ShouldBe([paris.LocationId!.Value, placed[0].LocationId!.Value, placed[1].LocationId!.Value], ignoreOrder: true);
        (await Names.NearAsync(organization, -18.1, 179.9, 100, Cancelled)).ShouldBe([placed[4].LocationId!.Value]);
        (await Names.NearAsync(fixture.NewOrganization(), paris.Latitude.Value, paris.Longitude.Value, 50, Cancelled)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_by_another_process_is_seen_after_a_second()
    {
        var organization = fixture.NewOrganization();
        var clock = new ManualClock();
        var elsewhere = new Places(fixture.Server.Services.GetRequiredService<Database>(), new BuildPlaceNames(new WellKnownPlaces()), clock);
        (await elsewhere.NamesAsync(organization, Cancelled)).Named("utopolis").ShouldBeEmpty();

        await PlaceAsync(organization, new NamedPlace { City = "Utopolis" });

        (await elsewhere.NamesAsync(organization, Cancelled)).Named("utopolis").ShouldBeEmpty();
        clock.Advance(TimeSpan.FromSeconds(1));
        var seen = await elsewhere.NamesAsync(organization, Cancelled);
        seen.Named("utopolis").ShouldHaveSingleItem().LocationId.ShouldNotBeNull();
        clock.Advance(TimeSpan.FromSeconds(1));
        (await elsewhere.NamesAsync(organization, Cancelled)).ShouldBeSameAs(seen);
    }

    private async Task<PlacedLocation[]> PlaceAsync(Guid organizationId, params NamedPlace[] places)
    {
        var placed = await Locations.PlaceAsync(organizationId, places, dryRun: false, Cancelled);
        return [.. places.Select(place => placed[place])];
    }
}
