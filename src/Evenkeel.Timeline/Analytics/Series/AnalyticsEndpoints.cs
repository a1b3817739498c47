using System.Globalization;
using System.Text;
using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Evenkeel.Timeline.Analytics.Series;

/// <summary><c>GET /api/v1/admin/analytics/metrics</c>, <c>…/series</c> and <c>…/export</c>.</summary>
internal static class AnalyticsEndpoints
{
    public static async Task<Ok<IReadOnlyList<MetricDescription>>> ListAsync(MetricRegistry metrics, IOperators operators, Caller caller, CancellationToken cancellationToken)
    {
        var isOperator = await operators.IncludeAsync(caller, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<MetricDescription>>(
        [
            .. metrics.All.Where(metric => isOperator || !metric.IsOfInstallation).Select(metric => new MetricDescription
            {
                Metric = metric.Metric, Unit = metric.Unit, Kind = metric.Kind, Labels = metric.Labels, Behind = metric.Behind, IsOfInstallation = metric.IsOfInstallation,
            }),
        ]);
    }

    public static async Task<Results<Ok<MetricSeries>, ErrorResult>> SeriesAsync(
        [AsParameters] SeriesQuery query, [FromQuery(Name = "compare")] bool? compare, ReadSeries read, Caller caller, CancellationToken cancellationToken) =>
        (await read.RunAsync(query, compare is true, caller, cancellationToken)).TryGet(out var series, out var error) ? TypedResults.Ok(series) : (ErrorResult)error;

    public static async Task<Results<FileContentHttpResult, ErrorResult>> ExportAsync(
        [AsParameters] SeriesQuery query, [FromQuery(Name = "format")] string? format, ReadSeries read, Caller caller, CancellationToken cancellationToken)
    {
        if (format is not (null or "" or "csv" or "jsonl"))
        {
            return (ErrorResult)Error.Invalid(new FieldProblem("format", "One of csv and jsonl.", "应为 csv 或 jsonl。"));
        }

        if (!(await read.RunAsync(query, compares: false, caller, cancellationToken)).TryGet(out var series, out var error))
        {
            return (ErrorResult)error;
        }

        var name = $"{series.Metric}-{series.From:yyyyMMddTHHmm}-{series.To:yyyyMMddTHHmm}";
        return format == "jsonl"
            ? TypedResults.File(Encoding.UTF8.GetBytes(JsonLines(series)), "application/x-ndjson", name + ".jsonl")
            : TypedResults.File(Encoding.UTF8.GetBytes(Csv(series)), "text/csv; charset=utf-8", name + ".csv");
    }

    private static string Csv(MetricSeries series)
    {
        var text = new StringBuilder("at,label,count,value,p50,p95,p99,min,max\r\n");
        foreach (var (label, point) in PointsOf(series))
        {
            double?[] numbers = [point.Value, point.P50, point.P95, point.P99, point.Min, point.Max];
            text.Append(CultureInfo.InvariantCulture, $"{point.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'},{Cell(label)},{point.Count},{string.Join(',', numbers)}\r\n");
        }

        return text.ToString();
    }

    // A label may be the name of somebody's event type: no formula for whoever opens the file in a spreadsheet.
    private static string Cell(string label) =>
        $"\"{(label is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" : "")}{label.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string JsonLines(MetricSeries series) =>
        string.Concat(PointsOf(series).Select(one => JsonSerializer.Serialize(
            new { one.Point.At, one.Label, one.Point.Count, one.Point.Value, one.Point.P50, one.Point.P95, one.Point.P99, one.Point.Min, one.Point.Max }, Wire.Json) + "\n"));

    private static IEnumerable<(string Label, MetricPoint Point)> PointsOf(MetricSeries series) =>
        series.Series.SelectMany(line => line.Points.Select(point => (line.Label, point)));
}
