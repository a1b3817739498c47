using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Analytics.Series;

/// <summary>Reads numbers: the one way for pages, exports, alerts and their previews.</summary>
internal sealed class ReadPoints(Database database)
{
    // Labels that are not grouped by add up: of a gauge moment by moment, before the last moment of a step is taken.
    private const string OfGauges =
        """
        SELECT organization_id, step AS at, "group", fits, 0::smallint AS bucket, sum(count)::bigint AS count, sum(sum) AS sum,
               min(least) AS least, max(greatest) AS greatest, (array_agg(last ORDER BY at DESC))[1] AS last
        FROM (SELECT organization_id, step, at, "group", fits, max(count) AS count, sum(sum) AS sum, sum(least) AS least, sum(greatest) AS greatest, sum(last) AS last
              FROM point GROUP BY 1, 2, 3, 4, 5) moment
        GROUP BY 1, 2, 3, 4
        """;

    private const string OfEvents =
        """
        SELECT organization_id, step AS at, "group", fits, bucket, sum(count)::bigint AS count, sum(sum) AS sum, min(least) AS least, max(greatest) AS greatest
        FROM point GROUP BY 1, 2, 3, 4, 5
        """;

    /// <summary>In no order.</summary>
    public Task<IReadOnlyList<PointRow>> RunAsync(PointQuery query, CancellationToken cancellationToken)
    {
        var args = new DynamicParameters();
        var fits = MetricFilter.Sql(query.Filters, args);
        args.AddDynamicParams(new
        {
            query.OrganizationId, query.Resolution, query.Metric.Metric, From = query.From.UtcDateTime, To = query.To.UtcDateTime, query.StepSeconds, query.MostRows, GroupBy = query.GroupBy ?? "",
        });
        var organization = query.AddsOrganizationsUp && !query.Metric.IsOfInstallation ? "'00000000-0000-0000-0000-000000000000'::uuid" : "organization_id";
        var sql =
            $"""
            SELECT * FROM (
            WITH point AS (
                SELECT {organization} AS organization_id, at, to_timestamp(floor(extract(epoch FROM at) / @StepSeconds) * @StepSeconds) AS step,
                       coalesce(labels ->> @GroupBy, '') AS "group", {(query.WithTheRest ? $"({fits})" : "true")} AS fits, bucket, count, sum, least, greatest, last
                FROM metric_points
                WHERE {Whose(query)} AND resolution = @Resolution AND metric = @Metric AND at >= @From AND at < @To {(query.WithTheRest ? "" : $"AND {fits}")}
            )
            {(query.Metric.Kind == MetricKind.Gauge ? OfGauges : OfEvents)}) numbers LIMIT @MostRows
            """;
        return database.QueryAsync<PointRow>(Scope(query), sql, args, cancellationToken);
    }

    // Gauges of the installation are read as such; what events add up to is added up here.
    private static string Whose(PointQuery query) =>
        query.Metric.IsOfInstallation || (query.AddsOrganizationsUp && query.Metric.Kind == MetricKind.Gauge) ? "organization_id = '00000000-0000-0000-0000-000000000000'"
        : query is { OrganizationId: not null, AddsOrganizationsUp: false } ? "organization_id = @OrganizationId"
        : "organization_id <> '00000000-0000-0000-0000-000000000000'";

    private static DataScope Scope(PointQuery query) =>
        query is { Metric.IsOfInstallation: false, AddsOrganizationsUp: false, OrganizationId: { } organization } ? DataScope.Organization(organization) : DataScope.System;
}
