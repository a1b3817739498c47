using Evenkeel.Timeline.Alerts.Rules;
using Evenkeel.Timeline.Analytics;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Timeline.Alerts;

public sealed class RuleFileTests
{
    private static readonly RuleFile Reader = new(new RuleFields(new MetricRegistry(
        [.. ShippedMetrics.OfEvents, .. ShippedMetrics.OfInstallation, new("queue_depth", "count", "gauge", false)])));

    [Fact]
    public void A_rule_reads_as_it_is_written()
    {
        var (rules, problems) = Reader.Read("file",
            """
            rules:
              - name: Slow answers of the shop
                name_zh: 商店回答过慢
                metric: turn_duration
                value: p95
                filter: { chatbot_id: 0198a, status: "!cancelled" }
                group_by: model
                window: 10m
                warning: 8000
                critical: 2e4
                for: 90
                keep_firing_for: 1h
                minimum_count: 5
                no_data: keep
                receivers: [ops, night]
                runbook_url: https://example.org/slow
            """);

        problems.ShouldBeEmpty();
        var rule = rules.ShouldHaveSingleItem();
        var definition = rule.Definition;
        (definition.Metric, definition.Value, definition.GroupBy, definition.WindowSeconds, definition.ForSeconds, definition.KeepFiringForSeconds)
            .ShouldBe(("turn_duration", "p95", "model", 600, 90, 3_600));
        (definition.Warning, definition.Critical, definition.MinimumCount, definition.NoData, definition.IsEnabled, definition.IsOfInstallation)
            .ShouldBe((8_000, 20_000, 5, "keep", true, false));
        definition.Filter!["status"].ShouldBe("!cancelled");
        definition.Receivers.ShouldBe(["ops", "night"]);
        rule.In("zh", definition).Name.ShouldBe("商店回答过慢");
        rule.Id.ShouldBe(BaseRule.IdOf("file", "Slow answers of the shop"), "the state of a rule is found again after a restart");
    }

    [Theory]
    [InlineData("rules:\n  - name: x\n   metric: turns", 3, "YAML")]
    [InlineData("- name: x", 1, "\"rules\"")]
    [InlineData("rules:\n  - name: x\n    metric: turns\n    value: sum\n    warning: 1\n    colour: red", 6, "colour")]
    [InlineData("rules:\n  - name: x\n    metric: nonsense\n    value: sum\n    warning: 1", 3, "no such metric")]
    [InlineData("rules:\n  - name: x\n    metric: turns\n    value: p95\n    warning: 1", 4, "sum, rate, share")]
    [InlineData("rules:\n  - name: x\n    metric: turns\n    value: sum", 2, "threshold")]
    [InlineData("rules:\n  - name: x\n    metric: turns\n    value: sum\n    warning: 5\n    critical: 1", 6, "beyond")]
    [InlineData("rules:\n  - name: x\n    metric: turns\n    value: sum\n    warning: much", 5, "a number")]
    [InlineData("rules:\n  - name: x\n    metric: turns\n    value: sum\n    warning: 1\n    window: soon", 6, "5m")]
    [InlineData("rules:\n  - name: x\n    metric: turns\n    value: sum\n    warning: 1\n    window: 30s", 6, "Between 60")]
    [InlineData("rules:\n  - name: x\n    metric: turns\n    value: sum\n    warning: 1\n    group_by: colour", 6, "Not a label")]
    [InlineData("rules:\n  - metric: turns\n    value: sum\n    warning: 1", 2, "required")]
    public void A_mistake_is_named_with_its_line(string text, long line, string part)
    {
        var (rules, problems) = Reader.Read("file", text);
        rules.ShouldBeEmpty();
        problems.ShouldContain(problem => problem.Line == line && problem.Text.Contains(part, StringComparison.OrdinalIgnoreCase), string.Join('\n', problems));
    }

    [Fact]
    public void Two_rules_of_one_name_are_a_mistake()
    {
        const string Rule = "  - { name: x, metric: turns, value: sum, warning: 1 }\n";
        Reader.Read("file", $"rules:\n{Rule}{Rule}").Problems.ShouldHaveSingleItem().Line.ShouldBe(3);
    }
}
