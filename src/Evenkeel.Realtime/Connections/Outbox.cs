using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Evenkeel.Realtime.Connections;

/// <summary>
/// The way out to one client. A write goes straight into Kestrel's pipe and costs no task, timer or buffer while the client keeps up;
/// only while a flush is pending (the client lags by more than Kestrel's 64 KiB) do bytes wait here, up to the limits.
/// Never throws: a client that is gone is noticed by whoever reads from it.
/// </summary>
internal sealed class Outbox(PipeWriter pipe, RealtimeOptions limits, Heartbeat heartbeat)
{
    private const int PipeThreshold = 64 * 1024;

    private readonly Lock _gate = new();
    private Queue<Waiting>? _waiting;
    private int _waitingBytes;
    private int _waitingFrames;
    private ConfiguredValueTaskAwaitable<FlushResult>.ConfiguredValueTaskAwaiter _flush;
    private Action? _whenFlushed;
    private TaskCompletionSource? _drained;
    private long _flushingSince;
    private bool _isFlushing;
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
            return _isFlushing ? TryQueueUnderLock(bytes, frames) : WriteUnderLock(bytes);
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
            if (!_isFlushing)
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
            return _isFlushing && !_isDead
                ? (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }

    /// <summary>Whether a write has stood still for longer than its deadline.</summary>
    public bool IsStalled(long now)
    {
        lock (_gate)
        {
            return _isFlushing && !_isDead && now - _flushingSince > limits.WriteDeadlineSeconds * 1000L;
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
            pipe.Write(bytes);
            FlushUnderLock();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
        {
            DieUnderLock();
        }

        return true;
    }

    private void FlushUnderLock()
    {
        var flush = pipe.FlushAsync(CancellationToken.None);
        if (flush.IsCompletedSuccessfully)
        {
            var result = flush.Result;
            if (result.IsCompleted || result.IsCanceled)
            {
                DieUnderLock();
            }

            return;
        }

        _isFlushing = true;
        _flushingSince = heartbeat.Now;
        _flush = flush.ConfigureAwait(false).GetAwaiter();
        _flush.UnsafeOnCompleted(_whenFlushed ??= WhenFlushed);
    }

    private void WhenFlushed()
    {
        lock (_gate)
        {
            _isFlushing = false;
            try
            {
                var result = _flush.GetResult();
                if (_isDead || result.IsCompleted || result.IsCanceled)
                {
                    DieUnderLock();
                    return;
                }

                WriteWaitingUnderLock();
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException or OperationCanceledException)
            {
                DieUnderLock();
            }
        }
    }

    private void WriteWaitingUnderLock()
    {
        while (!_isFlushing && !_isDead && _waiting is { Count: > 0 } waiting)
        {
            // Kestrel's own threshold at a time: what lies in its pipe no longer counts against the limits.
            for (var written = 0; written < PipeThreshold && waiting.TryDequeue(out var next); written += next.Bytes.Length)
            {
                pipe.Write(next.Bytes);
                _waitingBytes -= next.Bytes.Length;
                _waitingFrames -= next.Frames;
            }

            FlushUnderLock();
        }

        if (!_isFlushing)
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
