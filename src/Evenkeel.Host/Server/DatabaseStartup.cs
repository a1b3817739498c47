using Evenkeel.Platform.Data;
using Evenkeel.Platform.EmbeddedPostgres;

namespace Evenkeel.Host.Server;

/// <summary>The database in use: started if embedded, and migrated, before anything else begins.</summary>
internal sealed partial class DatabaseStartup : IAsyncDisposable
{
    private readonly EmbeddedPostgresServer? _embedded;

    private DatabaseStartup(DatabaseConnection connection, EmbeddedPostgresServer? embedded, IReadOnlyList<string> applied) =>
        (Connection, _embedded, Applied) = (connection, embedded, applied);

    /// <summary>How the application connects.</summary>
    public DatabaseConnection Connection { get; }

    /// <summary>Migrations applied by this start.</summary>
    public IReadOnlyList<string> Applied { get; }

    /// <summary>The embedded server's superuser, for the health report of operators; null with an external server.</summary>
    public EmbeddedPostgresServer? Embedded => _embedded;

    /// <summary>Starts or reaches the database and brings it to the newest state.</summary>
    /// <exception cref="MigrationException">Program and database do not fit.</exception>
    /// <exception cref="EmbeddedPostgresException">The embedded server cannot start; the message says what to do.</exception>
    public static async Task<DatabaseStartup> RunAsync(IConfiguration configuration, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger("Evenkeel.Database");
        var options = configuration.GetSection("Database").Get<DatabaseOptions>() ?? new DatabaseOptions();
        var external = configuration.GetConnectionString("Evenkeel");
        if (!string.IsNullOrWhiteSpace(external))
        {
            var connection = await ExternalPostgres.ConnectAsync(external, options.PgBouncer, cancellationToken);
            Log.PoolDetected(logger, connection.Pooler!.Mode, connection.Pooler.Source, connection.Pooler.Evidence);
            if (!options.Migrate)
            {
                return new DatabaseStartup(connection, null, []);
            }

            var appliedThere = await new Migrator(external, ExternalPostgres.ApplicationRole, logger).RunAsync(
                Modules.Migrations, connection.AssumeRole is not null, cancellationToken);
            return new DatabaseStartup(connection, null, appliedThere);
        }

        var embedded = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresOptions
            {
                DataDirectory = DataDirectory.Of(configuration),
                Binaries = options.EmbeddedBinaries.Length == 0 ? null : options.EmbeddedBinaries,
            },
            logger,
            TimeProvider.System,
            cancellationToken);
        try
        {
            var applied = await new Migrator(embedded.OwnerConnectionString, ExternalPostgres.ApplicationRole, logger).RunAsync(
                Modules.Migrations, true, cancellationToken);
            return new DatabaseStartup(new DatabaseConnection(embedded.ApplicationConnectionString, null, false), embedded, applied);
        }
        catch
        {
            await embedded.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same for a verb that works beside the server: where that holds the data folder, its database is used as it is.</summary>
    /// <exception cref="MigrationException">Program and database do not fit.</exception>
    /// <exception cref="EmbeddedPostgresException">There is no database to reach; the message says what to do.</exception>
    public static async Task<DatabaseStartup> ReachAsync(IConfiguration configuration, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(configuration, loggers, cancellationToken);
        }
        catch (DataFolderInUseException)
        {
            // A server that is only just starting has no database yet: then the folder is in use, as the exception says.
            if (RunningCluster.Find(DataDirectory.Of(configuration)) is not { } running)
            {
                throw;
            }

            return new DatabaseStartup(new DatabaseConnection(running, null, false), null, []);
        }
    }

    /// <summary>Stops the embedded server, if this started it.</summary>
    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information, EventName = "db_pool_detected",
            Message = "db_pool_detected: {Mode} pooling before PostgreSQL, decided by {Source}: {Evidence}")]
        public static partial void PoolDetected(ILogger logger, string mode, string source, string evidence);
    }
}

/// <summary>The data folder.</summary>
internal static class DataDirectory
{
    /// <summary>Absolute path of <c>Data:Directory</c>, by default <c>./data</c>.</summary>
    public static string Of(IConfiguration configuration) => Path.GetFullPath(configuration["Data:Directory"] is { Length: > 0 } path ? path : "data");
}
