using Evenkeel.Platform.Background;
using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Evenkeel.Platform.Data;

/// <summary>
/// Keeps one connection that does nothing but notice its end. When PostgreSQL or the pooler goes away, the connections waiting in the pool are as dead as
/// this one: they are dropped in that moment, before a request takes one of them.
/// </summary>
public sealed partial class WatchConnections(Database database, TimeProvider time, ILogger<WatchConnections> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromMilliseconds(500))
{
    // A host that vanished says nothing: a silent connection is asked now and then.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);
    private const int AnswerSeconds = 5;

    private bool _isLost;

    /// <inheritdoc/>
    protected internal override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenUnpooledAsync(cancellationToken);
            await using var ask = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = AnswerSeconds };
            if (_isLost)
            {
                _isLost = false;
                Log.Back(logger);
            }

            while (true)
            {
                await connection.WaitAsync(Silence, cancellationToken);
                await ask.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        catch (NpgsqlException exception)
        {
            database.DropIdleConnections();
            if (!_isLost)
            {
                _isLost = true;
                Log.Lost(logger, Redaction.Reason(exception));
            }

            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "db_connection_lost", Message = "The database went away ({Reason}); idle connections were dropped")]
        public static partial void Lost(ILogger logger, SafeText reason);

        [LoggerMessage(Level = LogLevel.Information, EventName = "db_connection_back", Message = "The database is back")]
        public static partial void Back(ILogger logger);
    }
}
