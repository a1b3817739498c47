using System.Net;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Tests.Accounts;
using Evenkeel.Timeline;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

public sealed class ReadingTests(SharedAccountsServer shared) : IClassFixture<SharedAccountsServer>
{
    private static readonly DateTimeOffset Begin = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task An_event_reads_as_it_was_recorded()
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        var entry = TimelineEntries.Of(person.Organization.Id, Guid.CreateVersion7(), Guid.CreateVersion7()) with
        {
            MessageId = Guid.CreateVersion7(),
            CorrelationId = Guid.CreateVersion7(),
            DataJson = """{"found":3}""",
            Timestamp = Begin,
            ProcessingTime = TimeSpan.FromMilliseconds(12.5),
            ErrorType = "rag_error",
            ErrorSeverity = "warning",
            Attempt = 2,
        };
        await TimelineEntries.AppendAsync(server, entry);

        var answer = await server.GetAsync($"/chat/events/{entry.SessionId}", person.AccessToken);

        var read = answer.Body!["items"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        Guid.TryParse((string)read["id"]!, out _).ShouldBeTrue();
        read.Remove("id");
        read.ToJsonString().ShouldBe(System.Text.Json.Nodes.JsonNode.Parse(
            $$"""
            {"seq":1,"session_id":"{{entry.SessionId}}","message_id":"{{entry.MessageId}}","turn_id":"{{entry.TurnId}}","event_type":"agent_thinking",
             "event_status":"started","event_data":{"found":3},"user_message":"🤔 Understanding the question","timestamp":"2030-01-02T03:04:05.000Z","processing_time_ms":12.5,
             "error_type":"rag_error","error_severity":"warning","correlation_id":"{{entry.CorrelationId}}","attempt":2}
            """)!.ToJsonString());
    }

    [Theory]
    [InlineData("", "1,2,3,4,5,6")]
    [InlineData("?limit=2", "1,2")]
    [InlineData("?after_seq=4", "5,6")]
    [InlineData("?after_seq=1&limit=2", "2,3")]
    [InlineData("?type=error", "2,4,6")]
    [InlineData("?type=error,agent_thinking", "1,2,3,4,5,6")]
    [InlineData("?type=error&type=agent_thinking&after_seq=5", "6")]
    [InlineData("?type=nothing_like_it", "")]
    [InlineData("?status=completed", "3,6")]
    [InlineData("?status=completed&type=error", "6")]
    [InlineData("?since=2030-01-02T03:04:09Z", "5,6")]
    [InlineData("/latest", "1,2,3,4,5,6")]
    [InlineData("/latest?count=2", "5,6")]
    public async Task Events_are_filtered(string query, string expected)
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        var session = await SixEventsAsync(server, person);

        var answer = await server.GetAsync($"/chat/events/{session}{query}", person.AccessToken);

        string.Join(',', answer.Body!["items"]!.AsArray().Select(item => (long)item!["seq"]!)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1001", "limit")]
    [InlineData("?after_seq=-1", "after_seq")]
    [InlineData("?type=a%00b", "type")]
    [InlineData("?status=a%00b", "status")]
    [InlineData("/latest?count=-1", "count")]
    public async Task Wrong_filters_are_named(string query, string field)
    {
        var server = shared.Server;
        var person = await server.RegisterAsync();
        var session = await SixEventsAsync(server, person);

        var answer = await server.GetAsync($"/chat/events/{session}{query}", person.AccessToken);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Fields.ShouldBe([field]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/latest")]
    public async Task Sessions_of_others_and_unknown_ones_are_not_found(string path)
    {
        var server = shared.Server;
        var session = await SixEventsAsync(server, await server.RegisterAsync());
        var stranger = await server.RegisterAsync();

        (await server.GetAsync($"/chat/events/{session}{path}", stranger.AccessToken)).ErrorCode.ShouldBe("not_found");
        (await server.GetAsync($"/chat/events/{Guid.CreateVersion7()}{path}", stranger.AccessToken)).ErrorCode.ShouldBe("not_found");
        (await server.GetAsync($"/chat/events/{session}{path}")).ErrorCode.ShouldBe("auth_required");
    }

    private static async Task<Guid> SixEventsAsync(AccountsServer server, SignedInResponse person)
    {
        var session = Guid.CreateVersion7();
        TimelineEntry[] entries =
        [
            .. Enumerable.Range(1, 6).Select(number => TimelineEntries.Of(person.Organization.Id, session) with
            {
                EventType = number % 2 == 0 ? TimelineEventType.Error : TimelineEventType.AgentThinking,
                EventStatus = number % 3 == 0 ? TimelineEventStatus.Completed : TimelineEventStatus.Started,
                Timestamp = Begin.AddSeconds(number - 1),
            }),
        ];
        await TimelineEntries.AppendAsync(server, entries);
        return session;
    }
}
