using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Timeline.Analytics.Gauges;

/// <summary>Writes what this process measures of itself, for the one that adds up.</summary>
internal sealed class TellReadings(Database database, ReadSources sources, IdSource ids, TimeProvider time)
{
    private const string Write =
        """
        INSERT INTO process_readings AS r (process_id, organization_id, metric, label, value, read_at)
        SELECT @processId, organization_id, metric, label, value, @now
        FROM unnest(@organizations, @metrics, @labels, @values) AS m (organization_id, metric, label, value)
        ON CONFLICT (process_id, metric, label, organization_id) DO UPDATE SET value = excluded.value, read_at = excluded.read_at
        """;

    // A process that starts anew counts from nought.
    private readonly Guid _processId = ids.Next();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var readings = await sources.RunAsync(ofInstallation: false, cancellationToken);
        if (readings.Count == 0)
        {
            return;
        }

        await database.ExecuteAsync(
            DataScope.System,
            Write,
            new
            {
                processId = _processId,
                now = time.GetUtcNow().UtcDateTime,
                organizations = readings.Select(reading => reading.OrganizationId ?? Guid.Empty).ToArray(),
                metrics = readings.Select(reading => reading.Metric).ToArray(),
                labels = readings.Select(reading => reading.Label).ToArray(),
                values = readings.Select(reading => reading.Value).ToArray(),
            },
            cancellationToken);
    }
}
