using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.EmbeddedPostgres;

internal sealed record StartedCluster(
    ClusterPlace Place, DatabaseRecord Record, ClusterEndpoint Endpoint, Postmaster Postmaster, int ProcessId);

/// <summary>The steps from a locked data folder to a database that accepts connections; each can be repeated after a crash.</summary>
internal sealed class StartCluster(EmbeddedPostgresOptions options, PostgresBinaries found, TimeProvider time, ILogger logger)
{
    public async Task<StartedCluster> StartAsync(CancellationToken ct)
    {
        // Read again: before the lock was ours, another server may have been filling the folder.
        var record = InspectDataFolder.Inspect(options) ?? DatabaseRecord.Create();
        var account = await ChooseAccount.ChooseAsync(record.Account, logger, ct);
        var prepare = new PrepareCluster(options, account, logger);
        record = await prepare.PlaceAsync(record, ct);
        Keep(record);
        var place = ClusterPlace.Of(options.DataDirectory, record);
        RefuseLostCluster(place, record);
        record = await prepare.PrepareAsync(place, record, ct);
        var binaries = await new PrepareBinaries(account, logger)
            .PrepareAsync(found, account is null ? place.Base : options.SystemDirectory, ct);

        var postmaster = new Postmaster(place, binaries, account, time, logger);
        if (Directory.Exists(place.Cluster))
            await postmaster.ClearOrphansAsync(current: null, ct);
        else
            await prepare.InitializeAsync(place, binaries, record.AdministratorPassword, ct);
        record = record with { IsInitialized = true };
        Keep(record);
        return await StartAsync(prepare, postmaster, place, record, ct);
    }

    private async Task<StartedCluster> StartAsync(
        PrepareCluster prepare, Postmaster postmaster, ClusterPlace place, DatabaseRecord record, CancellationToken ct)
    {
        var endpoint = await prepare.ChooseEndpointAsync(place, ct);
        try
        {
            ClusterConfiguration.Write(place, endpoint, options);
            var processId = await postmaster.StartAsync(options.StartTimeout, ct);
            await ProvisionDatabase.EnsureAsync(endpoint, record, ct);
            return new StartedCluster(place, record, endpoint, postmaster, processId);
        }
        catch
        {
            await postmaster.StopAsync(options.StopTimeout, CancellationToken.None);
            endpoint.Delete();
            throw;
        }
    }

    /// <summary>An unchanged record is not rewritten: root must not take over the folder of an ordinary user by starting once.</summary>
    private void Keep(DatabaseRecord record)
    {
        if (record != DatabaseRecord.Read(options.DataDirectory))
            record.Write(options.DataDirectory);
    }

    private static void RefuseLostCluster(ClusterPlace place, DatabaseRecord record)
    {
        if (record.IsInitialized && !Directory.Exists(place.Cluster))
            throw new EmbeddedPostgresException(
                $"The database of this data folder is missing from {place.Cluster}: restore it from a backup, or give --data (Data__Directory) a new folder to begin anew.");
    }
}
