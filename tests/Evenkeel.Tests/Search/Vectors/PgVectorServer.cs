using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Evenkeel.Host.Server;
using Evenkeel.Platform.Data;
using Evenkeel.Tests.Architecture;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace Evenkeel.Tests.Search.Vectors;

/// <summary>
/// PostgreSQL with pgvector, migrated: the npm build of <c>tests/pgvector</c>, in memory, with one database. All its connections share one session, as behind a
/// pooler of transactions; the login is a superuser, so that the application's role is assumed.
/// </summary>
public sealed class PgVectorServer : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "pgvector");
    private static readonly string Program = Path.Combine(Folder, "node_modules", "@electric-sql", "pglite-socket", "dist", "scripts", "server.js");

    private Process? _process;
    private string _connectionString = "";

    public static bool IsInstalled => File.Exists(Program);

    public Database Open() => new(new DatabaseConnection(_connectionString, ExternalPostgres.ApplicationRole, PooledTransactions: true));

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled)
        {
            return;
        }

        var port = FreePort();
        _process = Process.Start(new ProcessStartInfo("node", [Program, "-m", "8", "-p", $"{port}", "-e", "@electric-sql/pglite-pgvector:vector"])
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        var output = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("listening", StringComparison.Ordinal))
        {
            output.Add(line);
        }

        if (_process.HasExited)
        {
            throw new InvalidOperationException(string.Join('\n', output) + await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        _process.BeginErrorReadLine();
        _connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = port, Username = "postgres", Password = "postgres", Database = "postgres", SslMode = SslMode.Disable,
            MaxPoolSize = 6, NoResetOnClose = true,
        }.ConnectionString;
        await ExternalPostgres.ConnectAsync(_connectionString, "on", TestContext.Current.CancellationToken);
        await new Migrator(_connectionString, ExternalPostgres.ApplicationRole, NullLogger.Instance)
            .RunAsync(Modules.Migrations, grantToApplicationRole: true, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
