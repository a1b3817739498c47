using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>
/// The server's own PostgreSQL: in its data folder, reached through a private unix socket, started again when it dies, stopped with
/// the server. Start it before anything else writes into the data folder: its lock keeps a second server out.
/// </summary>
public sealed partial class EmbeddedPostgresServer : IAsyncDisposable
{
    private readonly DataFolderLock _lock;
    private readonly EmbeddedPostgresOptions _options;
    private readonly Postmaster _postmaster;
    private readonly ClusterEndpoint _endpoint;
    private readonly SupervisePostmaster _supervisor;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _supervision;
    private bool _isDisposed;

    private EmbeddedPostgresServer(StartedCluster cluster, DataFolderLock folderLock, EmbeddedPostgresOptions options, SupervisePostmaster supervisor)
    {
        (_lock, _options, _supervisor) = (folderLock, options, supervisor);
        (_postmaster, _endpoint) = (cluster.Postmaster, cluster.Endpoint);
        ClusterDirectory = cluster.Place.Cluster;
        OwnerConnectionString = ProvisionDatabase.ConnectionString(_endpoint, ProvisionDatabase.Owner, cluster.Record.OwnerPassword);
        ApplicationConnectionString = ProvisionDatabase.ConnectionString(_endpoint, ProvisionDatabase.Application, cluster.Record.ApplicationPassword);
        AdministratorConnectionString = ProvisionDatabase.ConnectionString(_endpoint, PrepareCluster.Administrator, cluster.Record.AdministratorPassword);
        _supervision = _supervisor.RunAsync(cluster.ProcessId, _stopping.Token);
    }

    /// <summary>Role evenkeel_owner, which owns the database "evenkeel" and may create others; for migrations.</summary>
    public string OwnerConnectionString { get; }

    /// <summary>Role evenkeel_app, which owns nothing and cannot bypass row-level security.</summary>
    public string ApplicationConnectionString { get; }

    /// <summary>The superuser; for tests and the doctor verb.</summary>
    public string AdministratorConnectionString { get; }

    /// <summary>Where the cluster really is: inside the data folder, or under /var/lib/evenkeel when root had to move it.</summary>
    public string ClusterDirectory { get; }

    /// <summary>The postmaster; another one after a restart.</summary>
    public int ProcessId => _supervisor.ProcessId;

    /// <summary>Creates the cluster if there is none, recovers it if need be, and returns when it accepts connections.</summary>
    /// <exception cref="EmbeddedPostgresException">The folder is refused or PostgreSQL cannot run; the message says what to do.</exception>
    public static async Task<EmbeddedPostgresServer> StartAsync(
        EmbeddedPostgresOptions options, ILogger logger, TimeProvider time, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        options = options with { DataDirectory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataDirectory)) };
        var binaries = FindBinaries.Find(options.Binaries);
        InspectDataFolder.Inspect(options);
        var folderLock = DataFolderLock.Acquire(options.DataDirectory);
        try
        {
            var cluster = await new StartCluster(options, binaries, time, logger).StartAsync(ct);
            Log.Started(logger, cluster.Place.Cluster, cluster.ProcessId, time.GetElapsedTime(started).TotalMilliseconds);
            var supervisor = new SupervisePostmaster(cluster.Postmaster, cluster.Endpoint, time, logger);
            return new EmbeddedPostgresServer(cluster, folderLock, options, supervisor);
        }
        catch
        {
            folderLock.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        await _stopping.CancelAsync();
        await _supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _postmaster.StopAsync(_options.StopTimeout, CancellationToken.None);
        _endpoint.Delete();
        _stopping.Dispose();
        _lock.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL runs in {Cluster} (process {Process}), ready after {Milliseconds:0} ms")]
        public static partial void Started(ILogger logger, string cluster, int process, double milliseconds);
    }
}
