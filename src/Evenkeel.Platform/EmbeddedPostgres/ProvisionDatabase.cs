using Npgsql;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>
/// Makes the database and its two roles: the owner migrates, the application role owns nothing, so row-level security binds it.
/// Every step looks first, so an interrupted first start is completed by the next.
/// </summary>
internal static class ProvisionDatabase
{
    public const string Database = "evenkeel";
    public const string Owner = "evenkeel_owner";
    public const string Application = "evenkeel_app";

    public static string ConnectionString(ClusterEndpoint endpoint, string role, string password, string database = Database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = endpoint.Host,
            Port = endpoint.Port,
            Username = role,
            Password = password,
            Database = database,
            // The socket is private to this machine and account; encryption would be paid for on every byte.
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    public static async Task EnsureAsync(ClusterEndpoint endpoint, DatabaseRecord record, CancellationToken ct)
    {
        var administrator = new NpgsqlConnectionStringBuilder(
            ConnectionString(endpoint, PrepareCluster.Administrator, record.AdministratorPassword, "postgres")) { Pooling = false };
        await using var connection = new NpgsqlConnection(administrator.ConnectionString);
        await connection.OpenAsync(ct);

        var existing = await ExistingAsync(connection, ct);
        if (!existing.Contains(Owner))
            await ExecuteAsync(connection, $"CREATE ROLE {Owner} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD '{record.OwnerPassword}'", ct);
        if (!existing.Contains(Application))
            await ExecuteAsync(connection, $"CREATE ROLE {Application} LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE PASSWORD '{record.ApplicationPassword}'", ct);
        if (!existing.Contains(Database))
            await CreateDatabaseAsync(connection, Database, template: "template1", ct);
    }

    /// <summary>A database that the owner role owns, which the application role may enter and nobody else.</summary>
    public static async Task CreateDatabaseAsync(NpgsqlConnection administrator, string database, string template, CancellationToken ct)
    {
        // Files are copied in half the time of pages that go through the log; the checkpoint that it takes is short in a cluster of one's own.
        await ExecuteAsync(administrator, $"CREATE DATABASE {database} OWNER {Owner} TEMPLATE {template} STRATEGY FILE_COPY", ct);
        await ExecuteAsync(administrator, $"REVOKE ALL ON DATABASE {database} FROM PUBLIC; GRANT CONNECT ON DATABASE {database} TO {Application}", ct);
    }

    private static async Task<HashSet<string>> ExistingAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT rolname FROM pg_roles UNION ALL SELECT datname FROM pg_database", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
