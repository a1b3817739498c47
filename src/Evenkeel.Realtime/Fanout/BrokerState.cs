namespace Evenkeel.Realtime.Fanout;

/// <summary>How the connection to the broker is, for reports.</summary>
internal sealed class BrokerState(TimeProvider time)
{
    private volatile Moment _moment = new(false, time.GetUtcNow(), "not connected yet");

    /// <summary>The connection now.</summary>
    public Moment Now => _moment;

    public void Connected() => _moment = new Moment(true, time.GetUtcNow(), "");

    public void Lost(string reason)
    {
        // Since when counts, not the newest of many tries.
        var since = _moment is { IsConnected: false, Since: var before } ? before : time.GetUtcNow();
        _moment = new Moment(false, since, reason);
    }

    /// <summary>A state and its beginning.</summary>
    internal sealed record Moment(bool IsConnected, DateTimeOffset Since, string Reason);
}
