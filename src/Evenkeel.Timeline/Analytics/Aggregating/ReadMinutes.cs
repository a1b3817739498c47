using Dapper;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Analytics.Aggregating;

/// <summary>Makes minutes of the events in them.</summary>
internal sealed class ReadMinutes(IOptions<AnalyticsOptions> options)
{
    // Stages are many and all alike: the database counts them. @logOfGrowth and the rest as in Histogram.
    private const string Stages =
        """
        SELECT organization_id, date_trunc('minute', occurred_at) AS at, event_type, event_status, error_type, error_severity,
               CASE WHEN processing_ms IS NULL THEN NULL WHEN processing_ms <= @smallest THEN @zeroBucket
                    ELSE floor(ln(processing_ms) / @logOfGrowth)::smallint END AS bucket,
               count(*) AS count, coalesce(sum(processing_ms), 0) AS sum, coalesce(min(processing_ms), 0) AS least, coalesce(max(processing_ms), 0) AS greatest,
               count(*) FILTER (WHERE seq = 1) AS first
        FROM chat_events
        WHERE occurred_at >= @from AND occurred_at < @to
        GROUP BY 1, 2, 3, 4, 5, 6, 7
        """;

    private const string Facts =
        """
        SELECT organization_id, date_trunc('minute', occurred_at) AS at, event_type, event_data::text AS data
        FROM chat_events
        WHERE occurred_at >= @from AND occurred_at < @to AND event_type = ANY (@types)
        """;

    private readonly MeasureEvents _measure = new(options.Value.LowScore);

    /// <summary>The rows of the minutes from <paramref name="from"/> until <paramref name="to"/>.</summary>
    public async Task<IReadOnlyCollection<KeyValuePair<PointKey, Measured>>> RunInTransactionAsync(
        ScopedTransaction transaction, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var points = new MinutePoints();
        var args = new
        {
            from = from.UtcDateTime,
            to = to.UtcDateTime,
            smallest = Histogram.Smallest,
            zeroBucket = Histogram.ZeroBucket,
            logOfGrowth = Histogram.LogOfGrowth,
            types = MeasureEvents.FactTypes.ToArray(),
        };
        foreach (var row in await QueryAsync<StageRow>(Stages))
        {
            MeasureEvents.Add(points, row);
        }

        foreach (var row in await QueryAsync<FactRow>(Facts))
        {
            _measure.Add(points, row);
        }

        return points.Rows(options.Value.LabelSets);

        Task<IEnumerable<T>> QueryAsync<T>(string sql) =>
            transaction.Connection.QueryAsync<T>(new CommandDefinition(sql, args, transaction.Transaction, cancellationToken: cancellationToken));
    }
}
