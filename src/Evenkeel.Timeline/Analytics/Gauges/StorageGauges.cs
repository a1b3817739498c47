using Evenkeel.Platform.Data;
using Microsoft.Extensions.Configuration;

namespace Evenkeel.Timeline.Analytics.Gauges;

/// <summary>How full the disk under the data folder is, and how large the database.</summary>
internal sealed class StorageGauges(Database database, IConfiguration configuration, TimeProvider time) : IGaugeSource
{
    // Its size is the sum of its files': seconds of looking for a large one.
    private static readonly TimeSpan LooksAtSize = TimeSpan.FromMinutes(5);

    private DateTimeOffset _lookedAt;
    private double _bytes;

    /// <inheritdoc/>
    public bool IsOfInstallation => true;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GaugeReading>> ReadAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - _lookedAt is var age && (age >= LooksAtSize || age < TimeSpan.Zero))
        {
            _bytes = await database.QueryFirstOrDefaultAsync<long>(DataScope.System, "SELECT pg_database_size(current_database())", null, cancellationToken);
            _lookedAt = time.GetUtcNow();
        }

        return [new(MetricName.DatabaseBytes, _bytes), .. DiskUsed()];
    }

    private IEnumerable<GaugeReading> DiskUsed()
    {
        var folder = Path.GetFullPath(configuration["Data:Directory"] ?? "data");
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        var drive = new DriveInfo(folder);
        if (drive.TotalSize > 0)
        {
            yield return new GaugeReading(MetricName.DiskUsedPercent, 100.0 * (drive.TotalSize - drive.AvailableFreeSpace) / drive.TotalSize);
        }
    }
}
