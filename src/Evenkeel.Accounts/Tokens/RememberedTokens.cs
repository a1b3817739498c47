using System.Collections.Concurrent;

namespace Evenkeel.Accounts.Tokens;

/// <summary>
/// Callers by the text of tokens whose signature was verified. Bounded by two generations: when the young one is full it becomes the
/// old one, and what nobody asked for in the meantime is gone.
/// </summary>
internal sealed class RememberedTokens(int perGeneration)
{
    private readonly Lock _turning = new();
    private volatile ConcurrentDictionary<string, Caller> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, Caller> _old = new(StringComparer.Ordinal);
    private int _youngCount;

    public Caller? Find(string token)
    {
        if (_young.TryGetValue(token, out var caller))
        {
            return caller;
        }

        if (_old.TryGetValue(token, out caller))
        {
            Add(token, caller);
        }

        return caller;
    }

    public void Add(string token, Caller caller)
    {
        // Counted apart, because ConcurrentDictionary.Count takes all its locks.
        if (!_young.TryAdd(token, caller) || Interlocked.Increment(ref _youngCount) < perGeneration)
        {
            return;
        }

        lock (_turning)
        {
            if (Volatile.Read(ref _youngCount) >= perGeneration)
            {
                _old = _young;
                _young = new(StringComparer.Ordinal);
                Volatile.Write(ref _youngCount, 0);
            }
        }
    }
}
