using System.Diagnostics.Metrics;
using Evenkeel.Realtime.Connections;

namespace Evenkeel.Realtime.Fanout;

/// <summary>Numbers of delivery; meter <c>Evenkeel.Realtime</c>.</summary>
internal sealed class FanoutMetrics : IDisposable
{
    private readonly Meter _meter = new("Evenkeel.Realtime");
    private readonly Counter<long> _published;
    private readonly Counter<long> _received;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _reconnects;
    private int _isConnected;

    public FanoutMetrics(ConnectionRegistry connections)
    {
        _published = _meter.CreateCounter<long>("evenkeel.fanout.published", "{message}", "Messages given to the broker.");
        _received = _meter.CreateCounter<long>("evenkeel.fanout.received", "{message}", "Messages of other processes.");
        _dropped = _meter.CreateCounter<long>("evenkeel.fanout.dropped", "{message}", "Messages dropped because the broker was away or too slow.");
        _reconnects = _meter.CreateCounter<long>("evenkeel.fanout.reconnects", "{connection}", "Connections to the broker after the first.");
        _meter.CreateObservableGauge("evenkeel.fanout.connected", () => Volatile.Read(ref _isConnected), "{connection}", "1 while the broker is connected.");
        _meter.CreateObservableGauge("evenkeel.realtime.connections", () => connections.Count, "{connection}", "Open sockets and event streams.");
    }

    public void Published() => _published.Add(1);

    public void Received() => _received.Add(1);

    public void Dropped(string reason) => _dropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Connected(bool again)
    {
        Volatile.Write(ref _isConnected, 1);
        if (again)
        {
            _reconnects.Add(1);
        }
    }

    public void Disconnected() => Volatile.Write(ref _isConnected, 0);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
