using Evenkeel.Platform.Data;
using Npgsql;
using NpgsqlTypes;

namespace Evenkeel.Timeline.Analytics.Aggregating;

/// <summary>
/// Writes minutes made anew over those that are there. What is the same is left alone, so that doing it again costs no writes; what is no more is removed:
/// the same events always leave the same rows.
/// </summary>
internal static class WriteMinutes
{
    private const string Write =
        """
        WITH made AS (
            SELECT organization_id, at, metric, labels::jsonb AS labels, bucket, count, sum, least, greatest
            FROM unnest($4, $5, $6, $7, $8, $9, $10, $11, $12) AS m (organization_id, at, metric, labels, bucket, count, sum, least, greatest)
        ), gone AS (
            DELETE FROM metric_points p
            WHERE p.resolution = 60 AND p.at >= $1 AND p.at < $2 AND p.metric = ANY ($3)
              AND NOT EXISTS (SELECT FROM made m WHERE (m.organization_id, m.at, m.metric, m.labels, m.bucket) = (p.organization_id, p.at, p.metric, p.labels, p.bucket))
        )
        INSERT INTO metric_points AS p (organization_id, resolution, metric, at, labels, bucket, count, sum, least, greatest)
        SELECT organization_id, 60, metric, at, labels, bucket, count, sum, least, greatest FROM made
        ON CONFLICT (organization_id, resolution, metric, at, labels, bucket) DO UPDATE
        SET count = excluded.count, sum = excluded.sum, least = excluded.least, greatest = excluded.greatest
        WHERE (p.count, p.sum, p.least, p.greatest) IS DISTINCT FROM (excluded.count, excluded.sum, excluded.least, excluded.greatest)
        """;

    private static readonly string[] Metrics = [.. ShippedMetrics.OfEvents.Select(definition => definition.Metric)];

    /// <summary>Replaces those minutes, the last one not included.</summary>
    public static async Task RunInTransactionAsync(
        ScopedTransaction transaction, (DateTimeOffset From, DateTimeOffset To) minutes, IReadOnlyCollection<KeyValuePair<PointKey, Measured>> rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Write, transaction.Connection, transaction.Transaction);
        command.Parameters.AddRange(new[]
        {
            Sql.Time(minutes.From), Sql.Time(minutes.To), Sql.Value(Metrics),
            Column(rows, row => row.Key.OrganizationId, NpgsqlDbType.Uuid),
            Column(rows, row => DateTime.SpecifyKind(row.Key.At, DateTimeKind.Utc), NpgsqlDbType.TimestampTz),
            Column(rows, row => row.Key.Metric, NpgsqlDbType.Text),
            Column(rows, row => row.Key.Labels, NpgsqlDbType.Text),
            Column(rows, row => row.Key.Bucket, NpgsqlDbType.Smallint),
            Column(rows, row => row.Value.Count, NpgsqlDbType.Bigint),
            Column(rows, row => row.Value.Sum, NpgsqlDbType.Double),
            Column(rows, row => row.Value.Least, NpgsqlDbType.Double),
            Column(rows, row => row.Value.Greatest, NpgsqlDbType.Double),
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Column<T>(IReadOnlyCollection<KeyValuePair<PointKey, Measured>> rows, Func<KeyValuePair<PointKey, Measured>, T> value, NpgsqlDbType type) =>
        new NpgsqlParameter<T[]> { TypedValue = [.. rows.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type };
}
