using Npgsql;

namespace Evenkeel.Platform.Data;

/// <summary>Failures that say nothing about the statement, only that the database or the way to it is away for a moment.</summary>
public static class DatabaseOutage
{
    /// <summary>What a client is asked to wait: a restart takes about a second, recovery a few.</summary>
    public static TimeSpan Wait { get; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the database is away, starting, full, or did not answer in time: the same request can succeed later.</summary>
    public static bool Is(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => true,
        PostgresException refusal => IsAboutTheConnection(refusal.SqlState),
        // Everything else that the driver throws is about the network, the pool or the time.
        NpgsqlException => true,
        _ => false,
    };

    /// <summary>Whether the connection was lost under the statement. It may or may not have been carried out: only what reads may be repeated.</summary>
    public static bool IsLostConnection(NpgsqlException exception) => exception switch
    {
        PostgresException refusal => IsAboutTheConnection(refusal.SqlState),
        _ => exception.InnerException is not TimeoutException,
    };

    /// <summary>
    /// Whether a failure of starting a statement or batch, before its first result, proves that nothing was committed, so that even a write may be
    /// repeated. Two failures do: PostgreSQL's farewell in place of the first result, which follows anything sent before it; and a write that failed,
    /// because the message that commits is the last one written. A connection that only falls silent proves nothing.
    /// </summary>
    internal static bool ProvesThatNothingHappened(NpgsqlException exception) => exception switch
    {
        PostgresException refusal => refusal.InvariantSeverity is "FATAL" or "PANIC" && refusal.SqlState
            is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or IdleSessionTimeout,
        // The driver has no other way to say which half of the exchange failed.
        _ => exception.Message.StartsWith("Exception while writing to stream", StringComparison.Ordinal),
    };

    private const string IdleSessionTimeout = "57P05";

    private static bool IsAboutTheConnection(string sqlState) =>
        sqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or IdleSessionTimeout
        || sqlState.StartsWith("08", StringComparison.Ordinal);
}
