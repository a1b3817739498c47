using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Evenkeel.Platform.Metrics;

/// <summary>
/// Listens to the meters of this server and of the parts it stands on, and keeps what <c>/metrics</c> shows. A module only makes its
/// <c>Meter("Evenkeel.&lt;Module&gt;")</c> from the <see cref="IMeterFactory"/>; tags are codes and names, never ids or text.
/// </summary>
public sealed class CollectMetrics : IHostedService, IDisposable
{
    private static readonly string[] Meters = ["Evenkeel.", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> _instruments = new();
    private readonly MeterListener _listener = new();
    private readonly Lock _looking = new();
    private readonly IMeterFactory _factory;

    /// <param name="factory">Whose meters are listened to, besides those that belong to the whole process.</param>
    public CollectMetrics(IMeterFactory factory)
    {
        _factory = factory;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (IsOurs(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, static one => new InstrumentSeries(one)));
            }
        };
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, state) => Record((double)value, tags, state));
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    /// <summary>Everything, as Prometheus reads it.</summary>
    public string Write()
    {
        lock (_looking)
        {
            try
            {
                _listener.RecordObservableInstruments();
            }
            catch (AggregateException)
            {
                // One gauge that fails hides only itself.
            }

            return PrometheusText.Write(_instruments.Values);
        }
    }

    private bool IsOurs(Meter meter) =>
        Meters.Any(name => name[^1] == '.' ? meter.Name.StartsWith(name, StringComparison.Ordinal) : meter.Name == name)
        && (meter.Scope is null || ReferenceEquals(meter.Scope, _factory));

    private static void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) => ((InstrumentSeries)state!).Record(value, tags);
}
