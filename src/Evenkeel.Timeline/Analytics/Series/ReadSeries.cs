using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Analytics.Series;

/// <summary>A metric over time, as somebody may see it.</summary>
internal sealed class ReadSeries(ReadPoints read, MetricRegistry metrics, IOperators operators, IOptions<AnalyticsOptions> options, IOptions<TimelineOptions> timeline, TimeProvider time)
{
    private const int MostGroups = 20;

    public async Task<Result<MetricSeries>> RunAsync(SeriesQuery asked, bool compares, Caller caller, CancellationToken cancellationToken)
    {
        if (!asked.Read(metrics, new KeptDays(options.Value.MinuteDays, timeline.Value.AggregateRetentionHours / 24), time.GetUtcNow()).TryGet(out var query, out var error))
        {
            return error;
        }

        if ((query.Metric.IsOfInstallation || query.AddsOrganizationsUp) && !await operators.IncludeAsync(caller, cancellationToken))
        {
            return new Error(ErrorCode.Forbidden);
        }

        query = query with { OrganizationId = caller.OrganizationId };
        var span = query.To - query.From;
        return new MetricSeries
        {
            Metric = query.Metric.Metric,
            Unit = query.Metric.Unit,
            Kind = query.Metric.Kind,
            From = query.From,
            To = query.To,
            StepSeconds = query.StepSeconds,
            GroupBy = query.GroupBy,
            Series = await ReadAsync(query, cancellationToken),
            Previous = compares ? await ReadAsync(query with { From = query.From - span, To = query.From }, cancellationToken) : null,
        };
    }

    private async Task<IReadOnlyList<LabelledSeries>> ReadAsync(PointQuery query, CancellationToken cancellationToken)
    {
        var rows = await read.RunAsync(query, cancellationToken);
        if (query.GroupBy is null)
        {
            return [Line(query, "", rows)];
        }

        var groups = rows.GroupBy(row => row.Group).OrderByDescending(group => SizeOf(query.Metric, group)).ThenBy(group => group.Key, StringComparer.Ordinal).ToList();
        // What was put together when it was stored goes to the same line as what is put together here.
        var kept = groups.Where(group => group.Key != MetricLabel.Other).Take(MostGroups).ToList();
        var other = groups.Except(kept).SelectMany(group => group).ToList();
        var lines = kept.Select(group => Line(query, group.Key, [.. group])).ToList();
        return other.Count == 0 ? lines : [.. lines, Line(query, MetricLabel.Other, other)];
    }

    private static double SizeOf(MetricDefinition metric, IEnumerable<PointRow> rows) => metric.Kind switch
    {
        MetricKind.Sum => rows.Sum(row => row.Sum),
        MetricKind.Gauge => rows.Max(row => row.Greatest),
        _ => rows.Sum(row => row.Count),
    };

    private static LabelledSeries Line(PointQuery query, string label, IReadOnlyCollection<PointRow> rows) => new()
    {
        Label = label,
        Total = Numbers.PointOf(query.Metric, query.From, rows),
        Points = [.. rows.GroupBy(row => row.At).OrderBy(step => step.Key).Select(step => Numbers.PointOf(query.Metric, step.Key, [.. step]))],
    };
}
