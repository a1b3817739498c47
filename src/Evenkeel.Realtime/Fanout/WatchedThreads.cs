using System.Collections.Concurrent;

namespace Evenkeel.Realtime.Fanout;

/// <summary>
/// The threads of which somebody is connected here. Whoever listens to other processes learns of changes from here, and whoever looks into the
/// database of the threads to look at.
/// </summary>
internal sealed class WatchedThreads(FanoutOutbox outbox)
{
    private readonly ConcurrentDictionary<Guid, bool> _threads = new();
    private readonly ConcurrentQueue<Guid> _changed = new();
    private readonly ConcurrentQueue<Guid> _toLookAt = new();
    private Action _onChanged = () => { };
    private Action _onLook = () => { };

    public IReadOnlyCollection<Guid> All => [.. _threads.Keys];

    public int Count => _threads.Count;

    public bool Contains(Guid threadId) => _threads.ContainsKey(threadId);

    /// <summary>The first connection came. With a broker the look follows once its frames reach us: so nothing falls between the two.</summary>
    public void Add(Guid threadId)
    {
        _threads[threadId] = true;
        if (outbox.IsOpen)
        {
            Change(threadId);
        }
        else
        {
            LookAt(threadId);
        }
    }

    /// <summary>The last connection left.</summary>
    public void Remove(Guid threadId)
    {
        _threads.TryRemove(threadId, out _);
        if (outbox.IsOpen)
        {
            Change(threadId);
        }
    }

    /// <summary>Has the database looked at for the thread as soon as may be.</summary>
    public void LookAt(Guid threadId)
    {
        _toLookAt.Enqueue(threadId);
        _onLook();
    }

    /// <summary>Has the database looked at for all of them.</summary>
    public void LookAtAll()
    {
        // At most one round waits: a broker that comes and goes must not pile them up.
        if (_toLookAt.Count <= _threads.Count)
        {
            foreach (var threadId in _threads.Keys)
            {
                _toLookAt.Enqueue(threadId);
            }
        }

        _onLook();
    }

    public bool TryTakeChanged(out Guid threadId) => _changed.TryDequeue(out threadId);

    public bool TryTakeToLookAt(out Guid threadId) => _toLookAt.TryDequeue(out threadId);

    public bool HasToLookAt => !_toLookAt.IsEmpty;

    /// <summary>Forgets changes: whoever connects begins with all threads.</summary>
    public void ForgetChanges() => _changed.Clear();

    /// <summary>Whom to wake.</summary>
    public void OnChanged(Action wake) => _onChanged = wake;

    /// <inheritdoc cref="OnChanged"/>
    public void OnLook(Action wake) => _onLook = wake;

    /// <summary>Has whoever listens look at the thread again.</summary>
    public void Change(Guid threadId)
    {
        _changed.Enqueue(threadId);
        _onChanged();
    }
}
