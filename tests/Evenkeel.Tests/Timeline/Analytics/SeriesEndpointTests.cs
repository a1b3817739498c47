using System.Net;
using System.Text.Json;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Knowledge;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline.Analytics;

/// <summary>One server, with two organizations whose numbers are planted in a past that no loop touches.</summary>
public sealed class SeriesEndpointTests(SeriesServer shared) : IClassFixture<SeriesServer>
{
    private const string Series = "/api/v1/admin/analytics/series";
    private static readonly DateTimeOffset Day = SeriesServer.Day;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_of_metrics_says_what_can_be_asked_and_everything_it_says_can_be()
    {
        var metrics = await shared.Mine.Http.GetAsync<List<MetricDescription>>("/api/v1/admin/analytics/metrics");
        metrics.Select(metric => metric.Metric).ShouldContain("turns");
        metrics.Single(metric => metric.Metric == "turns").Labels.ShouldBe(["status", "error_code", "chatbot_id", "model"]);
        foreach (var metric in metrics)
        {
            foreach (var label in metric.Labels.Append(""))
            {
                var series = await shared.Mine.Http.GetAsync<MetricSeries>($"{Series}?metric={metric.Metric}&group_by={label}");
                (series.Unit, series.Kind).ShouldBe((metric.Unit, metric.Kind));
                if (label.Length > 0 && BehindOf(metric, label) is { } list)
                {
                    (await shared.Mine.Http.GetAsync<Page<JsonElement>>(list)).Items.ShouldBeEmpty($"{list}: narrowed to what is not there");
                }
            }
        }
    }

    [Fact]
    public async Task Points_add_up_by_step_group_and_filter_and_the_period_before_comes_with_them()
    {
        var series = await GetAsync($"metric=turns&from={At(Day)}&to={At(Day.AddDays(1))}&step=3600&group_by=status&compare=true");
        series.Series.Select(line => (line.Label, line.Total.Value)).ShouldBe([("succeeded", 30), ("failed", 6)]);
        series.Series[0].Points.Select(point => (point.At, point.Value)).ShouldBe([(Day, 10), (Day.AddHours(1), 20)]);
        series.Previous!.ShouldHaveSingleItem().Points.ShouldHaveSingleItem().At.ShouldBe(Day.AddHours(-2));

        (await GetAsync($"metric=turns&from={At(Day)}&to={At(Day.AddDays(1))}&step=60&filter=status:failed")).Series.ShouldHaveSingleItem().Points
            .Select(point => point.At).ShouldBe([Day.AddMinutes(1), Day.AddMinutes(61)]);
        (await GetAsync($"metric=turns&from={At(Day)}&to={At(Day.AddDays(1))}&filter=error_code:llm_*&filter=status:!succeeded")).Series[0].Total.Value.ShouldBe(4);
        (await GetAsync($"metric=turns&from={At(Day)}&to={At(Day.AddDays(1))}&filter=error_code:!llm_*")).Series[0].Total.Value.ShouldBe(32);
    }

    [Fact]
    public async Task Several_labels_at_once_all_have_to_fit_and_the_export_says_the_same()
    {
        var day = SeriesServer.DayOfChatbots;
        var query = $"metric=turns&from={At(day)}&to={At(day.AddDays(1))}&step=86400&filter=status:failed&filter=chatbot_id:{SeriesServer.Chatbot}";
        (await GetAsync(query)).Series.ShouldHaveSingleItem().Total.Value.ShouldBe(7);
        (await GetAsync(query + "&group_by=model")).Series.Select(line => (line.Label, line.Total.Value)).ShouldBe([("m-1", 4), ("", 3)]);
        (await GetAsync(query + "&filter=model:")).Series.ShouldHaveSingleItem().Total.Value.ShouldBe(3, "an empty value: without the label");
        var csv = await shared.Mine.Http.GetStringAsync(new Uri($"/api/v1/admin/analytics/export?{query}", UriKind.Relative), Stop);
        csv.Split("\r\n")[1].ShouldEndWith("\"\",7,7,,,,,");
    }

    [Fact]
    public async Task Percentiles_come_from_summed_buckets_whatever_the_step()
    {
        foreach (var step in new[] { 60, 3_600, 86_400 })
        {
            var total = (await GetAsync($"metric=first_token&from={At(Day)}&to={At(Day.AddDays(1))}&step={step}")).Series.ShouldHaveSingleItem().Total;
            (total.Count, total.Value, total.Min, total.Max).ShouldBe((100, 5_050, 1, 100));
            total.P50!.Value.ShouldBe(50, 5);
            total.P95!.Value.ShouldBe(95, 9.5);
        }
    }

