using System.Diagnostics;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Chat;
using Evenkeel.Tests.Harness;
using Npgsql;
using Shouldly;
using Xunit;

namespace Evenkeel.Tests.Tenancy;

/// <summary>The oldest PostgreSQL supported, as the distribution ships it, reached by the operator's connection string.</summary>
public sealed class ExternalPostgresTests
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_works_on_it_as_an_ordinary_owner_and_as_a_superuser()
    {
        Assert.SkipUnless(Directory.Exists(Binaries), $"{Binaries} is not installed");
        await using var cluster = await Cluster.StartAsync();
        await cluster.ExecuteAsync("CREATE ROLE keeper LOGIN; ");
        await cluster.ExecuteAsync("CREATE DATABASE owned OWNER keeper");
        await cluster.ExecuteAsync("CREATE DATABASE administered");

        await VerifyAsync(cluster.ConnectionString("owned", "keeper"));
        await VerifyAsync(cluster.ConnectionString("administered", "postgres"));
    }

    private static async Task VerifyAsync(string connectionString)
    {
        await using var server = await TestServer.StartAsync(new() { ["ConnectionStrings:Evenkeel"] = connectionString, ["Database:Migrate"] = "true" });
        var account = await server.RegisterAsync();
        var stranger = await server.RegisterAsync();

        var sent = await account.SendAsync("How do I resume a stream after a disconnect?");

        (await account.AnswerAsync(sent)).Meta!.Citations.ShouldNotBeNull();
        (await stranger.Http.GetAsync($"/api/v1/threads/{sent.ThreadId}/messages", Stop)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        // Held by the database, not by our queries: no scope, no rows, whoever logs in.
        var database = (Database)server.Services.GetService(typeof(Database))!;
        (await database.QueryFirstOrDefaultAsync<int>(
            DataScope.Organization(stranger.SignedIn.Organization.Id), "SELECT count(*)::int FROM messages", null, Stop)).ShouldBe(0);
        (await database.QueryFirstOrDefaultAsync<bool>(
            DataScope.System, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user", null, Stop)).ShouldBeFalse();
    }

    /// <summary>A cluster in a folder of the tests, on a unix socket only; as the account postgres, because PostgreSQL refuses root.</summary>
    private sealed class Cluster(string folder) : IAsyncDisposable
    {
        public static async Task<Cluster> StartAsync()
        {
            var folder = TestFolder.New("debian");
            TestFolder.Create(folder);
            if (Environment.IsPrivilegedProcess)
            {
                await RunAsync("chown", "postgres", folder);
            }

            await RunAsPostgresAsync("initdb", "-D", $"{folder}/cluster", "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
            await RunAsPostgresAsync(
                "pg_ctl", "-D", $"{folder}/cluster", "-w", "-l", $"{folder}/log", "-o", $"-k {folder} -c listen_addresses= -c fsync=off", "start");
            return new Cluster(folder);
        }

        public string ConnectionString(string database, string user) =>
            new NpgsqlConnectionStringBuilder { Host = folder, Database = database, Username = user }.ConnectionString;

        public async Task ExecuteAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres", "postgres"));
            await connection.OpenAsync(Stop);
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Stop);
        }

        public async ValueTask DisposeAsync()
        {
            await RunAsPostgresAsync("pg_ctl", "-D", $"{folder}/cluster", "-w", "-m", "immediate", "stop");
        }

        private static Task RunAsPostgresAsync(string program, params string[] arguments) =>
            Environment.IsPrivilegedProcess
                ? RunAsync("runuser", ["-u", "postgres", "--", $"{Binaries}/{program}", .. arguments])
                : RunAsync($"{Binaries}/{program}", arguments);

        private static async Task RunAsync(string program, params string[] arguments)
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = "/", UseShellExecute = false, RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync(CancellationToken.None);
            process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}");
        }
    }
}
