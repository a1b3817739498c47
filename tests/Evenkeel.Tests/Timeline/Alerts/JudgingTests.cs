using Evenkeel.Contracts.Operations;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Health;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Models;
using Evenkeel.Tests.Timeline.Analytics;
using Evenkeel.Timeline.Alerts;
using Evenkeel.Timeline.Alerts.Notifying;
using Evenkeel.Timeline.Alerts.Rounds;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline.Alerts;

/// <summary>Rounds of the engine on a real database, with the clock in the test's hand.</summary>
public sealed class JudgingTests : IAsyncLifetime
{
    private static readonly Guid Organization = Guid.CreateVersion7();
    private readonly ManualClock _clock = new();
    private readonly TestGauge _gauge = new(true);
    private TestDatabase _database = null!;
    private HookReceiver _hook = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (_database, _hook) = (await TestServer.NewDatabaseAsync(), await HookReceiver.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _hook.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_long_queue_fires_after_five_minutes_although_the_process_is_another_one_in_between_and_is_told_once()
    {
        await ReceiverAsync(Guid.Empty, "hook", "webhook");
        await using (var first = Process())
        {
            Depth(60);
            await RoundsAsync(first, 9);
            (await ChangesAsync(first)).ShouldBeEmpty("pending is no news");
        }

        await using var second = Process();
        await using var third = Process();
        for (var round = 0; round < 2; round++)
        {
            await TickAsync(second);
            await Task.WhenAll(second.RunAsync<JudgeAlerts>(), third.RunAsync<JudgeAlerts>());
        }

        (await ChangesAsync(second)).ShouldHaveSingleItem().ShouldBe("pending>firing:warning");
        await SendAsync(second);
        _hook.Received.ShouldBeEmpty("the first message waits for what else changes");
        await TickAsync(second, 31);
        await Task.WhenAll(SendAsync(second), SendAsync(third));

        var told = _hook.Received.ShouldHaveSingleItem();
        told.Message.Title.ShouldBe("Evenkeel: [warning] Many turns are waiting");
        told.Message.Text.ShouldStartWith("[warning] Many turns are waiting: queue_depth = 60, since 2020-01-01 00:0");
        told.Message.Alerts.ShouldHaveSingleItem().Status.ShouldBe("firing");
        HookReceiver.ShouldBeSigned(told, Secret);

        Depth(0);
        await RoundsAsync(second, 12);
        await TickAsync(second, 31);
        await SendAsync(second);
        (await ChangesAsync(second)).ShouldBe(["pending>firing:warning", "firing>recovering:warning", "recovering>normal:warning"]);
        _hook.Received.Count.ShouldBe(2);
        _hook.Received.Last().Message.Alerts.Single().Status.ShouldBe("resolved");
    }

    [Fact]
    public async Task What_changes_in_one_round_is_one_message_a_receiver_and_only_to_those_who_want_it()
    {
        await ReceiverAsync(Guid.Empty, "all", "webhook");
        await ReceiverAsync(Guid.Empty, "critical", "webhook", "critical", language: "zh");
        await using var process = Process();
        await RoundsAsync(process, 2);
        // Two are critical after a minute, the queue's age is a warning after two.
        (_gauge.Readings[0], _gauge.Readings[1]) = (new("workers_alive", 0), new("queue_oldest_age", 60));
        _gauge.Readings.Add(new("dead_turns", 20));
        await RoundsAsync(process, 10);
        await TickAsync(process, 31);
        await SendAsync(process);

        _hook.Received.Select(received => received.Message.Title).ShouldBe(
            ["Evenkeel: 2 critical", "Evenkeel: [warning] A turn has been waiting for long", "Evenkeel：2 项严重"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_silence_keeps_it_back_and_its_end_makes_up_for_it()
    {
        await ReceiverAsync(Guid.Empty, "hook", "webhook");
        await using var process = Process();
        var rule = Evenkeel.Timeline.Alerts.Rules.BaseRule.IdOf("shipped", "no_worker");
        await process.Database.ExecuteAsync(
            DataScope.System,
            "INSERT INTO alert_silences (id, organization_id, rule_id, reason, author, starts_at, ends_at) VALUES (gen_random_uuid(), @Empty, @rule, 'works on it', 'Ann', @from, @to)",
            new { Guid.Empty, rule, from = _clock.GetUtcNow().UtcDateTime, to = _clock.GetUtcNow().AddMinutes(10).UtcDateTime },
            Stop);
        _gauge.Readings.Add(new("workers_alive", 0));
        await RoundsAsync(process, 18);
        (await ChangesAsync(process)).ShouldBe(["pending>firing:critical"]);
        (await process.Database.QueryAsync<string>(DataScope.System, "SELECT unnest(silenced) FROM alert_changes", null, Stop)).ShouldBe(["hook"]);
        await TickAsync(process, 31);
        await SendAsync(process);
        _hook.Received.ShouldBeEmpty();

        await RoundsAsync(process, 21);
        await TickAsync(process, 31);
        await SendAsync(process);
        _hook.Received.ShouldHaveSingleItem().Message.Alerts.Single().Status.ShouldBe("firing");
    }

    [Fact]
    public async Task What_fires_on_is_told_again_after_the_repeat_interval()
    {
        await ReceiverAsync(Guid.Empty, "hook", "webhook");
        await using var process = Process(("Alerts:RepeatHours", "1"));
        _gauge.Readings.Add(new("workers_alive", 0));
        await RoundsAsync(process, 10);
        for (var minute = 0; minute < 70; minute++)
        {
            await TickAsync(process, 60);
            await process.RunAsync<JudgeAlerts>();
            await SendAsync(process);
        }

        _hook.Received.Select(received => received.Message.Alerts.Single().Status).ShouldBe(["firing", "still_firing"]);
    }

    [Fact]
    public async Task A_message_that_is_not_taken_is_sent_again_with_growing_waits_under_the_same_id_and_given_up_at_last()
    {
        await ReceiverAsync(Guid.Empty, "hook", "webhook");
        _hook.Status = 500;
        await using var process = Process(("Alerts:MostTries", "4"));
        _gauge.Readings.Add(new("workers_alive", 0));
        await RoundsAsync(process, 8);
        var tries = new List<DateTimeOffset>();
        for (var round = 0; round < 60; round++)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            var before = _hook.Received.Count;
            await SendAsync(process);
            tries.AddRange(Enumerable.Repeat(_clock.GetUtcNow(), _hook.Received.Count - before));
        }

        tries.Zip(tries.Skip(1), (one, next) => (next - one).TotalSeconds).ShouldBe([30, 60, 120]);
        _hook.Received.Select(received => received.Message.Id).Distinct().Count().ShouldBe(1);
        (await process.Database.QueryAsync<string>(DataScope.System, "SELECT status || ' ' || tries || ' ' || error FROM alert_notifications", null, Stop)).ShouldBe(["failed 4 http_500"]);
    }

    [Fact]
    public async Task Error_rate_is_judged_for_each_organization_with_what_it_changed_and_its_minimum_count()
    {
        var (few, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var process = Process();
        var rule = Evenkeel.Timeline.Alerts.Rules.BaseRule.IdOf("shipped", "error_rate");
        var shipped = process.Get<Evenkeel.Timeline.Alerts.Rules.BaseRules>().Current().Single(one => one.Id == rule).Definition;
        await process.Database.ExecuteAsync(
            DataScope.Organization(other),
            "INSERT INTO alert_rules (organization_id, id, definition, is_override, updated_at) VALUES (@other, @rule, @json::jsonb, true, @now)",
            new { other, rule, json = System.Text.Json.JsonSerializer.Serialize(shipped with { Warning = 50, Critical = 60 }, Evenkeel.Contracts.Wire.Json), now = _clock.GetUtcNow().UtcDateTime },
            Stop);
        foreach (var (organization, turns, failed) in new[] { (Organization, 20, 2), (few, 19, 19), (other, 20, 2) })
        {
            await process.RecordAsync([.. Enumerable.Range(0, turns).Select(turn => AnalyticsProcess.Event(
                organization, _clock.GetUtcNow(), TimelineEventType.TurnEnded, data: $$"""{"status":"{{(turn < failed ? "failed" : "succeeded")}}","total_ms":1}"""))]);
        }

        await RoundsAsync(process, 2);
        (await process.Database.QueryAsync<string>(DataScope.System, "SELECT organization_id || ' ' || to_state || ' ' || severity || ' ' || value FROM alert_changes WHERE rule_id = @rule", new { rule }, Stop))
            .ShouldBe([$"{Organization} firing warning 10"]);
    }

    [Fact]
    public async Task Whoever_was_told_that_a_rule_fires_hears_that_it_is_over_also_when_the_rule_is_deleted()
    {
        await ReceiverAsync(Organization, "hook", "webhook");
        await using var process = Process();
        var definition = new AlertRuleDefinition { Name = "Mine", Metric = "turns", Value = "sum", Condition = "above", Warning = 0, WindowSeconds = 3600, NoData = "normal", IsEnabled = true };
        await process.Database.ExecuteAsync(
            DataScope.Organization(Organization),
            "INSERT INTO alert_rules (organization_id, id, definition, is_override, updated_at) VALUES (@Organization, gen_random_uuid(), @json::jsonb, false, @now)",
            new { Organization, json = System.Text.Json.JsonSerializer.Serialize(definition, Evenkeel.Contracts.Wire.Json), now = _clock.GetUtcNow().UtcDateTime },
            Stop);
        await process.RecordAsync(AnalyticsProcess.Event(Organization, _clock.GetUtcNow(), TimelineEventType.TurnEnded, data: """{"status":"succeeded","total_ms":1}"""));
        await RoundsAsync(process, 2);
        await TickAsync(process, 31);
        await SendAsync(process);
        _hook.Received.ShouldHaveSingleItem().Message.Alerts.Single().Status.ShouldBe("firing");

        await process.Database.ExecuteAsync(DataScope.Organization(Organization), "UPDATE alert_rules SET deleted_at = @now", new { now = _clock.GetUtcNow().UtcDateTime }, Stop);
        await RoundsAsync(process, 1);
        await TickAsync(process, 31);
        await SendAsync(process);

        _hook.Received.Count.ShouldBe(2);
        var told = _hook.Received.Last().Message.Alerts.Single();
        (told.Status, told.RuleName).ShouldBe(("resolved", "Mine"));
        (await process.Database.QueryAsync<long>(DataScope.System, "SELECT count(*) FROM alert_rules UNION ALL SELECT count(*) FROM alert_states WHERE organization_id = @Organization", new { Organization }, Stop))
            .ShouldBe([0, 0]);
    }

    [Fact]
    public async Task The_file_is_read_again_when_it_changes_and_a_broken_one_keeps_the_last_good_rules_and_shows_in_health()
    {
        var file = Path.Combine(Directory.CreateDirectory(TestFolder.New("rules")).FullName, "rules.yaml");
        await using var process = Process(("Alerts:RulesFile", file));
        (await HealthAsync(process)).Found.ShouldContain("does not exist");
        await File.WriteAllTextAsync(file, "rules:\n  - { name: Depth of the test, metric: test_depth, value: last, warning: 5, window: 1m }\n", Stop);
        _gauge.Readings.Add(new("test_depth", 6));
        await RoundsAsync(process, 2);
        (await ChangesAsync(process)).ShouldContain("normal>firing:warning");
        (await HealthAsync(process)).Status.ShouldBe(HealthStatus.Ok);

        await File.WriteAllTextAsync(file, "rules:\n  - { name: Depth of the test, metric: test_depth, value: p95, warning: 5 }\n  - colour\n", Stop);
        await RoundsAsync(process, 1);
        var health = await HealthAsync(process);
        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Found.ShouldStartWith("Alerts__RulesFile, line 2: value: One of: last, max.");
        (await ChangesAsync(process)).Count.ShouldBe(1, "the rule read before still stands");

        await File.WriteAllTextAsync(file, "rules: []", Stop);
        await RoundsAsync(process, 1);
        (await process.Database.QueryAsync<string>(DataScope.System, "SELECT group_name FROM alert_states WHERE rule_id = @rule", new { rule = Evenkeel.Timeline.Alerts.Rules.BaseRule.IdOf("file", "Depth of the test") }, Stop)).ShouldBeEmpty("a rule that is gone has no state");
    }

    private const string Secret = "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtMQ==";

    private AnalyticsProcess Process(params (string, string?)[] settings) =>
        new(_database, _clock, [_gauge], [("Timeline:Webhooks:AllowedPrivateHosts:0", "127.0.0.1:*"), .. settings]);

    private void Depth(double value)
    {
        _gauge.Readings.Clear();
        _gauge.Readings.AddRange([new("queue_depth", value), new("workers_alive", 1), new("queue_oldest_age", 0)]);
    }

    private async Task RoundsAsync(AnalyticsProcess process, int rounds)
    {
        if (_gauge.Readings.Count == 0)
        {
            _gauge.Readings.AddRange([new("workers_alive", 1), new("queue_oldest_age", 0), new("queue_depth", 0)]);
        }

        for (var round = 0; round < rounds; round++)
        {
            await TickAsync(process);
            await process.RunAsync<JudgeAlerts>();
        }
    }

    private async Task TickAsync(AnalyticsProcess process, int seconds = 30)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        await process.AggregateAsync();
    }

    private static Task<bool> SendAsync(AnalyticsProcess process) => process.RunAsync<SendNotifications>();

    private static async Task<HealthCheck> HealthAsync(AnalyticsProcess process) => (await process.Get<AlertHealth>().CheckAsync(HealthAsker.Server, Stop)).Single();

    private static Task<IReadOnlyList<string>> ChangesAsync(AnalyticsProcess process) => process.Database.QueryAsync<string>(
        DataScope.System,
        "SELECT from_state || '>' || to_state || ':' || coalesce(severity, '') FROM alert_changes WHERE to_state <> 'no_data' AND from_state <> 'no_data' ORDER BY id", null, Stop);

    private async Task ReceiverAsync(Guid owner, string name, string kind, string least = "warning", string language = "en")
    {
        await using var process = Process();
        await process.Database.ExecuteAsync(
            DataScope.System,
            """
            INSERT INTO alert_receivers (id, organization_id, name, kind, target, secret, least_severity, language, is_enabled, created_at)
            VALUES (gen_random_uuid(), @owner, @name, @kind, @Address, @Secret, @least, @language, true, @now)
            """,
            new { owner, name, kind, _hook.Address, Secret, least, language, now = _clock.GetUtcNow().UtcDateTime },
            Stop);
    }
}
