using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary>A change of a shipped rule or one of the file: what it measures stays.</summary>
internal static class BaseRuleChange
{
    /// <summary>The whole rule as it is asked for. Names and descriptions are the rule's own: they may come back in the reader's language, and are not looked at.</summary>
    public static AlertRuleRequest Complete(ICollection<FieldProblem> problems, AlertRuleDefinition rule, AlertRuleRequest request)
    {
        Keep("metric", request.Metric, rule.Metric);
        Keep("value", request.Value, rule.Value);
        Keep("group_by", request.GroupBy, rule.GroupBy);
        Keep("condition", request.Condition, rule.Condition);
        Keep("window_seconds", request.WindowSeconds?.ToString(), rule.WindowSeconds.ToString());
        Keep("filter", request.Filter is { Count: > 0 } filter ? Text(filter) : null, rule.Filter is null ? "" : Text(rule.Filter));
        var isWithout = request is { Warning: null, Critical: null };
        return new AlertRuleRequest
        {
            Name = rule.Name,
            Metric = rule.Metric,
            Value = rule.Value,
            Filter = rule.Filter,
            GroupBy = rule.GroupBy,
            WindowSeconds = rule.WindowSeconds,
            Condition = rule.Condition,
            Warning = isWithout ? rule.Warning : request.Warning,
            Critical = isWithout ? rule.Critical : request.Critical,
            ForSeconds = request.ForSeconds ?? rule.ForSeconds,
            KeepFiringForSeconds = request.KeepFiringForSeconds ?? rule.KeepFiringForSeconds,
            MinimumCount = request.MinimumCount ?? rule.MinimumCount,
            NoData = request.NoData ?? rule.NoData,
            IsEnabled = request.IsEnabled ?? rule.IsEnabled,
            Receivers = request.Receivers ?? rule.Receivers,
            IsOfInstallation = rule.IsOfInstallation,
        };

        void Keep(string field, string? asked, string? given)
        {
            if (asked is { Length: > 0 } && asked != given)
            {
                problems.Add(new FieldProblem(field, "This rule is not yours: make a copy to change what it measures.", "此规则不是自建规则：如需更改测量内容，请复制后修改。"));
            }
        }
    }

    private static string Text(IReadOnlyDictionary<string, string> filter) =>
        string.Join('\n', filter.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}:{label.Value}"));
}
