using Dapper;
using Npgsql;

namespace Evenkeel.Platform.Data;

/// <summary>An existing PostgreSQL, reached by the operator's connection string.</summary>
public static class ExternalPostgres
{
    /// <summary>The role whose rights the application uses where its login could bypass row-level security.</summary>
    public const string ApplicationRole = "evenkeel_app";

    /// <summary>The oldest server version supported.</summary>
    public const int OldestVersion = 15;

    /// <summary>
    /// Decides how the application stays inside row-level security: an ordinary owner is held by FORCE ROW LEVEL SECURITY; a login that could
    /// bypass it (a superuser) assumes <see cref="ApplicationRole"/>, made here if it does not exist.
    /// </summary>
    /// <param name="connectionString">The operator's setting.</param>
    /// <param name="pgBouncer"><c>Database:PgBouncer</c>: <c>auto</c>, <c>on</c> or <c>off</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="MigrationException">The server is too old.</exception>
    public static async Task<DatabaseConnection> ConnectAsync(string connectionString, string pgBouncer, CancellationToken cancellationToken)
    {
        var pooler = await DetectPooler.RunAsync(connectionString, pgBouncer, cancellationToken);
        // Outside the driver's pool, which would clean the session at the next use: behind a pooler that may be another's.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            throw new MigrationException($"PostgreSQL {connection.PostgreSqlVersion} is too old: Evenkeel needs {OldestVersion} or newer.");
        }

        var mayBypass = await connection.ExecuteScalarAsync<bool>("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user");
        if (!mayBypass)
        {
            return new DatabaseConnection(connectionString, null, pooler.PoolsTransactions) { Pooler = pooler };
        }

        await connection.ExecuteAsync(
            $"""
            DO $$ BEGIN
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ApplicationRole}') THEN
                    CREATE ROLE {ApplicationRole} NOLOGIN NOSUPERUSER NOBYPASSRLS;
                END IF;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another server was first
            END $$
            """);
        return new DatabaseConnection(connectionString, ApplicationRole, pooler.PoolsTransactions) { Pooler = pooler };
    }
}
