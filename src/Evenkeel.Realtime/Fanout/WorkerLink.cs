namespace Evenkeel.Realtime.Fanout;

/// <summary>Passes wake-ups and stops on: here by a call, to others over the broker.</summary>
internal sealed class WorkerLink(FanoutOutbox outbox) : IWorkerLink
{
    private volatile Attached? _worker;

    /// <summary>Whether turns run here.</summary>
    public bool HasWorker => _worker is not null;

    /// <inheritdoc/>
    public void Attach(Action wake, Action<Guid> stop) => _worker = new Attached(wake, stop);

    /// <inheritdoc/>
    public void Wake()
    {
        // A worker here claims sooner than one that has yet to hear of it; when it is full, the others' polls find the turn.
        if (_worker is { } worker)
        {
            worker.Wake();
        }
        else
        {
            outbox.Signal(FanoutKind.Wake, Guid.Empty);
        }
    }

    /// <inheritdoc/>
    public void Stop(Guid turnId) => outbox.Signal(FanoutKind.StopTurn, turnId);

    /// <summary>Another process asks.</summary>
    public void ReceiveWake() => _worker?.Wake();

    /// <inheritdoc cref="ReceiveWake"/>
    public void ReceiveStop(Guid turnId) => _worker?.Stop(turnId);

    private sealed record Attached(Action Wake, Action<Guid> Stop);
}
