using System.Runtime.CompilerServices;

namespace Evenkeel.Realtime.Connections;

/// <summary>
/// The way out to one client. A write goes straight into Kestrel's pipe and costs no task, timer or buffer while the client keeps up;
/// only while a write is pending (the client lags by more than Kestrel's 64 KiB) do bytes wait here, up to the limits.
/// Never throws: a client that is gone is noticed by whoever reads from it.
/// </summary>
internal sealed class Outbox(Stream stream, RealtimeOptions limits, Heartbeat heartbeat)
{
    private readonly Lock _gate = new();
    private Queue<Waiting>? _waiting;
    private int _waitingBytes;
    private int _waitingFrames;
    private ConfiguredValueTaskAwaitable.ConfiguredValueTaskAwaiter _pending;
    private Action? _whenWritten;
    private TaskCompletionSource? _drained;
    private long _writingSince;
    private bool _isWriting;
    private bool _isFinished;
    private bool _isDead;

    /// <summary>Frames written or queued so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Writes, or queues behind a pending write.</summary>
    /// <returns>False when the client lags beyond the limits; the bytes are dropped.</returns>
    public bool Write(byte[] bytes, int frames)
    {
        lock (_gate)
        {
            if (_isFinished || _isDead)
            {
                return true;
            }

            Frames += frames;
            return _isWriting ? TryQueueUnderLock(bytes, frames) : WriteUnderLock(bytes);
        }
    }

    /// <summary>Writes the last bytes; whatever is written later is dropped.</summary>
    /// <param name="farewell">The last bytes.</param>
    /// <param name="dropWaiting">Whether queued bytes are dropped first (the client could not take them).</param>
    public void Finish(byte[] farewell, bool dropWaiting)
    {
        lock (_gate)
        {
            if (_isFinished || _isDead)
            {
                return;
            }

            _isFinished = true;
            if (!_isWriting)
            {
                WriteUnderLock(farewell);
                return;
            }

            if (dropWaiting)
            {
                _waiting?.Clear();
                (_waitingBytes, _waitingFrames) = (0, 0);
            }

            (_waiting ??= new Queue<Waiting>()).Enqueue(new Waiting(farewell, 0));
        }
    }

    /// <summary>The connection's handler returns: the pipe must not be touched again.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            DieUnderLock();
        }
    }

    /// <summary>Completes when nothing waits: what was written is in the kernel's hands or within Kestrel's 64 KiB.</summary>
    public Task DrainedAsync()
    {
        lock (_gate)
        {
            return _isWriting && !_isDead
                ? (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }

    /// <summary>Whether a write has stood still for longer than its deadline.</summary>
    public bool IsStalled(long now)
    {
        lock (_gate)
        {
            return _isWriting && !_isDead && now - _writingSince > limits.WriteDeadlineSeconds * 1000L;
        }
    }

    private bool TryQueueUnderLock(byte[] bytes, int frames)
    {
        _waiting ??= new Queue<Waiting>();
        // One frame may be larger than the limit: it is let through when it is alone.
        if (_waiting.Count > 0
            && (_waitingBytes + bytes.Length > limits.MaxQueuedBytes || _waitingFrames + frames > limits.MaxQueuedFrames))
        {
            return false;
        }

        _waiting.Enqueue(new Waiting(bytes, frames));
        _waitingBytes += bytes.Length;
        _waitingFrames += frames;
        return true;
    }

    private bool WriteUnderLock(byte[] bytes)
    {
        try
        {
            var write = stream.WriteAsync(bytes, CancellationToken.None);
            if (write.IsCompletedSuccessfully)
            {
                return true;
            }

            _isWriting = true;
            _writingSince = heartbeat.Now;
            _pending = write.ConfigureAwait(false).GetAwaiter();
            _pending.UnsafeOnCompleted(_whenWritten ??= WhenWritten);
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
        {
            DieUnderLock();
        }

        return true;
    }

    private void WhenWritten()
    {
        lock (_gate)
        {
            _isWriting = false;
            try
            {
                _pending.GetResult();
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
            {
                DieUnderLock();
            }

            WriteWaitingUnderLock();
        }
    }

    private void WriteWaitingUnderLock()
    {
        while (!_isWriting && !_isDead && _waiting is not null && _waiting.TryDequeue(out var next))
        {
            _waitingBytes -= next.Bytes.Length;
            _waitingFrames -= next.Frames;
            WriteUnderLock(next.Bytes);
        }

        if (!_isWriting)
        {
            _waiting = null;
            _drained?.TrySetResult();
            _drained = null;
        }
    }

    private void DieUnderLock()
    {
        _isDead = true;
        _waiting = null;
        _drained?.TrySetResult();
        _drained = null;
    }

    private readonly record struct Waiting(byte[] Bytes, int Frames);
}
