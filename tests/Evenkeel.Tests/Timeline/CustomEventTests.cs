using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Models;
using Evenkeel.Tests.Realtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary>Types of an organization's own: registered with a schema, recorded by programs, read like all others.</summary>
public sealed class CustomEventTests
{
    private const string Types = "/api/v1/admin/event-types";

    private const string Schema =
        """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["ticket"],"properties":{
          "ticket":{"type":"integer","minimum":1},"state":{"enum":["open","closed"]},"note":{"type":"string","maxLength":40},
          "parts":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}}}}}
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recorded_events_are_acknowledged_with_their_rows_and_read_in_both_languages_live_too()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var people = await TimelinePeople.CreateAsync(server);
        var session = await TimelinePeople.TalkAsync(people.Member);
        await RegisterAsync(people, "crm.ticket_opened", "user_visible");
        await RegisterAsync(people, "crm.secret", "sensitive");
        using var key = people.WithKey(await people.KeyAsync(ApiScope.EventsWrite, ApiScope.EventsRead));
        await using var socket = await people.ConnectAsync(people.Member, session, "after_seq=1");
        await socket.ReadAsync("connected");
        var correlation = Guid.CreateVersion7();

        var recorded = await RecordAsync(key, session, $$"""
            {"events":[{"event_type":"crm.ticket_opened","event_data":{"ticket":7,"state":"open","note":"The printer of Jane Doe burns"},"correlation_id":"{{correlation}}"},
                       {"event_type":"crm.secret","event_data":{"ticket":8,"state":"open"},"event_status":"failed","error_type":"crm_error","error_severity":"error"}]}
            """);

        recorded.Items.Select(one => (one.Seq, one.EventType)).ShouldBe([(2, "crm.ticket_opened"), (3, "crm.secret")]);
        key.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh");
        var items = await TimelinePeople.ItemsAsync(key, $"/chat/events/{session}?after_seq=1");
        items.Select(item => item.Text("id")).ShouldBe(recorded.Items.Select(one => one.Id.ToString()));
        items[0].Text("user_message").ShouldBe("🎫 已建工单");
        items[0].Text("correlation_id").ShouldBe(correlation.ToString());
        // People's words do not pass, of a sensitive type nothing that is text.
        items[0].GetProperty("event_data").GetProperty("note").GetString().ShouldBe("[text:29]");
        items[0].GetProperty("event_data").GetProperty("state").GetString().ShouldBe("open");
        items[1].GetProperty("event_data").GetProperty("state").GetString().ShouldBe("[text:4]");
        items[1].Text("error_type").ShouldBe("crm_error");
        var seen = (await TimelinePeople.EventsAsync(socket, 1))[0];
        (seen.Text("event_type"), seen.Text("user_message")).ShouldBe(("crm.ticket_opened", "🎫 Ticket opened"));
        seen.TryGetProperty("event_data", out _).ShouldBeFalse();
        (await TimelinePeople.ItemsAsync(people.Member.Http, $"/chat/events/{session}?after_seq=1")).ShouldHaveSingleItem();
        (await server.Database.LookAsync<long>("SELECT count(*) FROM chat_events WHERE event_type = 'crm.ticket_opened' AND retention = 'debug'")).ShouldBe(1);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM chat_events WHERE event_type = 'crm.secret' AND retention = 'error'")).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"event_type":"crm.ticket_opened","event_data":{"ticket":1,"unknown":2}}""", 400, "event_data.unknown")]
    [InlineData("""{"event_type":"crm.ticket_opened","event_data":{"ticket":1,"parts":[{"name":"a","more":1}]}}""", 400, "event_data.parts[0].more")]
    [InlineData("""{"event_type":"crm.ticket_opened","event_data":{"ticket":"1"}}""", 400, "event_data.ticket")]
    [InlineData("""{"event_type":"crm.ticket_opened","event_data":{"ticket":0}}""", 400, "event_data.ticket")]
    [InlineData("""{"event_type":"crm.ticket_opened"}""", 400, "event_data")]
    [InlineData("""{"event_type":"crm.ticket_opened","event_data":[1]}""", 400, "event_data")]
    [InlineData("""{"events":[{"event_type":"crm.ticket_opened","event_data":{"ticket":1}},{"event_type":"crm.ticket_opened","event_data":{}}]}""", 400, "events[1].event_data")]
    [InlineData("""{"event_type":"crm.ticket_opened","event_data":{"ticket":1},"event_status":"odd"}""", 400, "event_status")]
    [InlineData("""{"event_type":"crm.ticket_opened","event_data":{"ticket":1},"error_type":"somebody's words"}""", 400, "error_type")]
    [InlineData("""{"event_type":"crm.ticket_opened","event_data":{"ticket":1},"processing_time_ms":-1}""", 400, "processing_time_ms")]
    [InlineData("""{"event_type":"crm.other","event_data":{}}""", 422, "event_type")]
    [InlineData("""{"event_type":"agent_thinking","event_data":{}}""", 422, "event_type")]
    [InlineData("""{"events":[]}""", 400, "events")]
    public async Task What_the_schema_does_not_say_is_refused_whole(string body, int status, string field)
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var people = await TimelinePeople.CreateAsync(server);
        var session = await TimelinePeople.TalkAsync(people.Owner);
        await RegisterAsync(people, "crm.ticket_opened", "operational");

        using var response = await PostAsync(people.Owner.Http, session, body);

        ((int)response.StatusCode).ShouldBe(status);
        var error = (await response.Content.ReadFromJsonAsync<ErrorEnvelope>(Wire.Json, Stop))!;
        error.ErrorCode.ShouldBe(ErrorCode.InvalidRequest);
        error.Details!.Select(detail => detail.Field).ShouldBe([field]);
        (await TimelinePeople.ItemsAsync(people.Owner.Http, $"/chat/events/{session}")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Too_many_are_refused_with_a_wait_and_too_much_and_others_sessions_altogether()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web", ["Timeline:CustomEvents:PerMinute"] = "5" });
        var people = await TimelinePeople.CreateAsync(server);
        var session = await TimelinePeople.TalkAsync(people.Owner);
        await RegisterAsync(people, "crm.ticket_opened", "operational");
        const string One = """{"event_type":"crm.ticket_opened","event_data":{"ticket":1}}""";
        await RecordAsync(people.Owner.Http, session, $$"""{"events":[{{One}},{{One}},{{One}},{{One}}]}""");

        using var refused = await PostAsync(people.Owner.Http, session, $$"""{"events":[{{One}},{{One}}]}""");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 12);
        var error = (await refused.Content.ReadFromJsonAsync<ErrorEnvelope>(Wire.Json, Stop))!;
        error.ErrorCode.ShouldBe(ErrorCode.RateLimited);
        error.Message.ShouldContain("5 a minute");
        using var large = await PostAsync(
            people.Owner.Http, session, $$$"""{"event_type":"crm.ticket_opened","event_data":{"ticket":1,"note":"{{{new string('x', 20_000)}}}"}}""");
        (await large.Content.ReadFromJsonAsync<ErrorEnvelope>(Wire.Json, Stop))!.Details!.ShouldHaveSingleItem().Field.ShouldBe("event_data");

        var stranger = await server.RegisterAsync();
        using var notTheirs = await PostAsync(stranger.Http, session, One);
        notTheirs.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var unknown = await PostAsync(people.Owner.Http, Guid.CreateVersion7(), One);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var member = await PostAsync(people.Member.Http, session, One);
        member.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var key = people.WithKey(await people.KeyAsync(ApiScope.EventsRead));
        using var wrongKey = await PostAsync(key, session, One);
        wrongKey.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_type_is_known_on_every_node_within_seconds_and_its_end_too()
    {
        var clock = new ManualClock();
        await using var server = await StartAsync(clock);
        await using var second = await StartAsync(clock, server.Database);
        var people = await TimelinePeople.CreateAsync(server);
        var session = await TimelinePeople.TalkAsync(people.Owner);
        using var other = new HttpClient { BaseAddress = second.Address };
        other.DefaultRequestHeaders.Authorization = people.Owner.Http.DefaultRequestHeaders.Authorization;
        const string One = """{"event_type":"crm.ticket_opened","event_data":{"ticket":1}}""";
        (await PostAsync(other, session, One)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        await RegisterAsync(people, "crm.ticket_opened", "operational");
        clock.Advance(TimeSpan.FromSeconds(3));
        await RecordAsync(other, session, One);
        (await people.Owner.GetAsync<Page<EventTypeDescription>>(Types)).Items[0].Schema.GetProperty("required")[0].GetString().ShouldBe("ticket");
        (await people.Owner.GetAsync<Page<EventTypeDescription>>(Types)).Items.ShouldContain(type => type.IsBuiltIn && type.EventType == "agent_thinking");
        using var twice = await people.Owner.Http.PostAsJsonAsync(Types, Request("crm.ticket_opened", "operational"), Wire.Json, Stop);
        twice.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var changed = await people.Owner.Http.PutAsJsonAsync($"{Types}/crm.ticket_opened", Request(null, "operational") with { English = "Opened" }, Wire.Json, Stop);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TimelinePeople.ItemsAsync(people.Owner.Http, $"/chat/events/{session}?after_seq=1"))[0].Text("user_message").ShouldBe("🎫 Opened");

        (await people.Owner.Http.DeleteAsync($"{Types}/crm.ticket_opened", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await people.Owner.Http.DeleteAsync($"{Types}/crm.ticket_opened", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        clock.Advance(TimeSpan.FromSeconds(3));
        (await PostAsync(other, session, One)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await TimelinePeople.ItemsAsync(other, $"/chat/events/{session}?after_seq=1"))[0].Text("user_message").ShouldContain("Something was recorded");
        (await people.Owner.GetAsync<Page<AuditEntry>>("/api/v1/admin/audit")).Items.Select(entry => entry.Action).ShouldBe(["event_type.deleted", "event_type.saved", "event_type.saved"]);
    }

    [Theory]
    [InlineData("no_dot", "{\"type\":\"object\"}", "event_type")]
    [InlineData("Crm.x", "{\"type\":\"object\"}", "event_type")]
    [InlineData("crm.x", "{\"type\":\"string\"}", "schema")]
    [InlineData("crm.x", "[]", "schema")]
    [InlineData("crm.x", "{\"type\":\"object\",\"additionalProperties\":true}", "schema.additionalProperties")]
    [InlineData("crm.x", "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"object\",\"additionalProperties\":{}}}}", "schema.properties.additionalProperties")]
    [InlineData("crm.x", "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"https://example.com/\"}}}", "schema.properties")]
    [InlineData("crm.x", "{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"(a+)+$\"}}}", "schema.properties")]
    [InlineData("crm.x", "{\"type\":\"object\",\"properties\":{\"a\":true}}", "schema.properties")]
    [InlineData("crm.x", "{\"type\":\"object\",\"properties\":{\"a\":{\"minimum\":\"x\"}}}", "schema")]
    [InlineData("crm.x", "{\"type\":\"object\",\"$schema\":\"http://json-schema.org/draft-07/schema#\"}", "schema")]
    public async Task A_schema_that_leaves_anything_open_is_refused(string type, string schema, string field)
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var account = await server.RegisterAsync();

        using var response = await account.Http.PostAsJsonAsync(
            Types, Request(type, "operational") with { Schema = JsonDocument.Parse(schema).RootElement }, Wire.Json, Stop);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<ErrorEnvelope>(Wire.Json, Stop))!.Details!.Select(detail => detail.Field).ShouldBe([field]);
    }

    private static Task<TestServer> StartAsync(ManualClock clock, TestDatabase? database = null) => TestServer.StartAsync(
        new() { ["Roles"] = "web" }, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)), database);

    private static EventTypeRequest Request(string? type, string privacy) => new()
    {
        EventType = type,
        Emoji = "🎫",
        English = "Ticket opened",
        Chinese = "已建工单",
        Schema = JsonDocument.Parse(Schema).RootElement,
        Privacy = privacy,
        Retention = "debug",
    };

    private static async Task RegisterAsync(TimelinePeople people, string type, string privacy)
    {
        using var response = await people.Owner.Http.PostAsJsonAsync(Types, Request(type, privacy), Wire.Json, Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Stop));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, Guid session, string body) =>
        http.PostAsync($"/chat/events/{session}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Stop);

    private static async Task<RecordEventsResponse> RecordAsync(HttpClient http, Guid session, string body)
    {
        using var response = await PostAsync(http, session, body);
        return await response.ReadAsync<RecordEventsResponse>(HttpStatusCode.Created);
    }
}
