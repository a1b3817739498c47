using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>Chooses where the cluster lives, makes its folders, and runs initdb the first time.</summary>
internal sealed partial class PrepareCluster(EmbeddedPostgresOptions options, string? account, ILogger logger)
{
    public const string Administrator = "evenkeel_administrator";

    /// <summary>sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.</summary>
    private static readonly int LongestSocketPath = OperatingSystem.IsMacOS() ? 103 : 107;

    private static readonly SearchValues<char> OddCharacters = SearchValues.Create("\",:;'@=");

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Enterable =
        Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>The record with its place decided: inside the data folder unless PostgreSQL's account cannot enter that.</summary>
    public async Task<DatabaseRecord> PlaceAsync(DatabaseRecord record, CancellationToken ct)
    {
        if (account is not null && record.RelocatedTo is null && !record.IsInitialized && !await CanEnterAsync(options.DataDirectory, ct))
        {
            record = record with { RelocatedTo = ClusterPlace.Outside(options.SystemDirectory, options.DataDirectory).Base };
            Log.Relocated(logger, options.DataDirectory, account, record.RelocatedTo);
        }

        return record;
    }

    private async Task<bool> CanEnterAsync(string folder, CancellationToken ct) =>
        (await new RunCommand(account, "/").RunAsync("/bin/sh", ["-c", "cd \"$1\"", "sh", folder], ct)).Succeeded;

    /// <summary>Creates what is missing, and hands everything to the account if it is not the one that had it.</summary>
    public async Task<DatabaseRecord> PrepareAsync(ClusterPlace place, DatabaseRecord record, CancellationToken ct)
    {
        MakeFolder(place.Base, account is null ? Private : Enterable);
        MakeFolder(place.Configuration, account is null ? Private : Enterable);
        MakeFolder(place.Log, Private);
        MakeFolder(place.Socket, Private);
        var owner = account ?? Environment.UserName;
        if (account is not null)
        {
            string[] theirs = record.Account != owner && Directory.Exists(place.Cluster)
                ? [place.Log, place.Socket, place.Cluster] : [place.Log, place.Socket];
            await SystemCommand.ChangeOwnerAsync(account, theirs, ct);
            if (!await CanEnterAsync(place.Base, ct))
                throw new EmbeddedPostgresException(
                    $"The database in {place.Base} cannot be entered by {account}, the account that runs PostgreSQL: allow it (chmod o+x on that folder and those above it), or start the server as the folder's owner.");
        }

        return record with { Account = owner };
    }

    public async Task InitializeAsync(ClusterPlace place, PostgresBinaries binaries, string administratorPassword, CancellationToken ct)
    {
        if (Directory.Exists(place.UnfinishedCluster))
            Directory.Delete(place.UnfinishedCluster, recursive: true);
        MakeFolder(place.UnfinishedCluster, Private);
        var password = Path.Combine(place.Base, "password");
        File.WriteAllText(password, administratorPassword);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (account is not null)
            await SystemCommand.ChangeOwnerAsync(account, [place.UnfinishedCluster, password], ct);

        // Words need a real character table; it is in every C library of the last years, and plain C is the fallback.
        var result = await InitDbAsync("C.UTF-8");
        if (!result.Succeeded)
            result = await InitDbAsync("C");
        File.Delete(password);
        if (!result.Succeeded)
            throw new EmbeddedPostgresException($"The database could not be created in {place.Base}: {result.LastLine}");
        Directory.Move(place.UnfinishedCluster, place.Cluster);

        Task<CommandResult> InitDbAsync(string characterType) => new RunCommand(account, place.Base).RunAsync(binaries.InitDb,
        [
            "--pgdata=cluster.new", $"--username={Administrator}", "--pwfile=password", "--auth=scram-sha-256", "--encoding=UTF8",
            "--locale=C", $"--lc-ctype={characterType}", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            "--data-checksums", "--no-instructions", .. options.IsDurable ? Array.Empty<string>() : ["--no-sync"],
        ], ct);
    }

    /// <summary>A new folder with an unguessable name when the cluster's own path is too long (or odd) for a socket address.</summary>
    public async Task<ClusterEndpoint> ChooseEndpointAsync(ClusterPlace place, CancellationToken ct)
    {
        const int port = 5432;
        if (OperatingSystem.IsWindows())
            return new ClusterEndpoint("127.0.0.1", FreePort(), IsTemporaryFolder: false);
        if (IsFitForSockets(place.Socket, port))
            return new ClusterEndpoint(place.Socket, port, IsTemporaryFolder: false);

        // CreateTempSubdirectory makes it 0700 and follows TMPDIR, which may be the very folder that is too long.
        var folder = Directory.CreateTempSubdirectory("evenkeel-").FullName;
        if (!IsFitForSockets(folder, port))
        {
            Directory.Delete(folder);
            folder = Path.Combine("/tmp", Path.GetFileName(folder));
            MakeFolder(folder, Private);
        }

        if (account is not null)
            await SystemCommand.ChangeOwnerAsync(account, [folder], ct);
        return new ClusterEndpoint(folder, port, IsTemporaryFolder: true);
    }

    /// <summary>PostgreSQL and Npgsql both read lists with commas, and host names with colons, in this place.</summary>
    private static bool IsFitForSockets(string folder, int port) =>
        Encoding.UTF8.GetByteCount($"{folder}/.s.PGSQL.{port}") <= LongestSocketPath && !folder.AsSpan().ContainsAny(OddCharacters);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void MakeFolder(string folder, UnixFileMode mode)
    {
        if (Directory.Exists(folder))
            return;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        // Parents are for everybody (/var/lib/evenkeel); the mode is set again because the umask may have narrowed it.
        if (Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(parent))
            MakeFolder(parent, Enterable);
        Directory.CreateDirectory(folder, mode);
        File.SetUnixFileMode(folder, mode);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The data folder {Folder} cannot be entered by {Account}, the account that runs PostgreSQL (which refuses root): the database is kept in {Place}")]
        public static partial void Relocated(ILogger logger, string folder, string account, string place);
    }
}
