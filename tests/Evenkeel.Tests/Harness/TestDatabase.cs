using System.Collections.Concurrent;
using Evenkeel.Platform.EmbeddedPostgres;
using Npgsql;

namespace Evenkeel.Tests.Harness;

/// <summary>
/// A fresh database in the test process's cluster, owned by the owner role like the real one. To migrate once and clone often:
/// <c>await TestDatabase.CreateDatabaseAsync(await TestDatabase.TemplateAsync("migrated", MigrateAsync))</c>.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new(StringComparer.Ordinal);
    private static int _count;

    private TestDatabase(EmbeddedPostgresServer server, string name)
    {
        Name = name;
        OwnerConnectionString = In(name, server.OwnerConnectionString);
        ApplicationConnectionString = In(name, server.ApplicationConnectionString);
        AdministratorConnectionString = In(name, server.AdministratorConnectionString);
    }

    public string Name { get; }

    public string OwnerConnectionString { get; }

    public string ApplicationConnectionString { get; }

    public string AdministratorConnectionString { get; }

    public static async Task<TestDatabase> CreateDatabaseAsync(string? template = null, CancellationToken ct = default)
    {
        var server = await TestCluster.ServerAsync();
        var database = new TestDatabase(server, $"test_{Interlocked.Increment(ref _count)}");
        await using var connection = await OpenAdministratorAsync(server, ct);
        await ProvisionDatabase.CreateDatabaseAsync(connection, database.Name, template ?? "template1", ct);
        return database;
    }

    /// <summary>The name of a database that <paramref name="prepareAsync"/> filled, once per test process and key.</summary>
    public static Task<string> TemplateAsync(string key, Func<TestDatabase, Task> prepareAsync) =>
        Templates.GetOrAdd(key, _ => new Lazy<Task<string>>(() => PrepareTemplateAsync(prepareAsync))).Value;

    /// <summary>Drops the database under whatever is still connected to it.</summary>
    public async ValueTask DisposeAsync()
    {
        await using var connection = await OpenAdministratorAsync(await TestCluster.ServerAsync(), CancellationToken.None);
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
        foreach (var connectionString in new[] { OwnerConnectionString, ApplicationConnectionString, AdministratorConnectionString })
        {
            using var pooled = new NpgsqlConnection(connectionString);
            NpgsqlConnection.ClearPool(pooled);
        }
    }

    private static async Task<string> PrepareTemplateAsync(Func<TestDatabase, Task> prepareAsync)
    {
        var template = await CreateDatabaseAsync();
        await prepareAsync(template);

        // PostgreSQL copies only a database that nobody is connected to.
        await using var connection = await OpenAdministratorAsync(await TestCluster.ServerAsync(), CancellationToken.None);
        await using var close = new NpgsqlCommand(
            $"ALTER DATABASE {template.Name} ALLOW_CONNECTIONS false; SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{template.Name}'",
            connection);
        await close.ExecuteNonQueryAsync();
        return template.Name;
    }

    private static async Task<NpgsqlConnection> OpenAdministratorAsync(EmbeddedPostgresServer server, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(In("postgres", server.AdministratorConnectionString));
        await connection.OpenAsync(ct);
        return connection;
    }

    private static string In(string database, string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ConnectionString;
}
