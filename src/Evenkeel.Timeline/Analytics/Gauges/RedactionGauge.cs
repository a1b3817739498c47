using Evenkeel.Platform.Privacy;

namespace Evenkeel.Timeline.Analytics.Gauges;

/// <summary>What could not be judged on its way into telemetry, in this process.</summary>
internal sealed class RedactionGauge : IGaugeSource
{
    /// <inheritdoc/>
    public bool IsOfInstallation => false;

    /// <inheritdoc/>
    public Task<IReadOnlyList<GaugeReading>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<GaugeReading>>(
        [new(MetricName.RedactionFailures, Redaction.Failures)]);
}