    [Fact]
    public async Task The_step_is_chosen_so_that_there_are_at_most_three_hundred_points_and_numbers_exist()
    {
        foreach (var (hours, step) in new[] { (1, 60), (5, 60), (6, 120), (24, 300), (168, 3_600), (14 * 24, 7_200) })
        {
            var series = await shared.Mine.Http.GetAsync<MetricSeries>($"{Series}?metric=turns&from={At(DateTimeOffset.UtcNow.AddHours(-hours).AddMinutes(1))}");
            series.StepSeconds.ShouldBe(step, $"{hours} h");
        }

        (await GetAsync($"metric=turns&from={At(DateTimeOffset.UtcNow.AddDays(-299))}")).StepSeconds.ShouldBe(86_400);
    }

    [Fact]
    public async Task Gauges_are_read_by_their_last_value_and_labels_beyond_twenty_are_other()
    {
        var gauge = (await GetAsync($"metric=queue_depth&from={At(Day)}&to={At(Day.AddDays(1))}&step=300")).Series.ShouldHaveSingleItem();
        gauge.Points.Select(point => (point.Value, point.Min, point.Max)).ShouldBe([(4, 1, 9)]);
        var models = (await GetAsync($"metric=model_retries&from={At(Day)}&to={At(Day.AddDays(1))}&group_by=model")).Series;
        (models.Count, models[^1].Label, models.Sum(line => line.Total.Value)).ShouldBe((21, "other", 30));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_told_by_field()
    {
        foreach (var (query, field) in new[]
        {
            ("", "metric"), ("metric=nonsense", "metric"), ("metric=turns&group_by=colour", "group_by"), ("metric=turns&filter=colour:red", "filter"), ("metric=turns&filter=red", "filter"), ("metric=turns" + string.Concat(Enumerable.Repeat("&filter=status:failed", 11)), "filter"),
            ("metric=turns&step=90", "step"), ($"metric=turns&from={At(Day.AddYears(-3))}&to={At(Day)}", "from"), ($"metric=turns&from={At(Day)}&to={At(Day)}", "from"),
            ($"metric=turns&from={At(Day.AddDays(-30))}&to={At(Day)}&step=60", "step"), ($"metric=turns&from={At(DateTimeOffset.UtcNow.AddDays(-10))}&step=60", "step"),
        })
        {
            using var response = await shared.Mine.Http.GetAsync(new Uri($"{Series}?{query}", UriKind.Relative), Stop);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, query);
            (await response.ReadAsync<ErrorEnvelope>(HttpStatusCode.BadRequest)).Details!.Select(detail => detail.Field).ShouldBe([field], query);
        }
    }

    [Fact]
    public async Task Exports_hold_the_points_and_no_formulas()
    {
        var csv = await shared.Mine.Http.GetStringAsync(new Uri($"/api/v1/admin/analytics/export?metric=errors&from={At(Day)}&to={At(Day.AddDays(1))}&step=86400&group_by=error_type", UriKind.Relative), Stop);
        csv.Split("\r\n").ShouldBe(["at,label,count,value,p50,p95,p99,min,max", $"{Day:yyyy-MM-dd'T'HH:mm:ss.fff'Z'},\"'=1+1\",1,1,,,,,", ""]);
        var lines = await shared.Mine.Http.GetStringAsync(new Uri($"/api/v1/admin/analytics/export?metric=turns&from={At(Day)}&to={At(Day.AddDays(1))}&step=3600&format=jsonl", UriKind.Relative), Stop);
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        lines.ShouldStartWith($$"""{"at":"{{Day:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","label":"","count":13,"value":13""");
    }

    [Fact]
    public async Task Members_see_nothing_and_organizations_nothing_of_each_other()
    {
        (await shared.Theirs.Http.GetAsync<MetricSeries>($"{Series}?metric=turns&from={At(Day)}&to={At(Day.AddDays(1))}")).Series[0].Total.Value.ShouldBe(1000);
        // Operators may add all of them up.
        (await GetAsync($"metric=turns&from={At(Day)}&to={At(Day.AddDays(1))}&installation=true")).Series[0].Total.Value.ShouldBe(1036);
    }

    /// <summary>The list behind a point, narrowed by a label of the metric.</summary>
    private static string? BehindOf(MetricDescription metric, string label) => metric.Behind switch
    {
        "turns" => $"/api/v1/admin/turns?{label}={label switch { "chatbot_id" => Guid.Empty, "status" => "failed", "model" or "error_code" => "nothing", _ => throw new InvalidOperationException($"Turns have no {label}.") }}",
        "timeline" => $"/api/v1/admin/timeline?metric={metric.Metric}&filter={label}:nothing",
        _ => null,
    };

