using Evenkeel.Accounts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Evenkeel.Timeline.Alerts.Judging;
using Evenkeel.Timeline.Alerts.Rules;
using Evenkeel.Timeline.Analytics;
using Evenkeel.Timeline.Analytics.Series;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary><c>POST /api/v1/admin/alerts/rules/preview</c>: what a rule would have done, judged by the code that judges it live.</summary>
internal sealed class PreviewRule(ReadPoints read, MetricRegistry metrics, RuleFields fields, IOperators operators, TimeProvider time)
{
    private const int MostHours = 168;
    private const int MostRows = 500_000;

    public async Task<Results<Ok<AlertPreview>, ErrorResult>> HandleAsync(AlertPreviewRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        if (request.Rule is null)
        {
            problems.Add(FieldProblem.Required("rule"));
        }

        if (request.Hours is < 1 or > MostHours)
        {
            problems.Add(new FieldProblem("hours", $"Between 1 and {MostHours}.", $"应在 1 到 {MostHours} 之间。"));
        }

        // What is not named yet can be tried as well.
        var rule = fields.Read(problems, (request.Rule ?? new AlertRuleRequest()) with { Name = request.Rule?.Name is { Length: > 0 } name ? name : "preview" });
        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        return !owners.Choose(rule.IsOfInstallation).TryGet(out var owner, out var error) ? (ErrorResult)error
            : (await RunAsync(owner, rule, request.Hours ?? MostHours, cancellationToken)).TryGet(out var seen, out error) ? TypedResults.Ok(seen)
            : (ErrorResult)error;
    }

    private async Task<Result<AlertPreview>> RunAsync(Guid owner, AlertRuleDefinition rule, int hours, CancellationToken cancellationToken)
    {
        var metric = metrics.Find(rule.Metric)!;
        var to = Resolution.Floor(time.GetUtcNow(), Resolution.Minute);
        var from = to.AddHours(-hours);
        var query = RuleValues.QueryOf(rule, metric, from, to.AddMinutes(-1)) with { OrganizationId = owner == RuleOwners.Installation ? null : owner, MostRows = MostRows };
        var rows = await read.RunAsync(query, cancellationToken);
        if (rows.Count >= MostRows)
        {
            return Error.Invalid(new FieldProblem("hours", "There is too much to look at: ask for fewer hours, or do not group.", "数据过多：请缩短时间或取消分组。"));
        }

        var replay = new ReplayRule(rule, metric, (from, to));
        return replay.Run(rows);
    }
}
