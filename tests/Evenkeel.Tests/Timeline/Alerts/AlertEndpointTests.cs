using System.Net;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Catalog;
using Evenkeel.Tests.Harness;
using Evenkeel.Tests.Knowledge;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline.Alerts;

public sealed class AlertEndpointTests(AlertServer shared) : IClassFixture<AlertServer>
{
    private const string Alerts = "/api/v1/admin/alerts";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_own_rule_is_made_changed_and_deleted_and_every_step_stands_in_the_audit()
    {
        var http = (await shared.Server.RegisterAsync()).Http;
        var made = await (await http.PostAsync($"{Alerts}/rules", Rule("Mine"))).ReadAsync<AlertRule>(HttpStatusCode.Created);
        (made.Origin, made.State, made.Definition.NoData, made.Definition.WindowSeconds).ShouldBe(("own", "normal", "normal", 300));
        var changed = await (await http.PutAsync($"{Alerts}/rules/{made.Id}", Rule("Mine") with { Critical = 9, GroupBy = "model" })).ReadAsync<AlertRule>();
        (changed.Definition.Critical, changed.Definition.GroupBy).ShouldBe((9, "model"));
        (await http.GetAsync<AlertRule>($"{Alerts}/rules/{made.Id}")).Definition.Critical.ShouldBe(9);
        (await http.DeleteAsync(new Uri($"{Alerts}/rules/{made.Id}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await http.GetAsync(new Uri($"{Alerts}/rules/{made.Id}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.GetAsync<Page<AlertRule>>($"{Alerts}/rules")).Items.ShouldNotContain(rule => rule.Id == made.Id);
        (await http.GetAsync<Page<AuditEntry>>("/api/v1/admin/audit")).Items.Where(entry => entry.Target == made.Id.ToString()).Select(entry => entry.Action)
            .ShouldBe(["alert_rule.deleted", "alert_rule.changed", "alert_rule.created"]);
    }

    [Fact]
    public async Task Shipped_rules_can_be_switched_off_and_sharpened_but_not_made_others_and_deleting_takes_it_back()
    {
        var (mine, theirs) = (await shared.Server.RegisterAsync(), await shared.Server.RegisterAsync("zh"));
        var rule = await ShippedAsync(mine.Http, "Many turns fail");
        var changed = await (await mine.Http.PutAsync($"{Alerts}/rules/{rule.Id}", new AlertRuleRequest { Warning = 1, Critical = 2, IsEnabled = false })).ReadAsync<AlertRule>();
        (changed.Definition.Warning, changed.Definition.IsEnabled, changed.IsOverridden, changed.Definition.MinimumCount, changed.Definition.Metric).ShouldBe((1, false, true, 20, "turns"));
        (await ShippedAsync(theirs.Http, "对话失败率过高")).Definition.Warning.ShouldBe(5, "in their language, and unchanged");

        using var refused = await mine.Http.PutAsync($"{Alerts}/rules/{rule.Id}", new AlertRuleRequest { Metric = "credits", Warning = 1 });
        (await refused.ReadAsync<ErrorEnvelope>(HttpStatusCode.BadRequest)).Details!.Single().Field.ShouldBe("metric");
        await mine.Http.DeleteAsync(new Uri($"{Alerts}/rules/{rule.Id}", UriKind.Relative), Stop);
        var again = await ShippedAsync(mine.Http, "Many turns fail");
        (again.Definition.Warning, again.IsOverridden).ShouldBe((5, false));
    }

    [Fact]
    public async Task Rules_of_the_installation_are_seen_and_changed_by_operators_only()
    {
        await using var server = await TestServer.StartAsync(new() { ["Roles"] = "web", ["Accounts:Operators"] = "FirstOrganization" });
        var (operators, others) = (await server.RegisterAsync(), await server.RegisterAsync());
        var disk = await ShippedAsync(operators.Http, "The disk fills up");
        (await others.Http.GetAsync<Page<AlertRule>>($"{Alerts}/rules")).Items.ShouldAllBe(rule => !rule.Definition.IsOfInstallation);
        (await others.Http.PutAsync($"{Alerts}/rules/{disk.Id}", new AlertRuleRequest { IsEnabled = false })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var (path, body) in new (string, object)[]
        {
            ("rules", Rule("All") with { IsOfInstallation = true }), ("rules", Rule("Disk") with { Metric = "disk_used_percent", Value = "last" }),
            ("receivers", new AlertReceiverRequest { Name = "a", Kind = "log", IsOfInstallation = true }),
            ("silences", new AlertSilenceRequest { Reason = "a", EndsAt = DateTimeOffset.UtcNow.AddHours(1), IsOfInstallation = true }),
            ("rules/preview", new AlertPreviewRequest { Rule = Rule("All") with { IsOfInstallation = true }, Hours = 1 }),
        })
        {
            (await others.Http.PostAsync($"{Alerts}/{path}", body)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await operators.Http.PostAsync($"{Alerts}/{path}", body)).IsSuccessStatusCode.ShouldBeTrue(path);
        }

        (await others.Http.GetAsync<Page<AlertReceiver>>($"{Alerts}/receivers")).Items.ShouldBeEmpty();
        (await others.Http.GetAsync<Page<AlertSilence>>($"{Alerts}/silences")).Items.ShouldBeEmpty();
        (await others.Http.GetAsync(new Uri("/api/v1/admin/analytics/series?metric=database_bytes", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await others.Http.GetAsync<List<MetricDescription>>("/api/v1/admin/analytics/metrics")).ShouldAllBe(metric => !metric.IsOfInstallation);
    }

    [Fact]
    public async Task A_preview_says_when_it_would_have_fired()
    {
        var account = await shared.Server.RegisterAsync();
        var hour = new DateTimeOffset(DateTimeOffset.UtcNow.UtcDateTime.Date, TimeSpan.Zero).AddHours(-20);
        // Two bursts of failures of ten minutes, an hour apart, and one that is too short for the wait.
        await PlantAsync(account, hour, 10, 20);
        await PlantAsync(account, hour.AddHours(1), 10, 40);
        await PlantAsync(account, hour.AddHours(2), 1, 20);
        var rule = Rule("Failures") with { Warning = 10, Critical = 30, WindowSeconds = 60, ForSeconds = 180, KeepFiringForSeconds = 60, Filter = new Dictionary<string, string> { ["status"] = "failed" } };

        var preview = await (await account.Http.PostAsync($"{Alerts}/rules/preview", new AlertPreviewRequest { Rule = rule, Hours = 48 })).ReadAsync<AlertPreview>();
        preview.Firings.ShouldBe(2);
        preview.Spans.Select(span => (span.Severity, span.From, span.To)).ShouldBe(
        [
            ("warning", hour.AddMinutes(4), hour.AddMinutes(11)), ("critical", hour.AddHours(1).AddMinutes(4), hour.AddHours(1).AddMinutes(11)),
        ]);
        preview.Series.ShouldHaveSingleItem().Points.Max(point => point.Value).ShouldBe(40);

        using var refused = await account.Http.PostAsync($"{Alerts}/rules/preview", new AlertPreviewRequest { Rule = rule with { Value = "p95" }, Hours = 500 });
        (await refused.ReadAsync<ErrorEnvelope>(HttpStatusCode.BadRequest)).Details!.Select(detail => detail.Field).ShouldBe(["hours", "value"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_silence_has_a_reason_an_author_and_an_end()
    {
        var account = await shared.Server.RegisterAsync();
        var rule = await ShippedAsync(account.Http, "Many turns fail");
        var ends = DateTimeOffset.UtcNow.AddHours(2);
        var made = await (await account.Http.PostAsync($"{Alerts}/silences", new AlertSilenceRequest { RuleId = rule.Id, Reason = "deploy", EndsAt = ends })).ReadAsync<AlertSilence>(HttpStatusCode.Created);
        made.Author.ShouldBe(account.SignedIn.User.DisplayName);
        (await account.Http.GetAsync<Page<AlertSilence>>($"{Alerts}/silences")).Items.ShouldHaveSingleItem().Reason.ShouldBe("deploy");
        (await account.Http.DeleteAsync(new Uri($"{Alerts}/silences/{made.Id}", UriKind.Relative), Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await account.Http.GetAsync<Page<AlertSilence>>($"{Alerts}/silences")).Items.ShouldBeEmpty();

        foreach (var (request, field) in new[]
        {
            (new AlertSilenceRequest { EndsAt = ends }, "reason"), (new AlertSilenceRequest { Reason = "x" }, "ends_at"), (new AlertSilenceRequest { Reason = "x", EndsAt = ends.AddDays(91) }, "ends_at"),
            (new AlertSilenceRequest { Reason = "x", EndsAt = ends.AddHours(-3) }, "ends_at"), (new AlertSilenceRequest { Reason = "x", EndsAt = ends, RuleId = Guid.CreateVersion7() }, "rule_id"),
        })
        {
            using var refused = await account.Http.PostAsync($"{Alerts}/silences", request);
            (await refused.ReadAsync<ErrorEnvelope>(HttpStatusCode.BadRequest)).Details!.Single().Field.ShouldBe(field);
        }
    }

    [Fact]
    public async Task A_receivers_test_sends_at_once_and_says_how_it_went()
    {
        var account = await shared.Server.RegisterAsync();
        await using var hook = await HookReceiver.StartAsync();
        var made = await (await account.Http.PostAsync($"{Alerts}/receivers", new AlertReceiverRequest { Name = "ops", Kind = "webhook", Target = hook.Address })).ReadAsync<CreatedAlertReceiver>(HttpStatusCode.Created);
        (await TestAsync(account, made.Receiver.Id)).ShouldBe(new AlertTestResult("sent", null));
        var received = hook.Received.ShouldHaveSingleItem();
        received.Message.Type.ShouldBe("test");
        HookReceiver.ShouldBeSigned(received, made.Secret!);
        hook.Status = 403;
        (await TestAsync(account, made.Receiver.Id)).ShouldBe(new AlertTestResult("failed", "http_403"));
        // The metadata service of clouds: refused by the guard, whatever is allowed.
        await account.Http.PutAsync($"{Alerts}/receivers/{made.Receiver.Id}", new AlertReceiverRequest { Target = "http://169.254.169.254/latest" });
        (await TestAsync(account, made.Receiver.Id)).Status.ShouldBe("failed");

        (await account.Http.PostAsync($"{Alerts}/receivers", new AlertReceiverRequest { Name = "ops", Kind = "log" })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        foreach (var (request, field) in new[]
        {
            (new AlertReceiverRequest { Name = "x", Kind = "pigeon" }, "kind"), (new AlertReceiverRequest { Name = "x", Kind = "webhook", Target = "ftp://example.org" }, "target"),
            (new AlertReceiverRequest { Name = "x", Kind = "email", Target = "nobody" }, "target"), (new AlertReceiverRequest { Kind = "log" }, "name"),
            (new AlertReceiverRequest { Name = "x", Kind = "log", LeastSeverity = "info" }, "least_severity"),
        })
        {
            using var refused = await account.Http.PostAsync($"{Alerts}/receivers", request);
            (await refused.ReadAsync<ErrorEnvelope>(HttpStatusCode.BadRequest)).Details!.Single().Field.ShouldBe(field);
        }
    }

    private static AlertRuleRequest Rule(string name) => new() { Name = name, Metric = "turns", Value = "sum", Warning = 5 };

    private static async Task<AlertRule> ShippedAsync(HttpClient http, string name) =>
        (await http.GetAsync<Page<AlertRule>>($"{Alerts}/rules")).Items.Single(rule => rule.Definition.Name == name);

    private static async Task<AlertTestResult> TestAsync(TestAccount account, Guid receiver) =>
        await (await account.Http.PostAsync(new Uri($"{Alerts}/receivers/{receiver}/test", UriKind.Relative), null, Stop)).ReadAsync<AlertTestResult>();

    private async Task PlantAsync(TestAccount account, DateTimeOffset from, int minutes, double value)
    {
        var database = shared.Server.Services.GetRequiredService<Database>();
        await database.ExecuteAsync(
            DataScope.System,
            """
            INSERT INTO metric_points (organization_id, resolution, metric, at, labels, bucket, count, sum, least, greatest)
            SELECT @Id, 60, 'turns', @from::timestamptz + make_interval(mins => minute), '{"status":"failed"}', 0, 1, @value, @value, @value FROM generate_series(0, @minutes - 1) AS minute
            """,
            new { account.SignedIn.Organization.Id, from = from.UtcDateTime, minutes, value },
            Stop);
    }
}

public sealed class AlertServer : IAsyncLifetime
{
    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await TestServer.StartAsync(new() { ["Roles"] = "web", ["Timeline:Webhooks:AllowedPrivateHosts:0"] = "127.0.0.1:*" });

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
