using Dapper;
using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Analytics.Aggregating;

namespace Evenkeel.Timeline.Analytics.Gauges;

/// <summary>
/// Adds a sample of every gauge to the current minute: those of the installation as they are read, those of the processes added up, and of counters what they
/// have grown by since it was taken last.
/// </summary>
internal sealed class GatherReadings(ReadSources sources, MetricRegistry metrics, TimeProvider time)
{
    // Three rounds: a process that did not tell since is gone.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(45);

    // Long enough that nothing is lost of a process whose last word came while nobody added up.
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private const string Together =
        """
        DELETE FROM process_readings WHERE read_at < @forgotten AND (value = counted OR metric <> ALL (@counters));
        SELECT metric, label, organization_id, sum(value) AS value FROM process_readings
        WHERE read_at >= @fresh AND metric <> ALL (@counters) GROUP BY 1, 2, 3;
        WITH before AS (SELECT * FROM process_readings WHERE metric = ANY (@counters) AND value > counted FOR UPDATE),
             taken AS (UPDATE process_readings r SET counted = before.value FROM before
                       WHERE (r.process_id, r.metric, r.label, r.organization_id) = (before.process_id, before.metric, before.label, before.organization_id))
        SELECT metric, label, organization_id, sum(value - counted) AS value FROM before GROUP BY 1, 2, 3
        """;

    private const string Add =
        """
        INSERT INTO metric_points AS p (organization_id, resolution, metric, at, labels, bucket, count, sum, least, greatest, last)
        SELECT organization_id, 60, metric, @at, labels::jsonb, 0, 1, value, value, value, CASE WHEN is_gauge THEN value END
        FROM unnest(@organizations, @names, @labels, @values, @isGauge) AS m (organization_id, metric, labels, value, is_gauge)
        ON CONFLICT (organization_id, resolution, metric, at, labels, bucket) DO UPDATE
        SET count = p.count + 1, sum = p.sum + excluded.sum, least = least(p.least, excluded.least), greatest = greatest(p.greatest, excluded.greatest), last = excluded.last
        """;

    private string[] Counters => [.. metrics.All.Where(metric => metric.Kind == MetricKind.Sum).Select(metric => metric.Metric)];

    /// <summary>Reads the gauges of the installation.</summary>
    public Task<IReadOnlyList<GaugeReading>> ReadAsync(CancellationToken cancellationToken) => sources.RunAsync(ofInstallation: true, cancellationToken);

    /// <summary>Adds them, and what the processes told, to the current minute.</summary>
    public async Task RunInTransactionAsync(ScopedTransaction transaction, IReadOnlyList<GaugeReading> ofInstallation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var args = new { forgotten = (now - Forgotten).UtcDateTime, fresh = (now - Fresh).UtcDateTime, counters = Counters };
        List<Sample> samples = [.. ofInstallation.Select(reading => new Sample { Metric = reading.Metric, Label = reading.Label, OrganizationId = reading.OrganizationId ?? Guid.Empty, Value = reading.Value })];
        await using (var grid = await transaction.Connection.QueryMultipleAsync(new CommandDefinition(Together, args, transaction.Transaction, cancellationToken: cancellationToken)))
        {
            samples.AddRange(await grid.ReadAsync<Sample>());
            samples.AddRange(await grid.ReadAsync<Sample>());
        }

        await AddAsync(transaction, samples, now, cancellationToken);
    }

    private Task AddAsync(ScopedTransaction transaction, List<Sample> samples, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // One row can be written once only: what several sources say of the same adds up.
        var rows = samples.GroupBy(sample => (sample.OrganizationId, sample.Metric, Labels: LabelsOf(sample))).ToList();
        return transaction.Connection.ExecuteAsync(new CommandDefinition(
            Add,
            new
            {
                at = Resolution.Floor(now, Resolution.Minute).UtcDateTime,
                organizations = rows.Select(row => row.Key.OrganizationId).ToArray(),
                names = rows.Select(row => row.Key.Metric).ToArray(),
                labels = rows.Select(row => row.Key.Labels).ToArray(),
                values = rows.Select(row => row.Sum(sample => sample.Value)).ToArray(),
                isGauge = rows.Select(row => metrics.Find(row.Key.Metric)?.Kind == MetricKind.Gauge).ToArray(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
    }

    private string LabelsOf(Sample sample) =>
        metrics.Find(sample.Metric) is { Labels: [var name, ..] } && sample.Label.Length > 0 ? new Labels((name, sample.Label)).ToString() : "{}";

    private sealed record Sample
    {
        public required string Metric { get; init; }
        public required string Label { get; init; }
        public required Guid OrganizationId { get; init; }
        public required double Value { get; init; }
    }
}
