using Evenkeel.Contracts.Timeline;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Models;
using Evenkeel.Timeline.Analytics.Gauges;
using Shouldly;
using Xunit;
using static Evenkeel.Tests.Timeline.Analytics.AnalyticsProcess;

namespace Evenkeel.Tests.Timeline.Analytics;

public sealed class AggregatingTests : IAsyncLifetime
{
    private static readonly Guid Mine = Guid.CreateVersion7();
    private static readonly Guid Theirs = Guid.CreateVersion7();
    private readonly ManualClock _clock = new();
    private TestDatabase _database = null!;

    private DateTimeOffset Now => _clock.GetUtcNow();

    public async ValueTask InitializeAsync() => _database = await TestServer.NewDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Turns_and_stages_become_minutes_hours_and_days_with_the_labels_of_their_lists()
    {
        await using var process = new AnalyticsProcess(_database, _clock);
        var bot = Guid.CreateVersion7();
        await process.RecordAsync(
            Ended(Mine, $$"""{"status":"succeeded","chatbot_id":"{{bot}}","model":"m-1","queue_ms":5,"first_token_ms":200,"total_ms":1500,"model_calls":2,"input_tokens":100,"output_tokens":20,"credits":0.5,"passages":3,"best_score":0.2,"answered":false,"groundedness":0.75}"""),
            Ended(Mine, $$"""{"status":"failed","error_code":"llm_timeout","chatbot_id":"{{bot}}","model":"m-1","total_ms":30000,"passages":0}"""),
            Ended(Theirs, """{"status":"succeeded","total_ms":10}"""),
            Event(Mine, Now, TimelineEventType.ModelRetry, TimelineEventStatus.Progress, """{"model":"m-1","error_code":"llm_timeout"}"""),
            Event(Mine, Now, TimelineEventType.ModelFallback, TimelineEventStatus.Progress, """{"from":"m-1","to":"m-2","error_code":"llm_unavailable"}"""),
            Event(Mine, Now, "feedback_given", data: """{"value":"down"}"""),
            Event(Mine, Now, TimelineEventType.ToolSearchDocuments) with { ProcessingTime = TimeSpan.FromMilliseconds(40) },
            Event(Mine, Now, TimelineEventType.ToolSearchDocuments, TimelineEventStatus.Failed) with { ProcessingTime = TimeSpan.FromMilliseconds(90), ErrorType = "rag_error", ErrorSeverity = "error" });
        _clock.Advance(TimeSpan.FromSeconds(30));
        await process.AggregateAsync();

        var turns = (await process.StoredAsync("turns")).Where(point => point.OrganizationId == Mine).ToList();
        turns.Select(point => point.Labels).ShouldBe(
        [
            $$"""{"model": "m-1", "status": "failed", "chatbot_id": "{{bot}}", "error_code": "llm_timeout"}""", $$"""{"model": "m-1", "status": "succeeded", "chatbot_id": "{{bot}}"}""",
        ], ignoreOrder: true);
        turns.ShouldAllBe(point => point.Count == 1 && point.At == Now.AddSeconds(-30));
        foreach (var (metric, sum) in new (string, double)[]
        {
            ("turn_duration", 31_500), ("first_token", 200), ("queue_wait", 5), ("tokens_in", 100), ("tokens_out", 20), ("credits", 0.5), ("model_calls", 2), ("model_retries", 1),
            ("model_fallbacks", 1), ("provider_errors", 3), ("retrievals", 2), ("retrieval_empty", 1), ("retrieval_low", 1), ("retrieval_score", 0.2), ("not_answered", 1), ("groundedness", 0.75),
            ("feedback", 1), ("stage_duration", 130), ("errors", 1), ("stage_events", 7), ("sessions", 7),
        })
        {
            foreach (var resolution in new[] { 60, 3_600, 86_400 })
            {
                (await process.StoredAsync(metric, resolution)).Where(point => point.OrganizationId == Mine).Sum(point => point.Sum).ShouldBe(sum, 1e-9, $"{metric} by {resolution}");
            }
        }

        (await process.StoredAsync("errors")).ShouldHaveSingleItem().Labels.ShouldBe("""{"severity": "error", "error_type": "rag_error", "event_type": "tool_search_documents"}""");
        (await process.StoredAsync("turns")).Where(point => point.OrganizationId == Theirs).ShouldHaveSingleItem().Labels.ShouldBe("""{"status": "succeeded"}""");
    }

