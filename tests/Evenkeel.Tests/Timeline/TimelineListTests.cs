using System.Net;
using System.Text.Json;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Realtime;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary>Pages and filters of the lists of events; the socket gives the very same.</summary>
public sealed class TimelineListTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_socket_gives_the_bytes_of_the_list_in_its_order_from_any_number_on()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var people = await TimelinePeople.CreateAsync(server);
        var session = await TimelinePeople.TalkAsync(people.Owner);
        await people.RecordAsync(
            [.. Enumerable.Range(0, 30).Select(number => people.Entry(session) with
            {
                MessageId = Guid.CreateVersion7(),
                TurnId = Guid.CreateVersion7(),
                ProcessingTime = TimeSpan.FromMilliseconds(number / 7.0),
                ErrorType = "llm_timeout",
                ErrorSeverity = "warning",
                DataJson = $$"""{"nested":{"number":{{number}}.50,"list":[1,2e3]},"status":"ok"}""",
            })],
            """event_data = event_data || '{"text": "<a href=\"x\">&amp; 你好 \\ 🛟</a>"}'""");
        await using var socket = await people.ConnectAsync(people.Owner, session, "after_seq=5");
        await people.RecordAsync([people.Entry(session), people.Entry(session)]);

        var live = await TimelinePeople.EventsAsync(socket, 28);

        var list = await TimelinePeople.ItemsAsync(people.Owner.Http, $"/chat/events/{session}?after_seq=5");
        live.Select(one => one.GetRawText()).ShouldBe(list.Select(item => item.GetRawText()));
        live[^1].Number("seq").ShouldBe(33);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition_whatever_the_filter()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var people = await TimelinePeople.CreateAsync(server);
        var (session, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var turn = Guid.CreateVersion7();
        var now = people.Entry(session).Timestamp;
        // Three at the same time everywhere, and a few long ago: in other spans and on other days.
        var entries = Enumerable.Range(0, 24).Select(number => people.Entry(session) with
        {
            TurnId = number % 2 == 0 ? turn : null,
            ErrorSeverity = number % 3 == 0 ? "warning" : null,
            DataJson = number % 4 == 0 ? """{"route":"catalogue"}""" : null,
            Timestamp = now - TimeSpan.FromMinutes(number < 18 ? number / 3 : 60 * number),
        }).ToList();
        await people.RecordAsync(entries);
        await people.RecordAsync([.. entries.Take(3).Select(entry => entry with { SessionId = other })]);

        (await PagesAsync(people, $"/chat/events/{session}?limit=5")).Select(item => item.Number("seq")).ShouldBe(Enumerable.Range(1, 24).Select(seq => (long)seq));
        (await PagesAsync(people, $"/chat/events/{session}?limit=3&turn_id={turn}&severity=warning")).Select(item => item.Number("seq")).ShouldBe([1, 7, 13, 19]);
        (await PagesAsync(people, $"/chat/events/{session}?q=CATA")).Count.ShouldBe(6);
        (await PagesAsync(people, $"/chat/events/{session}?q=%25")).ShouldBeEmpty();
        (await PagesAsync(people, $"/chat/events/{session}?correlation_id={entries[4].CorrelationId}")).ShouldHaveSingleItem().Number("seq").ShouldBe(5);
        (await TimelinePeople.ItemsAsync(people.Owner.Http, $"/chat/events/{session}/latest?count=2")).Select(item => item.Number("seq")).ShouldBe([23, 24]);

        var day = await PagesAsync(people, $"/api/v1/admin/timeline?limit=4&since={Uri.EscapeDataString((now - TimeSpan.FromHours(30)).ToString("O"))}");
        day.Count.ShouldBe(27);
        day.Select(item => item.Text("id")).ShouldBeUnique();
        day.Select(item => (item.Text("timestamp"), item.Text("id"))).ShouldBe(day.Select(item => (item.Text("timestamp"), item.Text("id"))).OrderDescending());
        (await PagesAsync(people, "/api/v1/admin/timeline?limit=4")).Count.ShouldBe(27 - entries.Count(entry => entry.Timestamp < now - TimeSpan.FromHours(24).Add(-TimeSpan.FromMinutes(1))));
        (await PagesAsync(people, $"/api/v1/admin/timeline?session_id={other}&limit=2")).Count.ShouldBe(3);
        (await PagesAsync(people, $"/api/v1/admin/timeline?until={Uri.EscapeDataString((now - TimeSpan.FromMinutes(2)).ToString("O"))}&severity=warning&limit=1")).Count.ShouldBe(5);
        (await PagesAsync(people, "/api/v1/admin/timeline?limit=1&metric=sessions")).Select(item => item.Number("seq")).ShouldBe([1, 1]);
    }

    [Theory]
    [InlineData("cursor=abc", "cursor")]
    [InlineData("cursor=1.2", "cursor")]
    [InlineData("since=2030-01-01T00:00:00Z&until=2029-01-01T00:00:00Z", "since")]
    [InlineData("since=2030-01-01T00:00:00Z&until=2030-03-01T00:00:00Z", "since")]
    [InlineData("severity=a%00b", "severity")]
    [InlineData("turn_id=abc", "turn_id")]
    [InlineData("metric=queue_depth", "metric")]
    [InlineData("metric=errors&filter=colour:red", "filter")]
    [InlineData("filter=model:red", "filter")]
    public async Task Wrong_questions_are_named(string query, string field)
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var account = await server.RegisterAsync();

        using var response = await account.Http.GetAsync($"/api/v1/admin/timeline?{query}", Stop);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Stop)).ShouldContain($"\"field\":\"{field}\"");
    }

    [Fact]
    public async Task Keys_for_operations_read_the_timeline_of_the_organization_in_the_language_they_ask_for()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var people = await TimelinePeople.CreateAsync(server);
        await people.RecordAsync([people.Entry(Guid.CreateVersion7(), TimelineEventType.LoadingHistory)]);
        using var key = people.WithKey(await people.KeyAsync(ApiScope.OperationsRead));
        key.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh");

        (await TimelinePeople.ItemsAsync(key, "/api/v1/admin/timeline")).ShouldHaveSingleItem().Text("user_message").ShouldBe("📖 正在阅读对话");
    }

    private static async Task<List<JsonElement>> PagesAsync(TimelinePeople people, string path)
    {
        var items = new List<JsonElement>();
        for (string? cursor = null; ;)
        {
            var page = JsonDocument.Parse(await people.Owner.Http.GetStringAsync(cursor is null ? path : $"{path}&cursor={cursor}", Stop)).RootElement;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            if (!page.TryGetProperty("next_cursor", out var next))
            {
                return items;
            }

            cursor = next.GetString();
        }
    }
}
