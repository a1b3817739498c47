using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Timeline.Analytics.Gauges;

/// <summary>Asks the gauge sources, each within its time; one that fails leaves a gap.</summary>
internal sealed partial class ReadSources(IEnumerable<IGaugeSource> sources, MetricRegistry metrics, TimeProvider time, ILogger<ReadSources> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly IGaugeSource[] _sources = [.. sources];

    /// <summary>Readings of known metrics, one for each metric, organization and label.</summary>
    /// <param name="ofInstallation">Those that one process takes, or those that every one does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<GaugeReading>> RunAsync(bool ofInstallation, CancellationToken cancellationToken)
    {
        var readings = await Task.WhenAll(_sources.Where(source => source.IsOfInstallation == ofInstallation).Select(source => ReadAsync(source, cancellationToken)));
        return [.. readings
            .SelectMany(some => some)
            .Where(reading => metrics.Find(reading.Metric) is not null && double.IsFinite(reading.Value))
            .DistinctBy(reading => (reading.Metric, reading.OrganizationId, reading.Label))];
    }

    private async Task<IReadOnlyList<GaugeReading>> ReadAsync(IGaugeSource source, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await source.ReadAsync(either.Token).WaitAsync(either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NoReading(logger, source.GetType().Name, Redaction.Reason(exception));
            return [];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "gauge_unread", Message = "{Source} could not be read: {Reason}")]
        public static partial void NoReading(ILogger logger, string source, SafeText reason);
    }
}
