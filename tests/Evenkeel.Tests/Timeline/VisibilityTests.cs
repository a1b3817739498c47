using System.Net;
using System.Text.Json;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Evenkeel.Timeline.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary>Who sees what of a timeline, on every way out of it, with texts planted past all redaction.</summary>
public sealed class VisibilityTests
{
    private const string Planted = "PLANTED";

    // Everything that is stored and could hold words.
    private const string Plant =
        """
        event_data = '{"prompt": "PLANTED You are a pirate", "passage": "PLANTED passage", "stack": "PLANTED at Evenkeel.Chat.Turn.Run() in Turn.cs:line 5", "ratio": 0.5}',
        user_message = 'PLANTED persona', error_type = 'PLANTED.Exception', error_severity = 'warning'
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_sees_of_their_own_session_what_is_meant_for_them_and_no_stored_word_on_any_way()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var people = await TimelinePeople.CreateAsync(server);
        var session = await TimelinePeople.TalkAsync(people.Member);
        var definitions = server.Services.GetRequiredService<EventTexts>().Definitions.ToList();
        var visible = definitions.Where(one => one.Privacy == PrivacyClass.UserVisible).Select(one => one.EventType).ToHashSet();
        string[] types = [.. definitions.Select(one => one.EventType), "unknown_type", "crm.unknown_type"];
        await using var chat = await people.ChatAsync(people.Member, session);
        await chat.SendAsync(new { type = "subscribe", events = new[] { "*" } });
        await chat.SendAsync(new { type = "nonsense" });
        await chat.ReadAsync("command_error");
        await using var live = await people.ConnectAsync(people.Member, session);

        await people.RecordAsync([.. types.Select(type => people.Entry(session, type))], Plant);

        // The message itself is the first event, and all of them are planted now.
        var expected = visible.Count + 1;
        var path = $"/chat/events/{session}";
        List<JsonElement>[] ways =
        [
            await TimelinePeople.ItemsAsync(people.Member.Http, $"{path}?limit=1000"),
            await TimelinePeople.ItemsAsync(people.Member.Http, $"{path}/latest?count=1000"),
            await TimelinePeople.EventsAsync(live, expected),
        ];
        foreach (var way in ways)
        {
            way.Count.ShouldBe(expected);
            ShouldBeClean(way, visible);
        }

        ShouldBeClean(await TimelinePeople.EventsAsync(chat, visible.Count), visible);
        // Nothing is found out by asking for it either.
        foreach (var question in new[] { "q=pirate", "error_type=PLANTED.Exception", "type=turn_ended", "type=unknown_type" })
        {
            (await TimelinePeople.ItemsAsync(people.Member.Http, $"{path}?{question}")).ShouldBeEmpty(question);
        }

        // Nothing hidden comes after all: the next thing on the sockets is the next event.
        await people.RecordAsync([people.Entry(session, TimelineEventType.TurnEnded), people.Entry(session)]);
        (await TimelinePeople.EventsAsync(live, 1))[0].Text("event_type").ShouldBe(TimelineEventType.AgentThinking);
        (await TimelinePeople.EventsAsync(chat, 1))[0].Text("event_type").ShouldBe(TimelineEventType.AgentThinking);
    }

    [Fact]
    public async Task Owners_and_keys_see_everything_of_every_session_and_others_sessions_are_not_there_for_a_member()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var people = await TimelinePeople.CreateAsync(server);
        var (own, others) = (await TimelinePeople.TalkAsync(people.Member), await TimelinePeople.TalkAsync(people.Owner));
        await people.RecordAsync([people.Entry(own, TimelineEventType.TurnEnded)], Plant);
        var path = $"/chat/events/{own}";

        using var key = people.WithKey(await people.KeyAsync(ApiScope.EventsRead));
        foreach (var http in new[] { people.Owner.Http, key })
        {
            var items = await TimelinePeople.ItemsAsync(http, path);
            items.Count.ShouldBe(2);
            items.ShouldAllBe(item => item.GetRawText().Contains(Planted));
            (await TimelinePeople.ItemsAsync(http, $"{path}?q=PIRATE")).Count.ShouldBe(2);
        }

        foreach (var hidden in new[] { others, Guid.CreateVersion7() })
        {
            (await people.Member.Http.GetAsync($"/chat/events/{hidden}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await people.Member.Http.GetAsync($"/chat/events/{hidden}/latest", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            await using var socket = await people.ConnectAsync(people.Member, hidden);
            (await socket.ReadToCloseAsync()).ShouldBe(4404);
        }

        (await people.Member.Http.GetAsync("/api/v1/admin/timeline", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await key.GetAsync("/api/v1/admin/timeline", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var stranger = await server.RegisterAsync();
        (await stranger.Http.GetAsync(path, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await TimelinePeople.ItemsAsync(stranger.Http, "/api/v1/admin/timeline")).ShouldBeEmpty();
    }

    private static void ShouldBeClean(List<JsonElement> events, HashSet<string> visible)
    {
        foreach (var one in events)
        {
            one.GetRawText().ShouldNotContain(Planted, Case.Insensitive);
            one.TryGetProperty("event_data", out _).ShouldBeFalse();
            visible.ShouldContain(one.Text("event_type"));
        }
    }
}
