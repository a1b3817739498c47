namespace Evenkeel.ScriptedModel;

/// <summary>The newest requests, and a signal for tests that wait for the n-th.</summary>
internal sealed class RequestLog(int remembered)
{
    private readonly Lock _lock = new();
    private readonly Queue<ReceivedRequest> _requests = new();
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;

    public bool IsOn => remembered > 0;

    public void Add(ReceivedRequest request)
    {
        if (!IsOn)
            return;
        TaskCompletionSource arrived;
        lock (_lock)
        {
            _count++;
            _requests.Enqueue(request);
            if (_requests.Count > remembered)
                _requests.Dequeue();
            arrived = _arrived;
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        arrived.SetResult();
    }

    public IReadOnlyList<ReceivedRequest> Snapshot()
    {
        lock (_lock)
            return [.. _requests];
    }

    public async Task WaitForCountAsync(long count, CancellationToken ct)
    {
        while (true)
        {
            Task arrived;
            lock (_lock)
            {
                if (_count >= count)
                    return;
                arrived = _arrived.Task;
            }
            await arrived.WaitAsync(ct);
        }
    }
}