    private Task<MetricSeries> GetAsync(string query) => shared.Mine.Http.GetAsync<MetricSeries>($"{Series}?{query}");

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

public sealed class SeriesServer : IAsyncLifetime
{
    /// <summary>Old enough to be final, young enough to have minutes.</summary>
    public static DateTimeOffset Day { get; } = new(DateTimeOffset.UtcNow.AddDays(-6).UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>Another day, of turns that say whose they are.</summary>
    public static DateTimeOffset DayOfChatbots => Day.AddDays(2);

    public static Guid Chatbot { get; } = Guid.CreateVersion7();

    public TestServer Server { get; private set; } = null!;

    public TestAccount Mine { get; private set; } = null!;

    public TestAccount Theirs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync(new() { ["Roles"] = "web" });
        (Mine, Theirs) = (await Server.RegisterAsync(), await Server.RegisterAsync());
        await PlantAsync(Mine, "turns", Day, """{"status":"succeeded"}""", (0, 10));
        await PlantAsync(Mine, "turns", Day.AddMinutes(60), """{"status":"succeeded"}""", (0, 20));
        await PlantAsync(Mine, "turns", Day.AddMinutes(1), """{"status":"failed","error_code":"llm_timeout"}""", (0, 3));
        await PlantAsync(Mine, "turns", Day.AddMinutes(61), """{"status":"failed","error_code":"llm_unavailable"}""", (0, 1));
        await PlantAsync(Mine, "turns", Day.AddMinutes(61), """{"status":"failed","error_code":"rag_error"}""", (0, 2));
        await PlantAsync(Mine, "turns", Day.AddHours(-2), """{"status":"succeeded"}""", (0, 5));
        await PlantAsync(Mine, "turns", DayOfChatbots, $$"""{"status":"failed","chatbot_id":"{{Chatbot}}","model":"m-1"}""", (0, 4));
        await PlantAsync(Mine, "turns", DayOfChatbots, $$"""{"status":"failed","chatbot_id":"{{Chatbot}}"}""", (0, 3));
        await PlantAsync(Mine, "turns", DayOfChatbots, $$"""{"status":"succeeded","chatbot_id":"{{Chatbot}}","model":"m-1"}""", (0, 11));
        await PlantAsync(Mine, "turns", DayOfChatbots, $$"""{"status":"failed","chatbot_id":"{{Guid.CreateVersion7()}}","model":"m-1"}""", (0, 5));
        await PlantAsync(Theirs, "turns", Day, """{"status":"succeeded"}""", (0, 1000));
        foreach (var value in Enumerable.Range(1, 100))
        {
            await PlantAsync(Mine, "first_token", Day.AddMinutes(value), "{}", (Evenkeel.Timeline.Analytics.Histogram.BucketOf(value), value), count: 1);
        }

        foreach (var (minute, value) in new[] { (0, 9.0), (1, 1.0), (2, 4.0) })
        {
            await PlantAsync(Mine, "queue_depth", Day.AddMinutes(minute), "{}", (0, value), count: 1, isGauge: true);
        }

        foreach (var model in Enumerable.Range(0, 30))
        {
            await PlantAsync(Mine, "model_retries", Day, $$"""{"model":"m-{{model}}"}""", (0, 1));
        }

        await PlantAsync(Mine, "errors", Day, """{"error_type":"=1+1"}""", (0, 1));
    }

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task PlantAsync(TestAccount account, string metric, DateTimeOffset at, string labels, (short Bucket, double Value) point, long? count = null, bool isGauge = false)
    {
        var database = Server.Services.GetRequiredService<Database>();
        foreach (var resolution in new[] { 60, 3_600, 86_400 })
        {
            await database.ExecuteAsync(
                DataScope.System,
                """
                INSERT INTO metric_points AS p (organization_id, resolution, metric, at, labels, bucket, count, sum, least, greatest, last)
                VALUES (@Id, @resolution, @metric, to_timestamp(floor(extract(epoch FROM @at::timestamptz) / @resolution) * @resolution), @labels::jsonb, @Bucket, @count, @Value, @Value, @Value, CASE WHEN @isGauge THEN @Value END)
                ON CONFLICT (organization_id, resolution, metric, at, labels, bucket) DO UPDATE
                SET count = p.count + excluded.count, sum = p.sum + excluded.sum, least = least(p.least, excluded.least), greatest = greatest(p.greatest, excluded.greatest), last = excluded.last
                """,
                new { account.SignedIn.Organization.Id, resolution, metric, at = at.UtcDateTime, labels, point.Bucket, point.Value, count = count ?? (long)point.Value, isGauge },
                TestContext.Current.CancellationToken);
        }
    }
}
