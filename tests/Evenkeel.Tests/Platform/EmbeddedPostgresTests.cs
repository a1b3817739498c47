using System.Diagnostics;
using Evenkeel.Platform.EmbeddedPostgres;
using Evenkeel.Tests.Harness;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Platform;

/// <summary>Real PostgreSQL processes on real folders.</summary>
public sealed class EmbeddedPostgresTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Makes the socket's path too long, so that the socket gets a temporary folder.</summary>
    private static readonly string LongName = new('x', 120);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_start_gives_a_durable_private_database_whose_roles_have_no_privileges_to_spare()
    {
        await using var server = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = TestFolder.New("first") }, NullLogger.Instance, TimeProvider.System, Cancellation);

        (await QueryAsync(server.ApplicationConnectionString, "SELECT current_user || ' ' || current_database()"))
            .ShouldBe("evenkeel_app evenkeel");
        (await QueryAsync(server.ApplicationConnectionString,
            "SELECT bool_or(rolsuper OR rolbypassrls OR rolcreaterole) FROM pg_roles WHERE rolname IN ('evenkeel_app', 'evenkeel_owner')")).ShouldBe(false);
        (await QueryAsync(server.OwnerConnectionString,
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'evenkeel'")).ShouldBe("evenkeel_owner");
        await Should.ThrowAsync<PostgresException>(() => QueryAsync(server.ApplicationConnectionString, "CREATE TABLE mine (id int)"));
        (await QueryAsync(server.AdministratorConnectionString,
            "SELECT string_agg(setting, ',' ORDER BY name) FROM pg_settings WHERE name IN ('data_checksums', 'fsync', 'full_page_writes', 'synchronous_commit')"))
            .ShouldBe("on,on,on,on");
        if (!OperatingSystem.IsWindows())
            (await QueryAsync(server.AdministratorConnectionString, "SHOW listen_addresses")).ShouldBe("");
    }

    [Fact]
    public async Task Words_of_every_script_are_told_from_punctuation()
    {
        await using var database = await TestDatabase.CreateDatabaseAsync(ct: Cancellation);

        (await QueryAsync(database.ApplicationConnectionString, "SELECT to_tsvector('simple', '“École” — 你好，世界')::text"))
            .ShouldBe("'école':1 '世界':3 '你好':2");
    }

    [Fact]
    public async Task A_restart_keeps_the_data()
    {
        var folder = TestFolder.New("restart");
        await using (var first = await StartAsync(folder))
            await ExecuteAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");

        await using var second = await StartAsync(folder);

        (await QueryAsync(second.OwnerConnectionString, "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task A_killed_postmaster_is_started_again_and_committed_data_is_there()
    {
        var log = new SignalLogger("PostgreSQL is back");
        await using var server = await StartAsync(TestFolder.New("killed " + LongName), log);
        await ExecuteAsync(server, "CREATE TABLE kept AS SELECT 42 AS answer");
        var killed = server.ProcessId;
        var busy = KeepBusyAsync(server);
        while (!Equals(true, await QueryAsync(server.AdministratorConnectionString, "SELECT count(*) > 0 FROM pg_stat_activity WHERE query LIKE '%generate_series%' AND pid <> pg_backend_pid()")))
            Cancellation.ThrowIfCancellationRequested();

        using (var postmaster = Process.GetProcessById(killed))
            postmaster.Kill();
        await log.Seen.WaitAsync(Patience, Cancellation);

        server.ProcessId.ShouldNotBe(killed);
        await Should.ThrowAsync<NpgsqlException>(() => busy);
        (await QueryAsync(server.OwnerConnectionString, "SELECT answer FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task A_postmaster_left_by_a_killed_server_is_stopped_before_the_next_starts()
    {
        var options = Options(TestFolder.New("orphan"));
        StartedCluster orphan;

        // What kill -9 of the server leaves: PostgreSQL running, nobody watching it, the lock released by the system.
        using (DataFolderLock.Acquire(options.DataDirectory))
            orphan = await new StartCluster(options, FindBinaries.Find(null), TimeProvider.System, NullLogger.Instance).StartAsync(Cancellation);
        orphan.Postmaster.Processes.IsAlive(orphan.ProcessId).ShouldBeTrue();

        await using var server = await StartAsync(options.DataDirectory);

        orphan.Postmaster.Processes.IsAlive(orphan.ProcessId).ShouldBeFalse();
        (await QueryAsync(server.ApplicationConnectionString, "SELECT 42")).ShouldBe(42);
    }

    [Fact]
    public async Task A_process_id_that_another_program_has_by_now_does_not_prevent_the_start()
    {
        var folder = TestFolder.New("stale");
        string postmasterFile;
        await using (var first = await StartAsync(folder))
            postmasterFile = Path.Combine(first.ClusterDirectory, "postmaster.pid");
        var socketLock = Path.Combine(folder, "postgresql", "socket", ".s.PGSQL.5432.lock");
        await File.WriteAllTextAsync(postmasterFile, $"{Environment.ProcessId}\n{folder}\n", Cancellation);
        await File.WriteAllTextAsync(socketLock, $"{Environment.ProcessId}\n{folder}\n", Cancellation);

        await using var second = await StartAsync(folder);

        (await QueryAsync(second.ApplicationConnectionString, "SELECT 42")).ShouldBe(42);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_refused_with_the_process_of_the_first()
    {
        var folder = TestFolder.New("shared");
        await using var first = await StartAsync(folder);

        var refusal = await Should.ThrowAsync<EmbeddedPostgresException>(() => StartAsync(folder));

        refusal.Message.ShouldContain($"process {Environment.ProcessId}");
        (await QueryAsync(first.ApplicationConnectionString, "SELECT 42")).ShouldBe(42);
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_gets_a_short_folder_and_nothing_is_left_of_a_stopped_server()
    {
        var server = await StartAsync(TestFolder.New("long " + LongName));
        var socket = new NpgsqlConnectionStringBuilder(server.ApplicationConnectionString).Host!;
        (await QueryAsync(server.ApplicationConnectionString, "SELECT 42")).ShouldBe(42);

        await server.DisposeAsync();

        Directory.Exists(socket).ShouldBeFalse();
        new ClusterProcesses(server.ClusterDirectory).Alive().ShouldBeEmpty();
    }

    internal static EmbeddedPostgresOptions Options(string folder) => new() { DataDirectory = folder, IsDurable = false };

    private static Task<EmbeddedPostgresServer> StartAsync(string folder, ILogger? logger = null) =>
        EmbeddedPostgresServer.StartAsync(Options(folder), logger ?? NullLogger.Instance, TimeProvider.System, Cancellation);

    private static Task ExecuteAsync(EmbeddedPostgresServer server, string sql) => QueryAsync(server.OwnerConnectionString, sql);

    private static async Task<object?> QueryAsync(string connectionString, string sql)
    {
        // Pooled connections would remember a server that these tests stopped.
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    /// <summary>A session deep in a calculation does not notice that its postmaster is gone, and would block the next one.</summary>
    private static Task KeepBusyAsync(EmbeddedPostgresServer server) =>
        QueryAsync(server.OwnerConnectionString + ";Command Timeout=0", "SELECT sum(n) FROM generate_series(1, 1000000000000) n");

    /// <summary>Completes when a message that begins with the given words is logged.</summary>
    private sealed class SignalLogger(string words) : ILogger
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).StartsWith(words, StringComparison.Ordinal))
                _seen.TrySetResult();
        }
    }
}
