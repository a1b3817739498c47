using System.Collections.Concurrent;
using Evenkeel.Accounts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Evenkeel.Realtime.Connections;

/// <summary>All open connections of this process: limits, heartbeat, and the good-bye when the server stops.</summary>
internal sealed class ConnectionRegistry : IDisposable
{
    private readonly ConcurrentDictionary<Guid, Connection> _connections = new();
    private readonly Dictionary<Guid, int> _byUser = [];
    private readonly RealtimeOptions _limits;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly CancellationTokenRegistration _stopping;
    private int _count;

    public ConnectionRegistry(IOptions<RealtimeOptions> options, Heartbeat heartbeat, IHostApplicationLifetime lifetime)
    {
        _limits = options.Value;
        _lifetime = lifetime;
        heartbeat.Watch(() => _connections.Select(pair => pair.Value));
        _stopping = lifetime.ApplicationStopping.Register(CloseAll);
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Those that API keys have opened.</summary>
    public IReadOnlyList<Connection> OfKeys() => [.. _connections.Values.Where(connection => connection.Caller is { Role: MemberRole.Key } && connection.Closing is null)];

    /// <summary>Adds a connection; says why it cannot stay.</summary>
    public CloseReason? Add(Connection connection)
    {
        _connections[connection.Id] = connection;
        var count = Interlocked.Increment(ref _count);
        if (_lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return CloseReason.GoingAway;
        }

        return count > _limits.MaxConnections ? CloseReason.Overloaded : null;
    }

    public void Remove(Connection connection)
    {
        if (_connections.TryRemove(connection.Id, out _))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Counts a connection for its user; false when there are too many.</summary>
    public bool TrySignIn(Guid userId)
    {
        lock (_byUser)
        {
            var count = _byUser.GetValueOrDefault(userId);
            if (count >= _limits.MaxConnectionsPerUser)
            {
                return false;
            }

            _byUser[userId] = count + 1;
            return true;
        }
    }

    public void SignOut(Guid userId)
    {
        lock (_byUser)
        {
            if (_byUser.GetValueOrDefault(userId) is var count && count > 1)
            {
                _byUser[userId] = count - 1;
            }
            else
            {
                _byUser.Remove(userId);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private void CloseAll()
    {
        foreach (var (_, connection) in _connections)
        {
            connection.Close(CloseReason.GoingAway);
        }
    }
}
