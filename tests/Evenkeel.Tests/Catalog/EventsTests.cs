using System.Net;
using Evenkeel.Catalog.Events;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Tests.Knowledge;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog;

public sealed class EventsTests(CatalogFixture fixture) : IClassFixture<CatalogFixture>
{
    private static readonly IReadOnlyList<(string Field, SaveEventRequest Request)> Wrong =
    [
        ("title", new() { Starts = "2026-03-14" }),
        ("starts", new() { Title = "E" }),
        ("starts", new() { Title = "E", Starts = "14.3.2026" }),
        ("starts", new() { Title = "E", Starts = "0001-01-01" }),
        ("ends", new() { Title = "E", Starts = "2026-03-14", Ends = "2026-03-13" }),
        ("ends", new() { Title = "E", Starts = "2026-03-14T10:00", Ends = "2026-03-14T10:00+01:00" }),
        ("ends", new() { Title = "E", Starts = "2026-03-14", Ends = "2026-03-14T10:00" }),
        ("ends", new() { Title = "E", Starts = "2026-03-14", Ends = "soon" }),
        ("time_zone", new() { Title = "E", Starts = "2026-03-14", TimeZone = "Berlin" }),
        ("location_id", new() { Title = "E", Starts = "2026-03-14", LocationId = new Guid("01980000-0000-7000-8000-000000000000") }),
        ("url", new() { Title = "E", Starts = "2026-03-14", Url = "javascript:alert(1)" }),
        ("url", new() { Title = "E", Starts = "2026-03-14", Url = "https://name@example.com" }),
        ("categories", new() { Title = "E", Starts = "2026-03-14", Categories = [new string('x', 61)] }),
        ("languages", new() { Title = "E", Starts = "2026-03-14", Languages = ["English"] }),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_in_local_time_takes_the_zone_of_its_place_and_is_shown_with_its_country()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var country = await http.AddLocationAsync(new SaveLocationRequest { Name = "Germany", Kind = "country" });
        var city = await http.AddLocationAsync(new SaveLocationRequest { Name = "Berlin", Aliases = ["柏林"], Kind = "city", ParentId = country.Id, TimeZone = "Europe/Berlin" });
        var hall = await http.AddLocationAsync("Hall 1", "venue", city.Id);

        var made = await http.AddEventAsync(new SaveEventRequest
        {
            Title = " Summer of code ", Starts = "2026-07-01T09:00", Ends = "2026-07-02T00:00", LocationId = hall.Id, Url = "https://example.com/code",
            Categories = ["Web", "web", "AI"], Languages = ["en", "zh-CN"],
        });

        made.Title.ShouldBe("Summer of code");
        made.Key.ShouldBe(made.Id.ToString());
        made.StartsAt.ShouldBe(new DateTimeOffset(2026, 7, 1, 7, 0, 0, TimeSpan.Zero));
        (made.TimeZone, made.AllDay, made.StartsOn, made.EndsOn).ShouldBe(("Europe/Berlin", false, new DateOnly(2026, 7, 1), new DateOnly(2026, 7, 1)));
        made.Categories.ShouldBe(["ai", "web"]);
        made.Location.ShouldBe(new EventPlace
        {
            Id = hall.Id, Name = "Hall 1", Kind = "venue", City = "Berlin", CityChineseName = "柏林", Country = "Germany", CountryCode = "DE",
        });
        (await http.GetAsync<CatalogueEvent>($"/api/v1/events/{made.Id}")).Url.ShouldBe(made.Url);
        (await http.GetAsync<Location>($"/api/v1/locations/{country.Id}")).EventCount.ShouldBe(1);
    }

    [Fact]
    public async Task Days_are_inclusive_and_a_change_takes_away_what_it_does_not_name()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var made = await http.AddEventAsync(new SaveEventRequest { Title = "Days", Starts = "2026-03-28", Ends = "2026-03-29", TimeZone = "Europe/Paris", Virtual = true, Categories = ["web"] });
        (made.AllDay, made.StartsOn, made.EndsOn).ShouldBe((true, new DateOnly(2026, 3, 28), new DateOnly(2026, 3, 29)));
        (made.EndsAt - made.StartsAt).ShouldBe(TimeSpan.FromHours(47), "clocks go forward that night");

        var changed = await (await http.PutAsync($"/api/v1/events/{made.Id}", new SaveEventRequest { Title = "One day", Starts = "2026-03-28" })).ReadAsync<CatalogueEvent>();

