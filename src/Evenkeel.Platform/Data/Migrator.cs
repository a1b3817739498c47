using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Evenkeel.Platform.Data;

/// <summary>The database and the program do not fit; the message tells the operator what to do.</summary>
public sealed class MigrationException(string message) : Exception(message);

/// <summary>
/// Applies migrations as the owner of the tables: all pending ones in one transaction under an advisory lock of that transaction, so that several
/// servers may start at once, through a transaction-mode pooler too, and a failure leaves nothing half done. What was applied is remembered with its checksum.
/// </summary>
public sealed partial class Migrator(string ownerConnectionString, string applicationRole, ILogger logger)
{
    // Any number will do as long as every version of the program uses the same.
    private const long AdvisoryLock = 0x4576656e6b65656c;

    /// <summary>Brings the database to the newest state.</summary>
    /// <param name="migrations">All the program knows, in order.</param>
    /// <param name="grantToApplicationRole">The application runs under another role than the owner's and is given its rights here.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The names applied now.</returns>
    /// <exception cref="MigrationException">An applied file was changed or is missing, or a migration failed.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(
        IReadOnlyList<Migration> migrations, bool grantToApplicationRole, CancellationToken cancellationToken)
    {
        // A lock waited for, or a table filled, may take its time. Outside the driver's pool, which would clean the session at the next use.
        var settings = new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false, CommandTimeout = 0 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(@AdvisoryLock)", new { AdvisoryLock }, transaction);
        await connection.ExecuteAsync(
            """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                module text NOT NULL, file_name text NOT NULL, checksum text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (module, file_name))
            """,
            transaction: transaction);

        var applied = await connection.QueryAsync<AppliedMigration>("SELECT module AS \"Module\", file_name AS \"FileName\", checksum AS \"Checksum\" FROM schema_migrations", transaction: transaction);
        var pending = Pending(migrations, [.. applied]);
        foreach (var migration in pending)
        {
            await ApplyAsync(connection, transaction, migration);
            Log.Applied(logger, migration.Name);
        }

        if (grantToApplicationRole)
        {
            await GrantAsync(connection, transaction);
        }

        await transaction.CommitAsync(cancellationToken);
        return [.. pending.Select(migration => migration.Name)];
    }

    /// <summary>What still has to be applied; refuses a history that does not fit the program.</summary>
    internal static IReadOnlyList<Migration> Pending(IReadOnlyList<Migration> known, IReadOnlyList<AppliedMigration> applied)
    {
        foreach (var row in applied)
        {
            var file = known.FirstOrDefault(migration => migration.Module == row.Module && migration.FileName == row.FileName)
                ?? throw new MigrationException(
                    $"The database was migrated with {row.Module}/{row.FileName}, which this program does not have. Start the newer program that made it, or restore a backup.");
            if (file.Checksum != row.Checksum)
            {
                throw new MigrationException(
                    $"Migration {file.Name} was changed after it was applied. Restore the file as it was and put the change into a new migration.");
            }
        }

        return [.. known.Where(migration => !applied.Any(row => row.Module == migration.Module && row.FileName == migration.FileName))];
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Migration migration)
    {
        try
        {
            await connection.ExecuteAsync(migration.Text, transaction: transaction);
            await connection.ExecuteAsync(
                "INSERT INTO schema_migrations (module, file_name, checksum) VALUES (@Module, @FileName, @Checksum)", migration, transaction);
        }
        catch (PostgresException exception)
        {
            throw new MigrationException($"Migration {migration.Name} failed: {exception.MessageText} Nothing was changed.");
        }
    }

    /// <summary>
    /// The application may use tables and sequences, and nothing else: no DDL, no view of the migration history. A partition it may write to by its own
    /// name, and reads through the table it belongs to, whose policy then holds.
    /// </summary>
    private async Task GrantAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        var role = new NpgsqlCommandBuilder().QuoteIdentifier(applicationRole);
        await connection.ExecuteAsync(
            $"""
            GRANT USAGE ON SCHEMA public TO {role};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};
            REVOKE ALL ON schema_migrations FROM {role};
            """,
            transaction: transaction);
        var partitions = await connection.ExecuteScalarAsync<string?>(
            "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class WHERE relispartition AND relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace",
            transaction: transaction);
        if (partitions is not null)
        {
            await connection.ExecuteAsync($"REVOKE SELECT, UPDATE, DELETE ON {partitions} FROM {role}", transaction: transaction);
        }
    }

    internal sealed record AppliedMigration
    {
        public required string Module { get; init; }
        public required string FileName { get; init; }
        public required string Checksum { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Applied migration {Migration}")]
        public static partial void Applied(ILogger logger, string migration);
    }
}
