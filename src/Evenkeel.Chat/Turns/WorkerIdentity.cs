using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Evenkeel.Chat.Turns;

/// <summary>
/// Who this worker is. It holds an advisory lock in a database session of its own: when the process or its connection is gone, the lock is
/// free, and others know at once without waiting for the lease.
/// </summary>
internal sealed partial class WorkerIdentity(Database database, IdSource ids, ILogger<WorkerIdentity> logger) : IAsyncDisposable
{
    private NpgsqlConnection? _session;

    /// <summary>New for each session: a lost session means that its turns may be somebody else's now.</summary>
    public Guid Id { get; private set; }

    /// <summary>Registers the worker, or renews its registration after the session was lost.</summary>
    /// <returns>The previous id when it was lost: its turns must stop here.</returns>
    public async Task<Guid?> EnsureRegisteredAsync(CancellationToken cancellationToken)
    {
        if (Id != Guid.Empty && await IsSessionAliveAsync(cancellationToken))
        {
            return null;
        }

        var lost = Id == Guid.Empty ? (Guid?)null : Id;
        await CloseSessionAsync();
        var id = ids.Next();
        long? sessionLock = null;
        if (!database.Connection.PooledTransactions)
        {
            sessionLock = BitConverter.ToInt64(id.ToByteArray(), 8);
            _session = await database.OpenSessionAsync(cancellationToken);
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", _session) { Parameters = { new() { Value = sessionLock } } };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        try
        {
            await database.ExecuteAsync(
                DataScope.System,
                "INSERT INTO workers (id, session_lock, started_at, seen_at) VALUES (@id, @sessionLock, now(), now())",
                new { id, sessionLock },
                cancellationToken);
        }
        catch
        {
            // A live session would make the next look believe that the old id still stands.
            await CloseSessionAsync();
            throw;
        }

        Id = id;
        Log.Registered(logger, id, sessionLock is not null);
        return lost;
    }

    /// <summary>Gives the registration up: whatever still names this worker is free at once.</summary>
    public async Task RetireAsync(CancellationToken cancellationToken)
    {
        if (Id != Guid.Empty)
        {
            await database.ExecuteAsync(DataScope.System, "DELETE FROM workers WHERE id = @Id", new { Id }, cancellationToken);
        }

        await CloseSessionAsync();
    }

    public async ValueTask DisposeAsync() => await CloseSessionAsync();

    private async Task<bool> IsSessionAliveAsync(CancellationToken cancellationToken)
    {
        if (database.Connection.PooledTransactions)
        {
            return true;
        }

        try
        {
            await using var command = new NpgsqlCommand("SELECT 1", _session);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            Log.SessionLost(logger, Id);
            return false;
        }
    }

    private async Task CloseSessionAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Worker {WorkerId} is registered (session lock: {HasSessionLock})")]
        public static partial void Registered(ILogger logger, Guid workerId, bool hasSessionLock);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {WorkerId} lost its database session; its turns may be taken over")]
        public static partial void SessionLost(ILogger logger, Guid workerId);
    }
}
