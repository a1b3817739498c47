using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Retention;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Analytics;

/// <summary>Removes numbers that are kept no longer: minutes after two weeks, hours and days with what else was computed.</summary>
internal sealed class ForgetMetrics(Database database, IOptions<AnalyticsOptions> options, TimeProvider time) : IRetained
{
    private const int MostPerRun = 10_000;

    // By key, not by place: a row that is written meanwhile is passed over.
    private const string Forget =
        """
        DELETE FROM metric_points p USING (
            SELECT organization_id, resolution, metric, at, labels, bucket FROM metric_points
            WHERE (resolution = 60 AND at < @minutes) OR (resolution = 3600 AND at < @hours) OR (resolution = 86400 AND at < @hours)
            LIMIT @MostPerRun) old
        WHERE (p.organization_id, p.resolution, p.metric, p.at, p.labels, p.bucket) = (old.organization_id, old.resolution, old.metric, old.at, old.labels, old.bucket)
        """;

    /// <inheritdoc/>
    public Task<int> DeleteBatchAsync(RetentionCutoffs cutoffs, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.System,
        Forget,
        new { minutes = time.GetUtcNow().AddDays(-options.Value.MinuteDays).UtcDateTime, hours = cutoffs.Aggregates.UtcDateTime, MostPerRun },
        cancellationToken);
}
