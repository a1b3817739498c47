using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Timeline.Analytics.Series;

/// <summary>The query of <c>GET …/series</c> and <c>…/export</c>.</summary>
/// <param name="Metric">One of <c>GET …/metrics</c>.</param>
/// <param name="From">Absent = a day before <paramref name="To"/>.</param>
/// <param name="To">Absent = now.</param>
/// <param name="Step">Seconds between points, whole minutes; absent = as many as give at most about 300 points.</param>
/// <param name="GroupBy">One of the metric's labels.</param>
/// <param name="Filter"><c>label:value</c>, repeated for several.</param>
/// <param name="Installation">All organizations together: operators only.</param>
internal sealed record SeriesQuery(
    [FromQuery(Name = "metric")] string? Metric,
    [FromQuery(Name = "from")] DateTimeOffset? From,
    [FromQuery(Name = "to")] DateTimeOffset? To,
    [FromQuery(Name = "step")] int? Step,
    [FromQuery(Name = "group_by")] string? GroupBy,
    [FromQuery(Name = "filter")] string[]? Filter,
    [FromQuery(Name = "installation")] bool? Installation)
{
    private const int LongestName = 100;

    /// <summary>Checks everything; the metric of the answer may still be one for operators only.</summary>
    public Result<PointQuery> Read(MetricRegistry metrics, KeptDays kept, DateTimeOffset now)
    {
        var problems = new List<FieldProblem>();
        var metric = ReadMetric(problems, metrics);
        var groupBy = string.IsNullOrEmpty(GroupBy) ? null : TextField.Line(problems, "group_by", GroupBy, LongestName);
        if (groupBy is not null && problems.Count == 0)
        {
            MetricFilter.Check(problems, ("group_by", metric), groupBy);
        }

        var filters = MetricFilter.ReadAll(problems, metric, Filter ?? []);
        var range = SeriesRange.Read(problems, (From, To, Step), kept, now);
        return problems.Count > 0 || metric is null || range is null
            ? Error.Invalid(problems)
            : new PointQuery
            {
                Metric = metric, GroupBy = groupBy, Filters = filters, AddsOrganizationsUp = Installation is true,
                From = range.From, To = range.To, Resolution = range.Resolution, StepSeconds = range.StepSeconds,
            };
    }

    private MetricDefinition? ReadMetric(List<FieldProblem> problems, MetricRegistry metrics)
    {
        var name = TextField.Line(problems, "metric", Metric, LongestName);
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
}