    [Fact]
    public async Task Two_processes_at_once_and_looking_again_count_nothing_twice_and_late_events_are_counted()
    {
        await using var one = new AnalyticsProcess(_database, _clock);
        await using var other = new AnalyticsProcess(_database, _clock);
        for (var minute = 0; minute < 8; minute++)
        {
            await one.RecordAsync(Ended(Mine, """{"status":"succeeded","total_ms":100}"""));
            await Task.WhenAll(one.AggregateAsync(), other.AggregateAsync());
            _clock.Advance(TimeSpan.FromSeconds(30));
            // A moment of some minutes ago, written only now.
            await other.RecordAsync(Ended(Mine, """{"status":"succeeded","total_ms":100}""") with { Timestamp = Now.AddMinutes(-Math.Min(minute, 3)) });
            _clock.Advance(TimeSpan.FromSeconds(30));
            await Task.WhenAll(one.AggregateAsync(), other.AggregateAsync());
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        await other.AggregateAsync();

        foreach (var resolution in new[] { 60, 3_600, 86_400 })
        {
            (await one.StoredAsync("turns", resolution)).Sum(point => point.Count).ShouldBe(16, $"{resolution}");
            (await one.StoredAsync("turn_duration", resolution)).Sum(point => point.Sum).ShouldBe(1_600, $"{resolution}");
        }
    }

    [Fact]
    public async Task After_an_outage_it_goes_on_from_where_it_was_in_pieces()
    {
        await using (var before = new AnalyticsProcess(_database, _clock))
        {
            await before.AggregateAsync();
        }

        await using var process = new AnalyticsProcess(_database, _clock);
        for (var hour = 0; hour < 5; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await process.RecordAsync(Ended(Mine, """{"status":"succeeded","total_ms":100}"""));
        }

        var pieces = 1;
        while (await process.AggregateAsync())
        {
            pieces++;
        }

        _clock.Advance(TimeSpan.FromSeconds(15));
        await process.AggregateAsync();
        pieces.ShouldBeGreaterThan(10);
        (await process.StoredAsync("turns")).Select(point => point.At.Hour).ShouldBe([1, 2, 3, 4, 5]);
        (await process.StoredAsync("turns", 86_400)).ShouldHaveSingleItem().Count.ShouldBe(5);
    }

    [Fact]
    public async Task Labels_without_end_are_counted_as_other_and_the_sum_stays()
    {
        await using var process = new AnalyticsProcess(_database, _clock, null, ("Analytics:LabelSets", "5"));
        for (var model = 0; model < 40; model++)
        {
            await process.RecordAsync([.. Enumerable.Range(0, model < 3 ? 3 : 1).Select(_ => Event(Mine, Now, TimelineEventType.ModelRetry, TimelineEventStatus.Progress, $$"""{"model":"m-{{model}}"}"""))]);
        }

        await process.AggregateAsync();
        var points = await process.StoredAsync("model_retries");
        points.Count.ShouldBe(6);
        points.Sum(point => point.Sum).ShouldBe(46);
        points.ShouldContain(point => point.Labels == """{"model": "other"}""");
        points.Count(point => point.Count == 3).ShouldBe(3, "the most frequent ones are kept apart");

        // What was kept apart and is no more must not be counted beside the rest.
        await process.RecordAsync([.. Enumerable.Range(0, 20).SelectMany(model => Enumerable.Range(0, 5).Select(_ => Event(Mine, Now, TimelineEventType.ModelRetry, TimelineEventStatus.Progress, $$"""{"model":"n-{{model}}"}""")))]);
        _clock.Advance(TimeSpan.FromSeconds(15));
        await process.AggregateAsync();
        points = await process.StoredAsync("model_retries");
        points.Count.ShouldBe(6);
        points.Sum(point => point.Sum).ShouldBe(146);
    }

    [Fact]
    public async Task Gauges_are_sampled_those_of_processes_added_up_and_counters_taken_by_their_growth()
    {
        var (installation, first, second) = (new TestGauge(true), new TestGauge(false), new TestGauge(false));
        await using var one = new AnalyticsProcess(_database, _clock, [installation, first]);
        await using var other = new AnalyticsProcess(_database, _clock, [second]);
        installation.Readings.Add(new("test_depth", 7));
        first.Readings.AddRange([new("test_open", 10), new("test_total", 100, null, "a")]);
        second.Readings.AddRange([new("test_open", 5), new("test_total", 50, null, "a"), new("test_total", 1, null, "b")]);

        await other.Get<TellReadings>().RunAsync(TestContext.Current.CancellationToken);
        await one.AggregateAsync();
        _clock.Advance(TimeSpan.FromSeconds(15));
        (installation.Readings[0], first.Readings[0], first.Readings[1]) = (new("test_depth", 3), new("test_open", 12), new("test_total", 130, null, "a"));
        await Task.WhenAll(one.AggregateAsync(), other.AggregateAsync());
        _clock.Advance(TimeSpan.FromSeconds(15));
        await one.AggregateAsync();

        var depth = (await one.StoredAsync("test_depth")).ShouldHaveSingleItem();
        (depth.OrganizationId, depth.Least, depth.Greatest, depth.Last).ShouldBe((Guid.Empty, 3, 7, 3));
        var open = (await one.StoredAsync("test_open")).ShouldHaveSingleItem();
        (open.Last, open.Least).ShouldBe((17, 15));
        (await one.StoredAsync("test_total")).Select(point => (point.Labels, point.Sum)).ShouldBe([("""{"reason": "a"}""", 180), ("""{"reason": "b"}""", 1)]);

        // One process is gone: what it held is nobody's any more, what it counted stays.
        _clock.Advance(TimeSpan.FromMinutes(2));
        await one.AggregateAsync();
        (await one.StoredAsync("test_open"))[^1].Last.ShouldBe(12);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await one.AggregateAsync();
        (await one.StoredAsync("test_total", 3_600)).Sum(point => point.Sum).ShouldBe(181);
        (await one.StoredAsync("test_open", 3_600)).ShouldHaveSingleItem().Last.ShouldBe(12);
    }

    [Fact]
    public async Task A_slow_gauge_keeps_no_transaction_open_and_nothing_else_waiting()
    {
        var slow = new TestGauge(true) { Readings = { new("test_depth", 7) } };
        await using var process = new AnalyticsProcess(_database, _clock, [slow]);
        await process.RecordAsync(Event(Mine, Now, TimelineEventType.TurnEnded, data: """{"status":"succeeded","total_ms":1}"""));
        var (locks, turns) = (-1L, -1);
        slow.Reading = async () =>
        {
            locks = await _database.LookAsync<long>(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
            turns = (await process.StoredAsync("turns")).Count;
        };

        await process.AggregateAsync();

        (locks, turns).ShouldBe((0, 1));
        (await process.StoredAsync("test_depth")).ShouldHaveSingleItem().Last.ShouldBe(7);
    }

    [Fact]
    public async Task What_is_kept_long_enough_is_forgotten()
    {
        await using var process = new AnalyticsProcess(_database, _clock);
        await process.RecordAsync(Ended(Mine, """{"status":"succeeded","total_ms":100}"""));
        await process.AggregateAsync();
        var forget = process.Get<IEnumerable<Evenkeel.Timeline.Retention.IRetained>>().OfType<Evenkeel.Timeline.Analytics.ForgetMetrics>().Single();
        _clock.Advance(TimeSpan.FromDays(15));
        (await ForgetAsync()).ShouldBeGreaterThan(0);
        (await process.StoredAsync("turns")).ShouldBeEmpty();
        (await process.StoredAsync("turns", 3_600)).ShouldHaveSingleItem();
        _clock.Advance(TimeSpan.FromDays(400));
        await ForgetAsync();
        (await process.StoredAsync("turns", 86_400)).ShouldBeEmpty();

        Task<int> ForgetAsync() => forget.DeleteBatchAsync(Evenkeel.Timeline.Retention.RetentionCutoffs.Of(new Evenkeel.Timeline.TimelineOptions(), Now), TestContext.Current.CancellationToken);
    }

    private Evenkeel.Timeline.TimelineEntry Ended(Guid organization, string data) => Event(organization, Now, TimelineEventType.TurnEnded, data: data);
}
