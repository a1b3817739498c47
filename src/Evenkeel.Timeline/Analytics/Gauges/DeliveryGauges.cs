using Evenkeel.Realtime;

namespace Evenkeel.Timeline.Analytics.Gauges;

/// <summary>Connections of this process.</summary>
internal sealed class DeliveryGauges(IDeliveryCounts counts) : IGaugeSource
{
    /// <inheritdoc/>
    public bool IsOfInstallation => false;

    /// <inheritdoc/>
    public Task<IReadOnlyList<GaugeReading>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<GaugeReading>>(
    [
        new(MetricName.Connections, counts.Open),
        new(MetricName.Connects, counts.Opened),
        new(MetricName.Resumes, counts.Resumed),
        .. counts.ClosedByReason().Select(closed => new GaugeReading(MetricName.Disconnects, closed.Value, null, closed.Key)),
    ]);
}
