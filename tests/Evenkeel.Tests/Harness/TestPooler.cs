using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Evenkeel.Platform.EmbeddedPostgres;
using Npgsql;

namespace Evenkeel.Tests.Harness;

/// <summary>
/// A real PgBouncer before the test process's PostgreSQL, on a unix socket of its own, as the account that owns the cluster: PgBouncer refuses root, and
/// nobody else may enter the cluster's socket folder.
/// </summary>
public sealed class TestPooler : IAsyncDisposable
{
    /// <summary>Where Debian puts it.</summary>
    public const string Program = "/usr/sbin/pgbouncer";

    private const int Port = 6432;
    private static readonly Lazy<Task<TestPooler>> Shared = new(() => StartAsync());

    private readonly string _folder;
    private readonly string? _account;
    private Process? _process;

    private TestPooler(string folder, string? account) => (_folder, _account) = (folder, account);

    /// <summary>
    /// Whether this run of the tests goes through PgBouncer (<c>EVENKEEL_TEST_POOLER=1</c>): every <see cref="TestServer"/> then connects through the
    /// shared pooler in transaction mode, and has to find that out by itself.
    /// </summary>
    public static bool IsForced => Environment.GetEnvironmentVariable("EVENKEEL_TEST_POOLER") == "1";

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>The one of this process, started by the first that asks.</summary>
    public static Task<TestPooler> SharedAsync() => Shared.Value;

    public static async Task DisposeSharedAsync()
    {
        if (Shared is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await Shared.Value).DisposeAsync();
        }
    }

    /// <param name="mode"><c>transaction</c> or <c>session</c>.</param>
    /// <param name="poolSize">Server connections per database and user.</param>
    public static async Task<TestPooler> StartAsync(string mode = "transaction", int poolSize = 20)
    {
        var server = await TestCluster.ServerAsync();
        var postgres = new NpgsqlConnectionStringBuilder(server.OwnerConnectionString);
        var account = Environment.IsPrivilegedProcess ? await OwnerOfAsync(postgres.Host!) : null;
        var folder = TestFolder.New("pooler");
        TestFolder.Create(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "pgbouncer.ini"), Settings(folder, postgres, mode, poolSize));
        await File.WriteAllLinesAsync(Path.Combine(folder, "users.txt"),
            new[] { server.OwnerConnectionString, server.ApplicationConnectionString, server.AdministratorConnectionString }.Select(Login));
        if (account is not null)
        {
            await SystemCommand.ChangeOwnerAsync(account, [folder], CancellationToken.None);
        }

        var pooler = new TestPooler(folder, account);
        await pooler.StartAgainAsync();
        return pooler;
    }

    /// <summary>The same database and login, through the pooler.</summary>
    public string Through(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Host = _folder, Port = Port, SslMode = SslMode.Disable }.ConnectionString;

    /// <summary>Ends it at once, with every connection through it.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            File.Delete(Path.Combine(_folder, $".s.PGSQL.{Port}"));
        }
    }

    public async Task StartAgainAsync()
    {
        string[] command = [Program, "-q", Path.Combine(_folder, "pgbouncer.ini")];
        // setpriv replaces itself: the process killed later is PgBouncer, not a launcher of it.
        string[] line = _account is null ? command : ["setpriv", "--reuid", _account, "--regid", _account, "--clear-groups", .. command];
        _process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { WorkingDirectory = "/", UseShellExecute = false, RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        await Eventually.HoldAsync("PgBouncer's socket", AcceptsAsync);
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    private async Task<bool> AcceptsAsync()
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException($"PgBouncer ended: {await File.ReadAllTextAsync(Path.Combine(_folder, "log"))}");
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(_folder, $".s.PGSQL.{Port.ToString(CultureInfo.InvariantCulture)}")));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Settings(string folder, NpgsqlConnectionStringBuilder postgres, string mode, int poolSize) =>
        $"""
        [databases]
        * = host={postgres.Host} port={postgres.Port}
        [pgbouncer]
        listen_addr =
        listen_port = {Port}
        unix_socket_dir = {folder}
        unix_socket_mode = 0777
        auth_type = trust
        auth_file = {folder}/users.txt
        logfile = {folder}/log
        pool_mode = {mode}
        default_pool_size = {poolSize}
        max_client_conn = 2000
        server_idle_timeout = 5
        query_wait_timeout = 10

        """;

    private static string Login(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"\"{settings.Username}\" \"{settings.Password}\"";
    }

    private static async Task<string> OwnerOfAsync(string folder)
    {
        var owner = await SystemCommand.RunAsync("stat", ["-c", "%U", folder], CancellationToken.None);
        return owner.Output.Trim();
    }
}
