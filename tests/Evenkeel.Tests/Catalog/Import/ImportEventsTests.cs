using System.Net;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Catalogue;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Catalog.Import;

/// <summary>What an import writes, counts and tells, over HTTP.</summary>
public sealed class ImportEventsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Own = """
        [
          {"key": "keel-1", "title": "Keel  Days", "starts": "2027-03-14T09:00", "ends": "2027-03-14T17:30", "categories": ["Sailing", "boats"],
           "location": {"venue": "Hall 7", "city": "Berlin", "country": "Germany"}, "url": "https://keel.example/days", "languages": ["de", "EN"]},
          {"title": "Rudder Night", "starts": "2027-04-01", "virtual": true, "colour": "red"},
          {"title": "", "starts": "2027-04-01"},

          {"title": "No such day", "starts": "2027-02-30"},
          "a text",
          {"title": 5, "starts": "2027-04-02"},
          {"title": "Backwards", "starts": "2027-04-03T10:00", "ends": "2027-04-03T09:00"},
          {"title": "Mars", "starts": "2027-04-04T10:00", "time_zone": "Mars/Phobos"},
          {"title": "Anchor Talk", "starts": "2027-05-01T18:00", "url": "javascript:alert(1)", "time_zone": "W. Europe Standard Time"}
        ]
        """;

    [Fact]
    public async Task Rows_go_in_with_their_places_and_bad_ones_are_named_by_line_and_lose_nothing_else()
    {
        var account = await fixture.Server.RegisterAsync();
        var report = await account.Http.ImportAsync("own.json", Own);

        report.Format.ShouldBe("json");
        (report.Rows, report.Created, report.Failed).ShouldBe((9, 3, 6));
        report.Problems.Select(problem => (problem.Line, problem.Field, problem.Code, problem.IsWarning)).ShouldBe(
        [
            (4, "colour", "field_unknown", true), (5, "title", "title_missing", false), (7, "starts", "date_invalid", false), (8, null, "type_invalid", false),
            (9, "title", "type_invalid", false), (10, "ends", "ends_before_starts", false), (11, "time_zone", "time_zone_unknown", false), (12, "url", "url_invalid", true),
        ]);
        report.Problems[2].Message.ShouldBe("“2027-02-30” is not a date or time that is understood.");

        var events = await fixture.Server.EventsAsync(account);
        events.Select(one => one.Title).ShouldBe(["Keel Days", "Rudder Night", "Anchor Talk"]);
        var keel = events[0];
        (keel.Key, keel.Place, keel.TimeZone, keel.AllDay).ShouldBe(("keel-1", "Hall 7", "Europe/Berlin", false));
        (keel.StartsAt, keel.EndsAt).ShouldBe((Utc("2027-03-14T08:00:00"), Utc("2027-03-14T16:30:00")));
        keel.Categories.ShouldBe(["boats", "sailing"]);
        keel.Languages.ShouldBe(["de", "en"]);
        (events[1].IsVirtual, events[1].AllDay, events[1].TimeZone, events[1].EndsAt).ShouldBe((true, true, "UTC", Utc("2027-04-02T00:00:00")));
        (events[2].StartsAt, events[2].Url).ShouldBe((Utc("2027-05-01T16:00:00"), null));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_tells_what_the_import_then_does()
    {
        var account = await fixture.Server.RegisterAsync();
        await account.Http.ImportAsync("own.json", Own);
        var changed = Own.Replace("Hall 7", "Hall 8", StringComparison.Ordinal).Replace("Rudder Night", "Rudder Evening", StringComparison.Ordinal);

        var dry = await account.Http.ImportAsync("own.json", changed, "dry_run=true");
        (await fixture.Server.CountAsync(account, "catalogue_imports")).ShouldBe(1);
        (await fixture.Server.EventsAsync(account)).Count.ShouldBe(3);
        var real = await account.Http.ImportAsync("own.json", changed);

        (dry.DryRun, dry.ImportId).ShouldBe((true, null));
        (real.DryRun, real.ImportId is null).ShouldBe((false, false));
        (dry.Rows, dry.Created, dry.Updated, dry.Unchanged, dry.Removed, dry.Failed, dry.CreatedLocations)
            .ShouldBe((real.Rows, real.Created, real.Updated, real.Unchanged, real.Removed, real.Failed, real.CreatedLocations));
        (real.Created, real.Updated, real.Unchanged, real.CreatedLocations).ShouldBe((1, 1, 1, 1));
        real.Problems.ShouldBe(dry.Problems);
        real.Changes.Select(Tell).ShouldBe(dry.Changes.Select(Tell));
        real.Changes.Select(Tell).ShouldBe(["2 update keel-1 location", "4 create name:rudder evening 2027-04-01 "]);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_tells_no_index()
    {
        var account = await fixture.Server.RegisterAsync();
        await account.Http.ImportAsync("own.json", Own);
        await fixture.Server.QueryAsync<int>("DELETE FROM catalogue_changes WHERE organization_id = @organization RETURNING 1", account);

        var again = await account.Http.ImportAsync("own.json", Own);

        (again.Created, again.Updated, again.Unchanged, again.Failed, again.CreatedLocations).ShouldBe((0, 0, 3, 6, 0));
        (await fixture.Server.CountAsync(account, "catalogue_changes")).ShouldBe(0);
    }

    [Fact]
    public async Task Of_two_rows_with_one_key_the_last_wins_and_the_other_is_told()
    {
        var account = await fixture.Server.RegisterAsync();
        const string file = """
            {"version": 1, "events": [
              {"title": "First", "starts": "2027-01-01", "url": "http://keel.example/one/"},
              {"title": "Second", "starts": "2027-01-01", "url": "https://www.keel.example/one"}
            ]}
            """;
        var report = await account.Http.ImportAsync("two.json", file);

        (report.Rows, report.Created, report.Failed).ShouldBe((2, 1, 0));
        var problem = report.Problems.ShouldHaveSingleItem();
        (problem.Line, problem.Code, problem.IsWarning, problem.Message).ShouldBe((2, "duplicate_key", true, "Line 3 is the same event; what stands there was taken."));
        (await fixture.Server.EventsAsync(account)).ShouldHaveSingleItem().Title.ShouldBe("Second");
    }

    [Fact]
    public async Task Conferences_named_in_the_files_of_two_categories_are_one_event_with_both()
    {
        var account = await fixture.Server.RegisterAsync();
        const string file = """
            [{"name": "KeelConf", "url": "https://keelconf.example/", "startDate": "2027-06-01", "endDate": "2027-06-03", "city": "München", "country": "Germany",
              "online": true, "locales": "EN,DE", "twitter": "@keel"}]
            """;
        var second = file.Replace("https://keelconf.example/", "http://keelconf.example", StringComparison.Ordinal).Replace("Germany", "Germany ", StringComparison.Ordinal);

        (await account.Http.ImportAsync("boats.json", file)).Format.ShouldBe("conferences");
        (await account.Http.ImportAsync("wood.json", file)).Changes.Select(Tell).ShouldBe(["1 update url:keelconf.example 2027-06-01 categories"]);
        (await account.Http.ImportAsync("boats.json", file)).Unchanged.ShouldBe(1);
        (await account.Http.ImportAsync("boats.json", second, "dry_run=true")).Changes.Select(Tell).ShouldBe(["1 update url:keelconf.example 2027-06-01 url"]);

        var stored = (await fixture.Server.EventsAsync(account)).ShouldHaveSingleItem();
        stored.Categories.ShouldBe(["boats", "wood"]);
        stored.Languages.ShouldBe(["de", "en"]);
        (stored.IsVirtual, stored.Place, stored.TimeZone, stored.AllDay).ShouldBe((true, "Munich", "Europe/Berlin", true));
        stored.EndsAt.ShouldBe(Utc("2027-06-03T22:00:00"));
    }

    [Fact]
    public async Task A_calendar_that_is_sent_again_takes_back_what_it_does_not_have_any_more()
    {
        var account = await fixture.Server.RegisterAsync();
        var day = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(10);
        string File(string more, string status = "CONFIRMED") => $"""
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            UID:standup@keel
            SUMMARY:Stand-up
            DTSTART;VALUE=DATE:{day:yyyyMMdd}
            RRULE:FREQ=DAILY;COUNT=3
            STATUS:{status}
            {more}END:VEVENT
            BEGIN:VEVENT
            UID:other@keel
            SUMMARY:Other
            DTSTART:20200101T100000Z
            END:VEVENT
            END:VCALENDAR
            """;

        (await account.Http.ImportAsync("a.ics", File(""))).Created.ShouldBe(4);
        var shorter = File($"EXDATE;VALUE=DATE:{day.AddDays(1):yyyyMMdd}\n");
        var dry = await account.Http.ImportAsync("a.ics", shorter, "dry_run=true");
        var real = await account.Http.ImportAsync("a.ics", shorter);
        (real.Created, real.Unchanged, real.Removed).ShouldBe((0, 3, 1));
        real.Changes.Select(Tell).ShouldBe(dry.Changes.Select(Tell));
        real.Changes.Select(Tell).ShouldBe([$"0 remove standup@keel @{day.AddDays(1):yyyyMMdd} "]);

        (await account.Http.ImportAsync("a.ics", File("", "CANCELLED"))).Removed.ShouldBe(2);
        (await fixture.Server.EventsAsync(account)).ShouldHaveSingleItem().Key.ShouldBe("other@keel");
    }

    [Fact]
    public async Task Imports_are_listed_newest_first_in_the_readers_language_and_only_to_their_organization()
    {
        var account = await fixture.Server.RegisterAsync();
        var other = await fixture.Server.RegisterAsync();
        await account.Http.ImportAsync("one.json", Own);
        await account.Http.ImportAsync("two.csv", "标题,开始日期\n龙骨大会,2027年3月14日\n舵手之夜,昨天\n");
        await other.Http.ImportAsync("theirs.json", Own);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events/imports?limit=1");
        request.Headers.AcceptLanguage.ParseAdd("zh");
        var page = await (await account.Http.SendAsync(request, TestContext.Current.CancellationToken)).ReadAsync<Page<CatalogueImport>>();
        var newest = page.Items.ShouldHaveSingleItem();
        (newest.FileName, newest.Report.Format, newest.Report.Created, newest.Report.ImportId).ShouldBe(("two.csv", "csv", 1, newest.Id));
        newest.Report.Problems.ShouldHaveSingleItem().ShouldBe(new ImportProblem(3, "starts", "date_invalid", "无法识别日期或时间“昨天”。", IsWarning: false));
        var rest = await account.Http.GetAsync<Page<CatalogueImport>>($"/api/v1/events/imports?cursor={page.NextCursor}");
        rest.Items.ShouldHaveSingleItem().FileName.ShouldBe("one.json");
        rest.NextCursor.ShouldBeNull();
        (await fixture.Server.EventsAsync(account)).Count.ShouldBe(4);
        (await fixture.Server.EventsAsync(other)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_with_the_reason_and_writes_nothing()
    {
        var account = await fixture.Server.RegisterAsync();
        var http = account.Http;
        await (await http.SendBodyAsync("")).ShouldRefuseFieldAsync("file");
        await (await http.SendBodyAsync(Own, "format=xml")).ShouldRefuseFieldAsync("format");
        await (await http.SendBodyAsync(Own, "time_zone=Nowhere")).ShouldRefuseFieldAsync("time_zone");
        await (await http.SendBodyAsync("a,b\n1,2\n")).ShouldRefuseFieldAsync("mapping");
        await (await http.SendBodyAsync("a,b\n1,2\n", "mapping={}x")).ShouldRefuseFieldAsync("mapping");
        await (await http.SendBodyAsync("a,b\n1,2\n", """mapping={"title":"a","starts":"c"}""")).ShouldRefuseFieldAsync("mapping.starts");
        (await (await http.SendBodyAsync("[{\"title\":\"A\",\"starts\":\"2027-01-01\"},\n{\"title\":")).ShouldRefuseFieldAsync("file", HttpStatusCode.UnprocessableEntity))
            .Message.ShouldStartWith("Line 2");
        await (await http.SendFileAsync("a.zip", [0x50, 0x4B, 3, 4, 0, 0, 0, 0])).ShouldRefuseFieldAsync("file", HttpStatusCode.UnprocessableEntity);
        await (await http.SendFileAsync("large.json", new byte[50 * 1024 * 1024 + 1])).ShouldRefuseFieldAsync("file", HttpStatusCode.RequestEntityTooLarge);

        (await fixture.Server.CountAsync(account, "catalogue_events")).ShouldBe(0);
        (await fixture.Server.CountAsync(account, "catalogue_imports")).ShouldBe(0);
    }

    [Fact]
    public async Task A_location_of_another_organization_is_not_known()
    {
        var mine = await fixture.Server.RegisterAsync();
        var theirs = await fixture.Server.RegisterAsync();
        await theirs.Http.ImportAsync("own.json", Own);
        var location = (await fixture.Server.QueryAsync<Guid>("SELECT id FROM locations WHERE organization_id = @organization AND kind = 'city'", theirs))[0];

        var row = $$"""[{"title": "There", "starts": "2027-01-01T10:00", "location_id": "{{location}}"}]""";
        (await mine.Http.ImportAsync("a.json", row)).Problems.ShouldHaveSingleItem().Code.ShouldBe("location_unknown");
        (await theirs.Http.ImportAsync("a.json", row)).Created.ShouldBe(1);
        (await fixture.Server.EventsAsync(theirs)).ShouldContain(one => one.Title == "There" && one.Place == "Berlin" && one.TimeZone == "Europe/Berlin");
    }

    [Fact]
    public async Task Members_may_not_import()
    {
        var member = await fixture.Server.RegisterAsync();
        await fixture.Server.QueryAsync<int>("UPDATE memberships SET role = 'member' WHERE organization_id = @organization RETURNING 1", member);
        var login = new LoginRequest { Email = member.SignedIn.User.Email, Password = TestAccount.Password };
        var again = await (await fixture.Server.Http.PostAsync("/auth/login", login)).ReadAsync<SignedInResponse>();
        member.Http.DefaultRequestHeaders.Authorization = new("Bearer", again.AccessToken);

        await (await member.Http.SendBodyAsync(Own)).ShouldFailAsync(HttpStatusCode.Forbidden, ErrorCode.Forbidden);
        (await fixture.Server.CountAsync(member, "catalogue_events")).ShouldBe(0);
    }

    private static string Tell(ImportChange change) => $"{change.Line} {change.Action} {change.Key} {string.Join(',', change.Fields)}";

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text), DateTimeKind.Utc);
}
