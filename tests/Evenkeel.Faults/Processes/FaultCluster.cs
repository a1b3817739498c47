using Evenkeel.Platform.EmbeddedPostgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Evenkeel.Faults.Processes;

/// <summary>
/// A PostgreSQL of one's own with the product's settings (what is answered is on disk) and under the product's own supervision, which starts it
/// again when it dies.
/// </summary>
public sealed class FaultCluster : IAsyncDisposable
{
    private readonly EmbeddedPostgresServer _server;

    private FaultCluster(EmbeddedPostgresServer server) => _server = server;

    /// <summary>For the program; behind the unix socket.</summary>
    public string ApplicationConnectionString => _server.ApplicationConnectionString;

    /// <summary>For migrations.</summary>
    public string OwnerConnectionString => _server.OwnerConnectionString;

    /// <summary>For the checkers: sees past row-level security.</summary>
    public string AdministratorConnectionString => new NpgsqlConnectionStringBuilder(_server.AdministratorConnectionString) { Pooling = false }.ConnectionString;

    /// <summary>Starts it in <paramref name="folder"/>.</summary>
    public static async Task<FaultCluster> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var options = new EmbeddedPostgresOptions
        {
            DataDirectory = folder,
            MaxConnections = 250,
            // The order of commits is compared with that of seq.
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["track_commit_timestamp"] = "on" },
        };
        return new FaultCluster(await EmbeddedPostgresServer.StartAsync(options, NullLogger.Instance, TimeProvider.System, cancellationToken));
    }

    /// <summary><c>kill -9</c> of the postmaster; its children end when they notice.</summary>
    public void Kill() => Signals.Kill(_server.ProcessId);

    /// <summary>As <c>pg_ctl restart -m immediate</c>: every session ends at once, the next start recovers from the log.</summary>
    public void RestartImmediately() => Signals.StopImmediately(_server.ProcessId);

    /// <summary><c>kill -9</c> of one session's process, after which the postmaster ends all sessions and recovers.</summary>
    public async Task KillSessionAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'evenkeel' ORDER BY state_change DESC LIMIT 1", connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is int process)
        {
            Signals.Kill(process);
        }
    }

    /// <summary>Returns when it answers.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await using var connection = await OpenAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    /// <summary>A session of the superuser's.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(AdministratorConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