        (changed.Title, changed.EndsOn, changed.TimeZone, changed.Virtual, changed.Key).ShouldBe(("One day", new DateOnly(2026, 3, 28), "UTC", false, made.Key));
        changed.Categories.ShouldBeEmpty();
        (await http.DeleteAsync($"/api/v1/events/{made.Id}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await http.GetAsync($"/api/v1/events/{made.Id}", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        await (await http.DeleteAsync($"/api/v1/events/{made.Id}", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        await (await http.PutAsync($"/api/v1/events/{made.Id}", new SaveEventRequest { Title = "Gone", Starts = "2026-03-28" })).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_field_that_is_not_right_is_named()
    {
        var http = (await fixture.Server.RegisterAsync("zh")).Http;
        foreach (var (field, request) in Wrong)
        {
            var problem = await (await http.PostAsync("/api/v1/events", request)).ShouldRefuseFieldAsync(field);
            problem.Message.ShouldContain(character => character > 0x4E00);
        }

        foreach (var query in new[] { "from=now", "to=2026-02-30", "location_id=berlin", "virtual=maybe", "cursor=%24", "limit=0" })
        {
            await (await http.GetAsync($"/api/v1/events?{query}", Cancelled)).ShouldRefuseFieldAsync(query.Split('=')[0]);
        }

        (await http.GetAsync<Page<CatalogueEvent>>("/api/v1/events")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_are_filtered_and_paged_in_the_order_of_days()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var country = await http.AddLocationAsync("France", "country");
        var city = await http.AddLocationAsync("Paris", "city", country.Id);
        await http.AddEventAsync(new SaveEventRequest { Title = "Third", Starts = "2026-05-03", Categories = ["web"], LocationId = city.Id });
        await http.AddEventAsync(new SaveEventRequest { Title = "First", Starts = "2026-05-01", Ends = "2026-05-02", Virtual = true });
        await http.AddEventAsync(new SaveEventRequest { Title = "Second", Starts = "2026-05-01", Categories = ["web"], Description = "100% fun" });

        async Task<string> TitlesAsync(string query) =>
            string.Join(' ', (await http.GetAsync<Page<CatalogueEvent>>($"/api/v1/events?{query}")).Items.Select(item => item.Title));

        (await TitlesAsync("")).ShouldBe("First Second Third");
        (await TitlesAsync("from=2026-05-02")).ShouldBe("First Third");
        (await TitlesAsync("to=2026-05-02")).ShouldBe("First Second");
        (await TitlesAsync("category=WEB")).ShouldBe("Second Third");
        (await TitlesAsync($"location_id={country.Id}")).ShouldBe("Third");
        (await TitlesAsync("virtual=true")).ShouldBe("First");
        (await TitlesAsync("q=100%25")).ShouldBe("Second");
        (await TitlesAsync("q=r%25t")).ShouldBe("");
        var first = await http.GetAsync<Page<CatalogueEvent>>("/api/v1/events?limit=2");
        var second = await http.GetAsync<Page<CatalogueEvent>>($"/api/v1/events?limit=2&cursor={first.NextCursor}");
        first.Items.Concat(second.Items).Select(item => item.Title).ShouldBe(["First", "Second", "Third"]);
        second.NextCursor.ShouldBeNull();
    }

    [Fact]
    public async Task An_event_goes_into_a_calendar()
    {
        var http = (await fixture.Server.RegisterAsync()).Http;
        var city = await http.AddLocationAsync(new SaveLocationRequest { Name = "Berlin", Kind = "city", CountryCode = "de" });
        var timed = await http.AddEventAsync(new SaveEventRequest { Title = "A, B; 会议", Starts = "2026-07-01T09:00+02:00", Ends = "2026-07-01T17:00+02:00", LocationId = city.Id, Url = "https://example.com/a" });
        var days = await http.AddEventAsync(new SaveEventRequest { Title = "Days", Starts = "2026-07-01", Ends = "2026-07-02" });

        var response = await http.GetAsync($"/api/v1/events/{timed.Id}/calendar.ics", Cancelled);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        var lines = (await response.Content.ReadAsStringAsync(Cancelled)).Split("\r\n");
        lines[0].ShouldBe("BEGIN:VCALENDAR");
        foreach (var line in new[] { "DTSTART:20260701T070000Z", "DTEND:20260701T150000Z", @"SUMMARY:A\, B\; 会议", @"LOCATION:Berlin\, Germany", "URL:https://example.com/a", $"UID:{timed.Id}@evenkeel" })
        {
            lines.ShouldContain(line);
        }

        var ofDays = await http.GetStringAsync($"/api/v1/events/{days.Id}/calendar.ics", Cancelled);
        ofDays.ShouldContain("DTSTART;VALUE=DATE:20260701\r\n");
        ofDays.ShouldContain("DTEND;VALUE=DATE:20260703\r\n");
    }

    [Fact]
    public async Task Another_organization_sees_nothing_of_it_and_members_only_read()
    {
        var owner = await fixture.Server.RegisterAsync();
        var made = await owner.Http.AddEventAsync(new SaveEventRequest { Title = "Ours", Starts = "2026-03-14" });
        var place = await owner.Http.AddLocationAsync("Ours", "city");
        var stranger = (await fixture.Server.RegisterAsync()).Http;
        var read = fixture.Server.Services.GetRequiredService<ICatalogueEvents>();

        (await stranger.GetAsync<Page<CatalogueEvent>>("/api/v1/events")).Items.ShouldBeEmpty();
        foreach (var address in new[] { $"/api/v1/events/{made.Id}", $"/api/v1/events/{made.Id}/calendar.ics", $"/api/v1/locations/{place.Id}" })
        {
            await (await stranger.GetAsync(address, Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        }

        await (await stranger.PostAsync("/api/v1/events", new SaveEventRequest { Title = "E", Starts = "2026-03-14", LocationId = place.Id })).ShouldRefuseFieldAsync("location_id");
        await (await stranger.DeleteAsync($"/api/v1/events/{made.Id}", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        await (await stranger.DeleteAsync($"/api/v1/locations/{place.Id}", Cancelled)).ShouldFailAsync(HttpStatusCode.NotFound, ErrorCode.NotFound);
        (await read.ReadAsync((await fixture.Server.RegisterAsync()).SignedIn.Organization.Id, [made.Id], Cancelled)).ShouldBeEmpty();
        (await read.ReadAsync(owner.SignedIn.Organization.Id, [Guid.Empty, made.Id], Cancelled)).ShouldHaveSingleItem().Id.ShouldBe(made.Id);

        var member = await owner.AsMemberAsync(fixture.Server);
        (await member.GetAsync<CatalogueEvent>($"/api/v1/events/{made.Id}")).Title.ShouldBe("Ours");
        await (await member.PutAsync($"/api/v1/events/{made.Id}", new SaveEventRequest { Title = "E", Starts = "2026-03-14" })).ShouldFailAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        await (await member.MergeAsync(place.Id, place.Id)).ShouldFailAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
    }
}
