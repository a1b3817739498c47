using Evenkeel.Catalog.Locations;
using Evenkeel.Catalog.Locations.Gazetteer;
using NodaTime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog;

public sealed class PlaceNameTests
{
    private static readonly WellKnownPlaces WellKnown = new();

    [Theory]
    [InlineData("São Paulo", "sao paulo")]
    [InlineData("St. Gallen", "st gallen")]
    [InlineData("Aix-en-Provence", "aix en provence")]
    [InlineData("  U.S.A. ", "usa")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Straßburg", "strassburg")]
    [InlineData("Hồ Chí Minh", "ho chi minh")]
    [InlineData("’s-Hertogenbosch", "s hertogenbosch")]
    [InlineData("Chișinău", "chisinau")]
    [InlineData("ＢＥＲＬＩＮ", "berlin")]
    [InlineData("柏林", "柏林")]
    public void Names_are_compared_without_case_accents_and_marks(string name, string folded) => PlaceName.Fold(name).ShouldBe(folded);

    [Theory]
    [InlineData("USA", "US")]
    [InlineData("U.S.", "US")]
    [InlineData("United States of America", "US")]
    [InlineData("the Netherlands", "NL")]
    [InlineData("Holland", "NL")]
    [InlineData("UK", "GB")]
    [InlineData("Scotland", "GB")]
    [InlineData("Deutschland", "DE")]
    [InlineData("de", "DE")]
    [InlineData("DEU", "DE")]
    [InlineData("德国", "DE")]
    [InlineData("英国", "GB")]
    [InlineData("Czech Republic", "CZ")]
    [InlineData("Korea", "KR")]
    [InlineData("日本", "JP")]
    [InlineData("Schweiz", "CH")]
    [InlineData("台灣", "TW")]
    public void Countries_are_known_by_many_names(string name, string code) => WellKnown.FindCountry(name)!.Place.CountryCode.ShouldBe(code);

    [Theory]
    [InlineData("Munich", "München", "慕尼黑")]
    [InlineData("Cologne", "Köln", "科隆")]
    [InlineData("Geneva", "Genève", "日内瓦")]
    [InlineData("San Francisco", "三藩市", "旧金山")]
    [InlineData("Beijing", "Peking", "北京")]
    [InlineData("New York", "NYC", "纽约")]
    [InlineData("Kyiv", "Kiev", "基辅")]
    [InlineData("Zürich", "Zuerich", "苏黎世")]
    [InlineData("Prague", "Praha", "布拉格")]
    public void Cities_are_known_in_English_Chinese_and_their_own_language(string english, string local, string chinese)
    {
        foreach (var name in new[] { english, local, chinese })
        {
            var place = WellKnown.Names.Exactly(PlaceName.Fold(name))[0].Place;
            place.Name.ShouldBe(english);
            place.ChineseName.ShouldBe(chinese);
        }
    }

    [Fact]
    public void Every_well_known_place_has_a_time_zone_that_exists()
    {
        var entries = GazetteerFile.Read().ToList();

        entries.Count.ShouldBeGreaterThan(10_000);
        entries.Where(entry => entry.Place.Kind == "city").ShouldAllBe(entry => DateTimeZoneProviders.Tzdb.GetZoneOrNull(entry.Place.TimeZone!) != null);
        entries.Count(entry => entry.Place is { Kind: "country", TimeZone: not null, ChineseName: not null }).ShouldBeGreaterThan(230);
        entries.Where(entry => entry.Place.CountryCode == "CN" && entry.Place.Weight > 4_000_000).ShouldAllBe(entry => entry.Place.ChineseName != null);
    }

    [Theory]
    [InlineData("berln", "Berlin")]
    [InlineData("brelin", "Berlin")]
    [InlineData("munhic", "Munich")]
    [InlineData("amsterdma", "Amsterdam")]
    [InlineData("barselona", "Barcelona")]
    public void A_misspelled_city_is_found_by_edit_distance(string typed, string meant) =>
        WellKnown.Names.Close(typed).OrderBy(one => one.Distance).ThenByDescending(one => one.Thing.Place.Weight).First().Thing.Place.Name.ShouldBe(meant);

    [Theory]
    [InlineData("paris", "paris", 2, 0)]
    [InlineData("paris", "pairs", 2, 1)]
    [InlineData("paris", "pari", 1, 1)]
    [InlineData("paris", "parish", 1, 1)]
    [InlineData("paris", "porto", 2, null)]
    [InlineData("ab", "ba", 1, 1)]
    public void Edits_are_counted_up_to_a_limit(string left, string right, int most, int? distance) => EditDistance.Between(left, right, most).ShouldBe(distance);
}
