using System.Net;
using System.Net.Http.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Models;
using Evenkeel.Timeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline;

/// <summary>Webhooks against a real receiver: signed, in order, again until taken, whatever stops in the middle.</summary>
public sealed class WebhookTests
{
    private const string Webhooks = "/api/v1/admin/webhooks";
    private const int LooksPerStep = 20;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_arrive_signed_in_order_and_each_in_one_batch_and_the_log_tells_of_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync(new ManualClock());
        var people = await TimelinePeople.CreateAsync(server);
        var created = await CreateAsync(people, receiver, "agent_thinking", "loading_history");
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        for (var round = 0; round < 5; round++)
        {
            await RecordAsync(people, first, TimelineEventType.AgentThinking, TimelineEventType.TurnEnded, TimelineEventType.LoadingHistory);
            await RecordAsync(people, second, TimelineEventType.TurnEnded);
        }

        // More than one batch holds.
        await RecordAsync(people, first, [.. Enumerable.Repeat(TimelineEventType.AgentThinking, 150)]);
        await SeeAsync(receiver, first, 160);

        var taken = receiver.Taken.ToArray();
        taken.ShouldAllBe(one => one.IsSignedWith(created.Secret) && one.Session == first && one.Seqs.Count() <= 100);
        taken.SelectMany(one => one.Seqs).ShouldBe(Enumerable.Range(1, 165).Where(seq => seq > 15 || seq % 3 != 2).Select(seq => (long)seq));
        taken.Select(one => one.Id).ShouldBeUnique();
        taken[0].Data.GetProperty("events")[0].GetProperty("event_data").GetProperty("found").GetInt32().ShouldBe(3);
        await Eventually.HoldAsync("nothing waits", async () => (await ListAsync(people)).Waiting == 0);
        var log = (await people.Owner.GetAsync<Page<WebhookDelivery>>($"{Webhooks}/{created.Webhook.Id}/deliveries")).Items;
        log.Select(one => one.Id.ToString()).ShouldBe(taken.Select(one => one.Id), ignoreOrder: true);
        log.ShouldAllBe(one => one.Status == "delivered" && one.Tries == 1 && one.HttpStatus == 200 && one.DeliveredAt != null);
        (await ListAsync(people)).LastDeliveredAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_fails_is_sent_again_with_the_same_id_and_what_comes_behind_it_waits()
    {
        var clock = new ManualClock();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync(clock);
        var people = await TimelinePeople.CreateAsync(server);
        await CreateAsync(people, receiver);
        var session = Guid.CreateVersion7();
        var answers = new Queue<int>([503, 302]);
        receiver.Answer = _ => Task.FromResult(answers.TryDequeue(out var status) ? status : 200);

        await RecordAsync(people, session, TimelineEventType.AgentThinking);
        await Eventually.HoldAsync("the first try", () => Task.FromResult(receiver.Requests.Count == 1));
        await RecordAsync(people, session, TimelineEventType.AgentThinking);
        await WaitingAsync(people, "http_503");
        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(5), () => receiver.Requests.Count == 2);
        await WaitingAsync(people, "http_302");
        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(2), () => receiver.Taken.SelectMany(one => one.Seqs).Contains(2));

        receiver.Requests.Take(3).Select(one => (one.Id, one.Body)).Distinct().Count().ShouldBe(1);
        receiver.Taken.DistinctBy(one => one.Id).SelectMany(one => one.Seqs).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_loses_nothing_and_repeats_only_under_the_same_id()
    {
        var clock = new ManualClock();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var database = await TestServer.NewDatabaseAsync();
        var session = Guid.CreateVersion7();
        var hanging = new TaskCompletionSource<int>();
        receiver.Answer = _ => hanging.Task;
        await using (var server = await StartAsync(clock, database))
        {
            var people = await TimelinePeople.CreateAsync(server);
            await CreateAsync(people, receiver);
            await RecordAsync(people, session, TimelineEventType.AgentThinking, TimelineEventType.LoadingHistory);
            await Eventually.HoldAsync("a request is under way", () => Task.FromResult(receiver.Requests.Count == 1));
            await RecordAsync(people, session, TimelineEventType.AgentThinking);
        }

        // The receiver had it all the same.
        hanging.SetResult(200);
        receiver.Answer = _ => Task.FromResult(200);
        await using (var server = await StartAsync(clock, database))
        {
            await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(5), () => receiver.Taken.SelectMany(one => one.Seqs).Contains(3));
        }

        receiver.Requests.Take(2).Select(one => (one.Id, one.Body)).Distinct().Count().ShouldBe(1);
        receiver.Requests.DistinctBy(one => one.Id).SelectMany(one => one.Seqs).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task What_a_killed_process_was_sending_is_sent_by_another_under_the_same_id_after_its_lease()
    {
        // Stands still, a little behind the other process's: what failed once is due there and not here.
        var clock = new ManualClock(DateTimeOffset.UtcNow.AddMinutes(-2));
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync(clock);
        var people = await TimelinePeople.CreateAsync(server);
        await CreateAsync(people, receiver);
        receiver.Answer = _ => Task.FromResult(503);
        await RecordAsync(people, Guid.CreateVersion7(), TimelineEventType.AgentThinking, TimelineEventType.LoadingHistory);
        await WaitingAsync(people, "http_503");
        var hanging = new TaskCompletionSource<int>();
        receiver.Answer = _ => hanging.Task;

        using (var process = EvenkeelProgram.Start("serve", new(StringComparer.Ordinal)
        {
            ["Roles"] = "web", ["Urls"] = "http://127.0.0.1:0", ["Data:Directory"] = TestFolder.New("data"), ["Database:Migrate"] = "false",
            ["ConnectionStrings:Evenkeel"] = server.Database.ApplicationConnectionString, ["Timeline:Webhooks:AllowedPrivateHosts:0"] = "127.0.0.1:*",
        }))
        {
            await Eventually.HoldAsync("the other process is sending", () => Task.FromResult(receiver.Requests.Count == 2));
            process.Kill();
            await process.WaitForExitAsync(Stop);
        }

        clock.Advance(DateTimeOffset.UtcNow - clock.GetUtcNow());
        receiver.Answer = _ => Task.FromResult(200);
        (await server.Database.LookAsync<long>("SELECT count(*) FROM webhook_queue WHERE leased_until > $1", clock.GetUtcNow().UtcDateTime)).ShouldBe(1);
        receiver.Requests.Count.ShouldBe(2);
        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(5), () => receiver.Requests.Count == 3);

        receiver.Requests.Select(one => (one.Id, one.Body)).Distinct().Count().ShouldBe(1);
        await Eventually.HoldAsync("nothing waits", async () => (await ListAsync(people)).Waiting == 0);
        hanging.SetResult(200);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_keeps_nobody_else_waiting_and_one_that_is_gone_is_left_alone()
    {
        var clock = new ManualClock();
        await using var slow = await WebhookReceiver.StartAsync();
        await using var quick = await WebhookReceiver.StartAsync();
        await using var gone = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync(clock);
        var people = await TimelinePeople.CreateAsync(server);
        var never = new TaskCompletionSource<int>();
        slow.Answer = _ => never.Task;
        gone.Answer = _ => Task.FromResult(410);
        await CreateAsync(people, slow);
        await CreateAsync(people, quick);
        var disabled = await CreateAsync(people, gone);

        var sessions = Enumerable.Range(0, 20).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var session in sessions)
        {
            await RecordAsync(people, session, TimelineEventType.AgentThinking);
        }

        await Eventually.HoldAsync("the quick one has everything", () => Task.FromResult(quick.Taken.Count == sessions.Length));
        quick.Taken.Select(one => one.Session).ShouldBe(sessions, ignoreOrder: true);
        slow.Requests.Count.ShouldBe(4);
        await Eventually.HoldAsync("it is switched off", async () =>
            !(await people.Owner.GetAsync<EventWebhook>($"{Webhooks}/{disabled.Webhook.Id}")).IsEnabled);
        (await people.Owner.GetAsync<EventWebhook>($"{Webhooks}/{disabled.Webhook.Id}")).DisabledReason.ShouldBe("gone");
        // The entry follows; twenty sessions met the same end, and it is written down once.
        (await Eventually.SeeAsync("it is written down", async () =>
            (await people.Owner.GetAsync<Page<AuditEntry>>("/api/v1/admin/audit?action=webhook.disabled")).Items is { Count: > 0 } items ? items : null))
            .ShouldHaveSingleItem().Actor.ShouldBe("system");
        never.SetResult(200);
    }

    [Fact]
    public async Task A_webhook_that_takes_nothing_for_three_days_is_switched_off_and_goes_on_where_it_was_when_it_is_switched_on()
    {
        var clock = new ManualClock();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync(clock);
        var people = await TimelinePeople.CreateAsync(server);
        var created = await CreateAsync(people, receiver);
        receiver.Answer = _ => Task.FromResult(500);
        await RecordAsync(people, Guid.CreateVersion7(), TimelineEventType.AgentThinking);
        await WaitingAsync(people, "http_500");

        clock.Advance(TimeSpan.FromHours(73));
        await AdvanceUntilAsync(clock, TimeSpan.FromSeconds(2), async () => !await server.Database.LookAsync<bool>("SELECT is_enabled FROM event_webhooks"));
        (await server.Database.LookAsync<string>("SELECT disabled_reason FROM event_webhooks")).ShouldBe("failing");
        await Eventually.HoldAsync("it is written down", async () =>
            await server.Database.LookAsync<long>("SELECT count(*) FROM audit_entries WHERE action = 'webhook.disabled'") == 1);

        using var login = await people.Owner.Http.PostAsJsonAsync("/auth/login", new { email = people.Owner.SignedIn.User.Email, password = TestAccount.Password }, Stop);
        var signedIn = (await login.Content.ReadFromJsonAsync<Evenkeel.Contracts.Accounts.SignedInResponse>(Wire.Json, Stop))!;
        people = people with { Owner = (people.Owner with { SignedIn = signedIn }).At(server.Address) };
        using var changed = await people.Owner.Http.PutAsJsonAsync($"{Webhooks}/{created.Webhook.Id}", new EventWebhookRequest { IsEnabled = true }, Wire.Json, Stop);
        (await changed.ReadAsync<EventWebhook>(HttpStatusCode.OK)).DisabledReason.ShouldBeNull();
        // It begins afresh: one more failure does not switch it off again.
        var refused = receiver.Requests.Count;
        await AdvanceUntilAsync(clock, TimeSpan.FromMinutes(10), () => receiver.Requests.Count > refused);
        await Eventually.HoldAsync("it is settled", async () => await server.Database.LookAsync<long>("SELECT count(*) FROM webhook_queue WHERE leased_until IS NOT NULL") == 0);
        receiver.Answer = _ => Task.FromResult(200);
        // A clock that runs ahead of a slow delivery makes it time out: then it comes once more.
        await AdvanceUntilAsync(clock, TimeSpan.FromMinutes(10), () => !receiver.Taken.IsEmpty);
        (await server.Database.LookAsync<bool>("SELECT is_enabled FROM event_webhooks")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_session_is_replayed_from_a_number_and_a_changed_secret_signs_beside_the_old_one()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await StartAsync(new ManualClock());
        var people = await TimelinePeople.CreateAsync(server);
        var session = Guid.CreateVersion7();
        await RecordAsync(people, session, TimelineEventType.AgentThinking, TimelineEventType.LoadingHistory, TimelineEventType.AgentThinking);
        var created = await CreateAsync(people, receiver);
        var path = $"{Webhooks}/{created.Webhook.Id}";
        using var rotated = await people.Owner.Http.PostAsync($"{path}/secret", null, Stop);
        var secret = (await rotated.ReadAsync<CreatedEventWebhook>(HttpStatusCode.OK)).Secret;

        using var replayed = await people.Owner.Http.PostAsJsonAsync($"{path}/replay", new ReplayRequest { SessionId = session, AfterSeq = 1 }, Wire.Json, Stop);
        replayed.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.HoldAsync("the replay", () => Task.FromResult(receiver.Taken.Count == 1));
        var one = receiver.Taken.ShouldHaveSingleItem();
        one.Seqs.ShouldBe([2, 3]);
        one.IsSignedWith(secret).ShouldBeTrue();
        one.IsSignedWith(created.Secret).ShouldBeTrue();
        secret.ShouldNotBe(created.Secret);
        using var unknown = await people.Owner.Http.PostAsJsonAsync($"{path}/replay", new ReplayRequest { SessionId = Guid.CreateVersion7() }, Wire.Json, Stop);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var tested = await people.Owner.Http.PostAsync($"{path}/test", null, Stop);
        (await tested.ReadAsync<WebhookDelivery>(HttpStatusCode.OK)).Status.ShouldBe("delivered");
        receiver.Taken.Last().Body.ShouldContain("\"type\":\"timeline.test\"");
    }

    [Fact]
    public async Task The_servers_own_network_is_not_reached_unless_the_setting_names_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        var account = await server.RegisterAsync();
        foreach (var url in new[] { receiver.Url, "http://169.254.169.254/latest", "http://[::1]/", "ftp://example.com/", "http://user:secret@example.com/", "no address" })
        {
            using var refused = await account.Http.PostAsJsonAsync(Webhooks, new EventWebhookRequest { Url = url }, Wire.Json, Stop);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, url);
        }

        // A name is judged when it is connected to.
        using var response = await account.Http.PostAsJsonAsync(Webhooks, new EventWebhookRequest { Url = $"http://localhost:{receiver.Port}/hook" }, Wire.Json, Stop);
        var created = await response.ReadAsync<CreatedEventWebhook>(HttpStatusCode.Created);
        using var tested = await account.Http.PostAsync($"{Webhooks}/{created.Webhook.Id}/test", null, Stop);
        (await tested.ReadAsync<WebhookDelivery>(HttpStatusCode.OK)).Error.ShouldBe("forbidden_address");
        receiver.Requests.ShouldBeEmpty();
        using var other = (await server.RegisterAsync()).Http;
        (await other.GetAsync($"{Webhooks}/{created.Webhook.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await account.Http.DeleteAsync($"{Webhooks}/{created.Webhook.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private static Task<TestServer> StartAsync(ManualClock clock, TestDatabase? database = null) => TestServer.StartAsync(
        new() { ["Roles"] = "web", ["Timeline:Webhooks:AllowedPrivateHosts:0"] = "127.0.0.1:*" },
        services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)),
        database);

    private static async Task<CreatedEventWebhook> CreateAsync(TimelinePeople people, WebhookReceiver receiver, params string[] types)
    {
        using var response = await people.Owner.Http.PostAsJsonAsync(Webhooks, new EventWebhookRequest { Url = receiver.Url, EventTypes = types }, Wire.Json, Stop);
        return await response.ReadAsync<CreatedEventWebhook>(HttpStatusCode.Created);
    }

    private static async Task RecordAsync(TimelinePeople people, Guid session, params string[] types)
    {
        TimelineEntry[] entries = [.. types.Select(type => people.Entry(session, type))];
        await people.RecordAsync(entries);
        people.Server.Services.GetRequiredService<ITimeline>().Committed(entries);
    }

    private static async Task<EventWebhook> ListAsync(TimelinePeople people) =>
        (await people.Owner.GetAsync<Page<EventWebhook>>(Webhooks)).Items.ShouldHaveSingleItem();

    private static Task SeeAsync(WebhookReceiver receiver, Guid session, int events) => Eventually.HoldAsync(
        $"{events} events", () => Task.FromResult(receiver.Taken.Where(one => one.Session == session).Sum(one => one.Seqs.Count()) == events));

    private static Task WaitingAsync(TimelinePeople people, string error) => Eventually.HoldAsync($"it failed with {error}", async () =>
        await people.Server.Database.LookAsync<long>("SELECT count(*) FROM webhook_deliveries WHERE status = 'waiting' AND error = $1 AND next_try_at IS NOT NULL", error) == 1);

    /// <summary>
    /// The loops look at the clock: it moves on until it is so. Not at every look: what is under way takes real time, and a clock that runs far ahead of it lets its
    /// lease run out.
    /// </summary>
    private static Task AdvanceUntilAsync(ManualClock clock, TimeSpan step, Func<Task<bool>> isSoAsync)
    {
        var looks = 0;
        return Eventually.HoldAsync("the next try", async () =>
        {
            if (await isSoAsync())
            {
                return true;
            }

            if (looks++ % LooksPerStep == 0)
            {
                clock.Advance(step);
            }

            return false;
        });
    }

    private static Task AdvanceUntilAsync(ManualClock clock, TimeSpan step, Func<bool> isSo) => AdvanceUntilAsync(clock, step, () => Task.FromResult(isSo()));
}
