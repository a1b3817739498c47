using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Recording;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Retention;

/// <summary>How late retention is: hours since the oldest day that is still there should have gone; 0 when none should.</summary>
internal sealed class RetentionLag(Database database, TimeProvider time, IOptions<TimelineOptions> options) : IGaugeSource
{
    public static MetricDefinition Metric { get; } = new("retention_lag_hours", "count", "gauge", IsOfInstallation: true);

    /// <inheritdoc/>
    public bool IsOfInstallation => true;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GaugeReading>> ReadAsync(CancellationToken cancellationToken)
    {
        var cutoffs = RetentionCutoffs.Of(options.Value, time.GetUtcNow());
        var leaves = await ReadLeaves.RunAsync(database, cancellationToken);
        var lag = leaves.Select(leaf => (cutoffs.Of(leaf.Retention) - leaf.To).TotalHours).Append(0).Max();
        return [new GaugeReading(Metric.Metric, lag)];
    }
}

/// <summary>Events that this process wrote and lost since its start.</summary>
internal sealed class RecordedEvents(TimelineCounts counts) : IGaugeSource
{
    public static MetricDefinition Recorded { get; } = new("events_recorded", "count", "sum", IsOfInstallation: true);

    public static MetricDefinition Dropped { get; } = new("events_dropped", "count", "sum", IsOfInstallation: true);

    /// <inheritdoc/>
    public bool IsOfInstallation => false;

    /// <inheritdoc/>
    public Task<IReadOnlyList<GaugeReading>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<GaugeReading>>([new(Recorded.Metric, counts.Recorded), new(Dropped.Metric, counts.Dropped)]);
}
