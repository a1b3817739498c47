namespace Evenkeel.Realtime;

/// <summary>The way to the workers, wherever they run. Without a broker nothing leaves this process, and the workers' polls find what was asked.</summary>
public interface IWorkerLink
{
    /// <summary>This process runs turns: whom to wake, and who stops a turn that runs here.</summary>
    void Attach(Action wake, Action<Guid> stop);

    /// <summary>A turn waits: wakes the worker here, else one elsewhere.</summary>
    void Wake();

    /// <summary>Stops a turn that does not run here. Its row says the same already.</summary>
    void Stop(Guid turnId);
}
