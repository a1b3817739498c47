namespace Evenkeel.ScriptedModel;

/// <summary>Holds streams at a known place, so that a test acts in mid-answer without sleeping.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _held = new(0);

    /// <summary>Completes once per stream that has sent its tokens and is now waiting.</summary>
    public Task WaitUntilHeldAsync(CancellationToken ct = default) => _held.WaitAsync(ct);

    /// <summary>Lets all held streams go on; later ones are not held any more.</summary>
    public void Release() => _released.TrySetResult();

    internal Task PassAsync(CancellationToken ct)
    {
        _held.Release();
        return _released.Task.WaitAsync(ct);
    }
}
