using Evenkeel.Chat.Catalogue;
using Evenkeel.Contracts.Catalogue;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Chat;

public sealed class EventFactsTests
{
    private static readonly EventPlace Hall = new()
    {
        Id = Guid.NewGuid(), Name = "Hall 1", Kind = "venue", City = "Berlin", CityChineseName = "柏林", Country = "Germany", CountryCode = "DE",
    };

    [Fact]
    public void A_place_is_told_from_the_smallest_to_the_largest_in_the_language_of_the_answer()
    {
        Told(Hall, "en").ShouldEndWith(": 14 March 2097, Hall 1, Berlin, Germany");
        Told(Hall, "zh").ShouldEndWith("，Hall 1，柏林");
        Told(Hall with { CityChineseName = null }, "zh").ShouldEndWith("，Hall 1，Berlin，Germany");
        Told(Hall with { Name = "Singapore", Kind = "city", City = null, Country = "Singapore" }, "en").ShouldEndWith("2097, Singapore");
    }

    private static string Told(EventPlace place, string language) => EventFacts.Line(
        new CatalogueEvent
        {
            Id = Guid.NewGuid(), Key = "k", Title = "Keel Days", Description = "", StartsAt = DateTimeOffset.UnixEpoch, EndsAt = DateTimeOffset.UnixEpoch, AllDay = true,
            StartsOn = new DateOnly(2097, 3, 14), EndsOn = new DateOnly(2097, 3, 14), TimeZone = "Etc/UTC", Location = place, Virtual = false, Categories = [], Languages = [],
            CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
        },
        language);
}
