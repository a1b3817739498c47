using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Analytics.Aggregating;

/// <summary>Makes hours of minutes and days of hours, each from all that lies within it: how often it is done makes no difference.</summary>
internal static class RollUp
{
    private const string Make =
        """
        WITH made AS (
            SELECT organization_id, metric, labels, bucket, to_timestamp(floor(extract(epoch FROM at) / @coarse) * @coarse) AS at,
                   sum(count)::bigint AS count, sum(sum) AS sum, min(least) AS least, max(greatest) AS greatest,
                   (array_agg(last ORDER BY at DESC) FILTER (WHERE last IS NOT NULL))[1] AS last
            FROM metric_points
            WHERE resolution = @fine AND at >= @from AND at < @to
            GROUP BY 1, 2, 3, 4, 5
        ), gone AS (
            DELETE FROM metric_points p
            WHERE p.resolution = @coarse AND p.at >= @from AND p.at < @to
              AND NOT EXISTS (SELECT FROM made m WHERE (m.organization_id, m.at, m.metric, m.labels, m.bucket) = (p.organization_id, p.at, p.metric, p.labels, p.bucket))
        )
        INSERT INTO metric_points AS p (organization_id, resolution, metric, at, labels, bucket, count, sum, least, greatest, last)
        SELECT organization_id, @coarse, metric, at, labels, bucket, count, sum, least, greatest, last FROM made
        ON CONFLICT (organization_id, resolution, metric, at, labels, bucket) DO UPDATE
        SET count = excluded.count, sum = excluded.sum, least = excluded.least, greatest = excluded.greatest, last = excluded.last
        WHERE (p.count, p.sum, p.least, p.greatest, p.last) IS DISTINCT FROM (excluded.count, excluded.sum, excluded.least, excluded.greatest, excluded.last)
        """;

    /// <summary>The hours and days that the minutes from <paramref name="from"/> until <paramref name="to"/> lie in.</summary>
    public static async Task RunInTransactionAsync(ScopedTransaction transaction, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await MakeAsync(Resolution.Minute, Resolution.Hour);
        await MakeAsync(Resolution.Hour, Resolution.Day);

        Task MakeAsync(int fine, int coarse) => transaction.Connection.ExecuteAsync(new CommandDefinition(
            Make,
            new { fine, coarse, from = Resolution.Floor(from, coarse).UtcDateTime, to = Resolution.Ceiling(to, coarse).UtcDateTime },
            transaction.Transaction,
            cancellationToken: cancellationToken));
    }
}
