using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Evenkeel.Knowledge.Fetching;

/// <summary>Spaces the requests of this process to each host, whichever sources they are for.</summary>
internal sealed class HostPace(IOptions<KnowledgeFetchingOptions> options, TimeProvider time)
{
    private const int MostHosts = 10_000;

    private readonly ConcurrentDictionary<string, Turns> _hosts = new(StringComparer.Ordinal);

    /// <summary>Waits for this request's turn.</summary>
    /// <param name="address">What is requested.</param>
    /// <param name="least">A longer pause that the host asks for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitAsync(Uri address, TimeSpan? least, CancellationToken cancellationToken)
    {
        if (_hosts.Count >= MostHosts)
        {
            ForgetIdle();
        }

        var pace = least > options.Value.Pace ? least.Value : options.Value.Pace;
        var wait = Of(address).Take(time.GetUtcNow(), pace);
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>The host wants to be left alone for a while.</summary>
    public void Postpone(Uri address, TimeSpan pause) => Of(address).NotBefore(time.GetUtcNow() + pause);

    private Turns Of(Uri address) => _hosts.GetOrAdd(address.Authority, _ => new Turns());

    private void ForgetIdle()
    {
        var now = time.GetUtcNow();
        foreach (var (host, turns) in _hosts)
        {
            if (turns.IsIdle(now))
            {
                _hosts.TryRemove(host, out _);
            }
        }
    }

    private sealed class Turns
    {
        private readonly Lock _lock = new();
        private DateTimeOffset _next;

        public TimeSpan Take(DateTimeOffset now, TimeSpan pace)
        {
            lock (_lock)
            {
                var turn = _next > now ? _next : now;
                _next = turn + pace;
                return turn - now;
            }
        }

        public void NotBefore(DateTimeOffset moment)
        {
            lock (_lock)
            {
                _next = _next > moment ? _next : moment;
            }
        }

        public bool IsIdle(DateTimeOffset now)
        {
            lock (_lock)
            {
                return _next <= now;
            }
        }
    }
}
