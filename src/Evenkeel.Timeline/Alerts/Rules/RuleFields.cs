using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Evenkeel.Timeline.Alerts.Judging;
using Evenkeel.Timeline.Analytics;
using Evenkeel.Timeline.Analytics.Series;

namespace Evenkeel.Timeline.Alerts.Rules;

/// <summary>What a rule must look like, wherever it comes from.</summary>
internal sealed class RuleFields(MetricRegistry metrics)
{
    private const int LongestName = 100;
    private const int LongestText = 1_000;
    private const int LongestSpan = 86_400;
    private const int MostReceivers = 20;

    /// <summary>The rule with its defaults. With problems, something that must not be used.</summary>
    public AlertRuleDefinition Read(ICollection<FieldProblem> problems, AlertRuleRequest request)
    {
        var metric = Metric(problems, request.Metric);
        var name = Line(problems, "name", request.Name, LongestName);
        if (string.IsNullOrEmpty(name))
        {
            problems.Add(FieldProblem.Required("name"));
        }

        Thresholds(problems, request);
        return new AlertRuleDefinition
        {
            Name = name ?? "",
            Description = TextField.Block(problems, "description", request.Description, LongestText),
            Metric = metric?.Metric ?? "",
            Value = Value(problems, request.Value, metric),
            Filter = Filter(problems, request.Filter, metric),
            GroupBy = GroupBy(problems, request.GroupBy, metric),
            WindowSeconds = Number(problems, ("window_seconds", 60, LongestSpan), request.WindowSeconds, 300),
            Condition = OneOf(problems, "condition", request.Condition ?? AlertCondition.Above, [AlertCondition.Above, AlertCondition.Below]),
            Warning = request.Warning,
            Critical = request.Critical,
            ForSeconds = Number(problems, ("for_seconds", 0, LongestSpan), request.ForSeconds, 0),
            KeepFiringForSeconds = Number(problems, ("keep_firing_for_seconds", 0, LongestSpan), request.KeepFiringForSeconds, 0),
            MinimumCount = Number(problems, ("minimum_count", 0, int.MaxValue), request.MinimumCount is { } least ? (int)Math.Clamp(least, -1, int.MaxValue) : null, 0),
            NoData = OneOf(problems, "no_data", request.NoData ?? NoDataMode.Normal, [NoDataMode.Normal, NoDataMode.NoData, NoDataMode.Keep, NoDataMode.Firing]),
            IsEnabled = request.IsEnabled ?? true,
            Receivers = Receivers(problems, request.Receivers),
            RunbookUrl = Address(problems, request.RunbookUrl),
            IsOfInstallation = metric?.IsOfInstallation is true || request.IsOfInstallation is true,
        };
    }

    private MetricDefinition? Metric(ICollection<FieldProblem> problems, string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            problems.Add(FieldProblem.Required("metric"));
            return null;
        }

        var metric = metrics.Find(name);
        if (metric is null)
        {
            problems.Add(new FieldProblem("metric", "There is no such metric; GET /api/v1/admin/analytics/metrics lists them.", "没有该指标；可用指标见 GET /api/v1/admin/analytics/metrics。"));
        }

        return metric;
    }

    private static void Thresholds(ICollection<FieldProblem> problems, AlertRuleRequest request)
    {
        if (request is { Warning: null, Critical: null })
        {
            problems.Add(new FieldProblem("warning", "A threshold is required: warning, critical or both.", "请至少填写 warning 或 critical 阈值。"));
        }
        else if (request is { Warning: { } warning, Critical: { } critical } && (request.Condition == AlertCondition.Below ? critical > warning : critical < warning))
        {
            problems.Add(new FieldProblem("critical", "It must lie beyond the threshold of the warning.", "必须比 warning 阈值更严格。"));
        }
    }

    private static string Value(ICollection<FieldProblem> problems, string? value, MetricDefinition? metric) =>
        metric is null ? "" : OneOf(problems, "value", value ?? "", RuleValue.Of(metric.Kind));

    private static Dictionary<string, string>? Filter(ICollection<FieldProblem> problems, IReadOnlyDictionary<string, string>? filter, MetricDefinition? metric)
    {
        foreach (var (label, value) in filter ?? new Dictionary<string, string>())
        {
            MetricFilter.Check(problems, ("filter", metric), label, value);
        }

        return filter is { Count: > 0 } ? new(filter.Where(label => label.Value is not null), StringComparer.Ordinal) : null;
    }

    private static string? GroupBy(ICollection<FieldProblem> problems, string? label, MetricDefinition? metric)
    {
        if (string.IsNullOrEmpty(label))
        {
            return null;
        }

        MetricFilter.Check(problems, ("group_by", metric), label);
        return Line(problems, "group_by", label, LongestName);
    }

    private static string[] Receivers(ICollection<FieldProblem> problems, IReadOnlyList<string>? names)
    {
        if (names?.Count > MostReceivers)
        {
            problems.Add(new FieldProblem("receivers", $"At most {MostReceivers}.", $"最多 {MostReceivers} 个。"));
        }

        return [.. (names ?? []).Take(MostReceivers).Select(name => Line(problems, "receivers", name, LongestName)).OfType<string>()];
    }

    private static string? Address(ICollection<FieldProblem> problems, string? text)
    {
        var address = Line(problems, "runbook_url", text, LongestText);
        if (string.IsNullOrEmpty(address))
        {
            return null;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            problems.Add(new FieldProblem("runbook_url", "An address that begins with https://.", "应为以 https:// 开头的地址。"));
        }

        return address;
    }

    private static string? Line(ICollection<FieldProblem> problems, string field, string? text, int most) => TextField.Line(problems, field, text, most);

    private static int Number(ICollection<FieldProblem> problems, (string Field, int Least, int Most) rule, int? value, int absent)
    {
        if (value < rule.Least || value > rule.Most)
        {
            problems.Add(new FieldProblem(rule.Field, $"Between {rule.Least:N0} and {rule.Most:N0}.", $"应在 {rule.Least:N0} 到 {rule.Most:N0} 之间。"));
        }

        return value ?? absent;
    }

    private static string OneOf(ICollection<FieldProblem> problems, string field, string value, IReadOnlyList<string> allowed)
    {
        if (!allowed.Contains(value, StringComparer.Ordinal))
        {
            problems.Add(new FieldProblem(field, $"One of: {string.Join(", ", allowed)}.", $"应为以下之一：{string.Join("、", allowed)}。"));
        }

        return value;
    }
}
