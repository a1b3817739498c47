using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Evenkeel.Platform.Metrics;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Host;

public sealed class MetricsTests
{
    private static readonly Regex Line = new(
        """^(# (HELP|TYPE) [a-z_:][a-z0-9_:]* .+|[a-z_:][a-z0-9_:]*(\{[a-zA-Z_]\w*="([^"\\\n]|\\[\\n"])*"(,[a-zA-Z_]\w*="([^"\\\n]|\\[\\n"])*")*\})? (-?[0-9.Ee+-]+|[+-]Inf|NaN))$""");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turns_the_queue_requests_and_the_pool_are_measured_for_administrators_and_the_scraper()
    {
        await using var server = await TestServer.StartAsync(new() { ["Metrics:Token"] = "scraper's own" });
        var account = await server.RegisterAsync();
        await account.AskAsync("How do I resume a stream after a disconnect?");

        var text = await account.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), Stop);

        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(line => Line.IsMatch(line));
        text.ShouldContain("""evenkeel_turns_ended_total{error_code="",status="succeeded"} 1""");
        foreach (var name in new[] { "evenkeel_turns_queued ", "evenkeel_turns_oldest_queued_age_seconds ", "evenkeel_turns_running ", "evenkeel_turns_duration_seconds_bucket{", "http_server_request_duration_seconds_count{", "kestrel_active_connections{", "db_client_connection" })
        {
            text.ShouldContain("\n" + name);
        }

        using var scraper = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "scraper's own") } };
        using var scraped = await server.Http.SendAsync(scraper, Stop);
        scraped.StatusCode.ShouldBe(HttpStatusCode.OK);
        scraped.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        using var stranger = await server.Http.GetAsync(new Uri("/metrics", UriKind.Relative), Stop);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Labels_are_escaped_judged_and_limited_in_number()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var collect = new CollectMetrics(services.GetRequiredService<IMeterFactory>());
        await collect.StartAsync(Stop);
        var meter = services.GetRequiredService<IMeterFactory>().Create("Evenkeel.Test");
        var counter = meter.CreateCounter<long>("evenkeel.test.things", "{thing}", "Things\nof two lines.");
        counter.Add(2, new KeyValuePair<string, object?>("model", "a \"quoted\" \\ name\n"));
        counter.Add(1, new KeyValuePair<string, object?>("question", "where is Hans?"));
        var histogram = meter.CreateHistogram<double>("evenkeel.test.wait", "s");
        histogram.Record(0.2);
        histogram.Record(99);
        var many = meter.CreateCounter<int>("evenkeel.test.many");
        for (var number = 0; number < 1_000; number++)
        {
            many.Add(1, new KeyValuePair<string, object?>("code", $"code_{number}"));
        }

        var text = collect.Write();

        text.ShouldContain("# HELP evenkeel_test_things_total Things\\nof two lines.\n# TYPE evenkeel_test_things_total counter\n");
        text.ShouldContain("""evenkeel_test_things_total{model="a \"quoted\" \\ name\n"} 2""");
        text.ShouldContain("""evenkeel_test_things_total{question="[text:14]"} 1""");
        text.ShouldContain("evenkeel_test_wait_seconds_bucket{le=\"0.25\"} 1\n");
        text.ShouldContain("evenkeel_test_wait_seconds_bucket{le=\"+Inf\"} 2\nevenkeel_test_wait_seconds_sum 99.2\nevenkeel_test_wait_seconds_count 2\n");
        text.Split('\n').Count(line => line.StartsWith("evenkeel_test_many", StringComparison.Ordinal)).ShouldBe(201);
        text.ShouldContain("evenkeel_test_many_total{overflow=\"true\"} 800\n");
    }
}
