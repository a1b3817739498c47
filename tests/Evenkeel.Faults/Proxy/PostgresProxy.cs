using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Evenkeel.Faults.Proxy;

/// <summary>
/// Stands between one process and PostgreSQL, understands enough of what they say to know each call's SQL, and does to a chosen call what a
/// rule says. Give each process a proxy of its own: then calls are known to be that process's.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private const int RememberedCalls = 400;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<ProxiedConnection, bool> _connections = new();
    private readonly ConcurrentQueue<Call> _recent = new();
    private readonly string _clientName;
    private readonly UnixDomainSocketEndPoint _server;
    private readonly NpgsqlConnectionStringBuilder _connectionString;
    private readonly Task _accepting;
    private volatile Rule[] _rules = [];
    private long _calls;

    /// <param name="client">The name of the process that it is for.</param>
    /// <param name="connectionString">Of a PostgreSQL behind a unix socket.</param>
    public PostgresProxy(string client, string connectionString)
    {
        _clientName = client;
        _connectionString = new NpgsqlConnectionStringBuilder(connectionString);
        _server = new UnixDomainSocketEndPoint($"{_connectionString.Host}/.s.PGSQL.{_connectionString.Port}");
        _listener.Start();
        (_connectionString.Host, _connectionString.Port) = ("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        (_connectionString.SslMode, _connectionString.GssEncryptionMode) = (SslMode.Disable, GssEncryptionMode.Disable);
        _accepting = AcceptAsync();
    }

    /// <summary>The same login, through the proxy.</summary>
    public string ConnectionString => _connectionString.ConnectionString;

    /// <summary>Calls so far.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>The newest calls, oldest first: what led to a violation.</summary>
    public IReadOnlyList<Call> Recent => [.. _recent];

    /// <summary>Lets <paramref name="rule"/> wait for its call.</summary>
    public Rule Arm(Rule rule)
    {
        _rules = [.. _rules, rule];
        return rule;
    }

    /// <summary>Forgets all rules; an intervention under way goes on.</summary>
    public void Disarm() => _rules = [];

    /// <summary>Cuts every connection there is.</summary>
    public void CutAll()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Cut();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        CutAll();
        await _accepting;
        _stopping.Dispose();
    }

    internal Call Number(IReadOnlyList<string> statements)
    {
        var call = new Call(_clientName, Interlocked.Increment(ref _calls), statements);
        _recent.Enqueue(call);
        if (_recent.Count > RememberedCalls)
        {
            _recent.TryDequeue(out _);
        }

        return call;
    }

    internal Rule? RuleFor(Call call) => Array.Find(_rules, rule => rule.Takes(call));

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                client.NoDelay = true;
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Stopping, or a client that left at once.
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await server.ConnectAsync(_server, _stopping.Token);
            await using var connection = new ProxiedConnection(this, client, server);
            _connections[connection] = true;
            try
            {
                await connection.RunAsync(_stopping.Token);
            }
            finally
            {
                _connections.TryRemove(connection, out _);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side left, or PostgreSQL is not there: the other side is closed with it.
        }
        finally
        {
            client.Dispose();
        }
    }
}
