using System.Text.Json;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Models;
using Evenkeel.Timeline;
using Evenkeel.Timeline.Analytics;
using Evenkeel.Timeline.Analytics.Aggregating;
using Evenkeel.Timeline.Analytics.Series;
using Evenkeel.Timeline.Reading;
using Shouldly;
using Xunit;
using static Evenkeel.Tests.Timeline.Analytics.AnalyticsProcess;

namespace Evenkeel.Tests.Timeline.Analytics;

/// <summary>What is measured and what is listed behind it are decided in two places: here they are counted against each other.</summary>
public sealed class EventsBehindTests : IAsyncLifetime
{
    private const double LowScore = 0.3;
    private static readonly Guid Mine = Guid.CreateVersion7();
    private readonly ManualClock _clock = new();
    private TestDatabase _database = null!;

    private DateTimeOffset Now => _clock.GetUtcNow();

    public async ValueTask InitializeAsync() => _database = await TestServer.NewDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Every_number_made_of_events_leads_to_those_events_and_no_others()
    {
        await using var process = new AnalyticsProcess(_database, _clock, null, ("Analytics:LowScore", "0.3"));
        await process.RecordAsync([.. Turns(), .. Stages(), Event(Guid.CreateVersion7(), Now, TimelineEventType.Error, TimelineEventStatus.Failed)]);
        await process.AggregateAsync();

        foreach (var metric in ShippedMetrics.OfEvents)
        {
            var points = (await process.StoredAsync(metric.Metric)).Where(point => point.OrganizationId == Mine).ToList();
            points.ShouldNotBeEmpty(metric.Metric);
            (await ListedAsync(process, metric, [])).ShouldBe(points.Sum(point => point.Count), metric.Metric);
            foreach (var line in points.GroupBy(point => point.Labels))
            {
                var labels = JsonSerializer.Deserialize<Dictionary<string, string>>(line.Key)!;
                MetricFilter[] filters = [.. metric.Labels.Select(label => new MetricFilter(label, labels.GetValueOrDefault(label, "")))];
                (await ListedAsync(process, metric, filters)).ShouldBe(line.Sum(point => point.Count), $"{metric.Metric} {line.Key}");
            }
        }
    }

    private async Task<long> ListedAsync(AnalyticsProcess process, MetricDefinition metric, MetricFilter[] labels)
    {
        var range = new TimelineRange(Mine, null, Now.AddHours(-1), Now.AddHours(1));
        var filter = new EventFilter { Limit = 1_000, Behind = new EventsBehind(metric, labels, LowScore) };
        return (await process.Get<ReadTimeline>().RunAsync(range, filter, TestContext.Current.CancellationToken)).Count;
    }

    private IEnumerable<TimelineEntry> Turns()
    {
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        yield return Turn($$"""{"status":"succeeded","chatbot_id":"{{one}}","model":"m-1","queue_ms":5,"first_token_ms":200,"total_ms":1500,"model_calls":2,"input_tokens":100,"output_tokens":20,"credits":0.5,"passages":3,"best_score":0.2,"answered":false,"groundedness":0.75}""");
        yield return Turn($$"""{"status":"succeeded","chatbot_id":"{{other}}","model":"m-2","queue_ms":0,"total_ms":10,"model_calls":1,"input_tokens":7,"output_tokens":0,"credits":0,"passages":1,"best_score":0.3,"answered":true}""");
        yield return Turn($$"""{"status":"failed","error_code":"llm_timeout","chatbot_id":"{{one}}","total_ms":30000,"passages":0}""");
        yield return Turn($$"""{"status":"failed","error_code":"llm_unavailable","chatbot_id":"{{one}}","model":"m-1","total_ms":3}""");
        yield return Turn($$"""{"status":"failed","error_code":"rag_error","chatbot_id":"{{other}}","total_ms":3}""", TimelineEventStatus.Failed);
        yield return Turn($$"""{"status":"cancelled","error_code":"cancelled","chatbot_id":"{{other}}","total_ms":1}""");
    }

    private IEnumerable<TimelineEntry> Stages()
    {
        var session = Guid.CreateVersion7();
        yield return Event(Mine, Now, TimelineEventType.ModelRetry, TimelineEventStatus.Progress, """{"model":"m-1","error_code":"llm_timeout"}""");
        yield return Event(Mine, Now, TimelineEventType.ModelRetry, TimelineEventStatus.Progress, """{"model":"m-2"}""");
        yield return Event(Mine, Now, TimelineEventType.ModelFallback, TimelineEventStatus.Progress, """{"from":"m-1","to":"m-2","error_code":"llm_unavailable"}""");
        yield return Event(Mine, Now, "feedback_given", data: """{"value":"down"}""");
        yield return Event(Mine, Now, "feedback_given", data: """{"value":"up"}""") with { SessionId = session };
        yield return Event(Mine, Now, TimelineEventType.ToolSearchDocuments, TimelineEventStatus.Started) with { SessionId = session };
        yield return Event(Mine, Now, TimelineEventType.ToolSearchDocuments) with { SessionId = session, ProcessingTime = TimeSpan.FromMilliseconds(40) };
        yield return Event(Mine, Now, TimelineEventType.ToolSearchDocuments, TimelineEventStatus.Failed) with { ProcessingTime = TimeSpan.FromMilliseconds(90), ErrorType = "rag_error", ErrorSeverity = "error" };
        yield return Event(Mine, Now, TimelineEventType.Moderation, TimelineEventStatus.Progress) with { ErrorSeverity = "critical" };
        yield return Event(Mine, Now, TimelineEventType.Moderation, TimelineEventStatus.Failed);
        yield return Event(Mine, Now, TimelineEventType.Moderation, TimelineEventStatus.Progress) with { ErrorSeverity = "warning" };
        // Somebody's own, which only looks like what is measured.
        yield return Event(Mine, Now, "crm.ticket", data: """{"best_score":"high","answered":false,"passages":0,"total_ms":[1],"model":"m-1","error_code":"llm_timeout"}""");
    }

    private TimelineEntry Turn(string data, string status = TimelineEventStatus.Completed) =>
        Event(Mine, Now, TimelineEventType.TurnEnded, status, data) with { ProcessingTime = TimeSpan.FromMilliseconds(3) };
}
