namespace Evenkeel.Accounts.SignIn;

/// <summary>
/// Counts attempts by key in windows that begin with the first attempt. Own code instead of System.Threading.RateLimiting, because
/// an attempt that succeeded must be given back and because time is the injected clock. Counts are this node's.
/// </summary>
internal sealed class AttemptLimiter(TimeProvider time, int most, TimeSpan window)
{
    /// <summary>About 20 MB at worst; then the longest-standing key is forgotten.</summary>
    private const int MostKeys = 100_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Window> _windows = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, Window Window)> _oldestFirst = new();

    /// <summary>Counts an attempt before it is made, so that simultaneous ones count too.</summary>
    /// <returns>Null when allowed; otherwise how long to wait.</returns>
    public TimeSpan? TryTake(string key)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            Forget(now);
            if (!_windows.TryGetValue(key, out var current))
            {
                current = new Window(now + window);
                _windows.Add(key, current);
                _oldestFirst.Enqueue((key, current));
            }

            if (current.Attempts >= most)
            {
                return current.EndsAt - now;
            }

            current.Attempts++;
            return null;
        }
    }

    /// <summary>The attempt was none after all.</summary>
    public void GiveBack(string key)
    {
        lock (_lock)
        {
            if (_windows.TryGetValue(key, out var current) && current.Attempts > 0)
            {
                current.Attempts--;
            }
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (_oldestFirst.TryPeek(out var oldest) && (oldest.Window.EndsAt <= now || _oldestFirst.Count >= MostKeys))
        {
            _oldestFirst.Dequeue();
            _windows.Remove(oldest.Key);
        }
    }

    private sealed class Window(DateTimeOffset endsAt)
    {
        public DateTimeOffset EndsAt { get; } = endsAt;

        public int Attempts { get; set; }
    }
}
