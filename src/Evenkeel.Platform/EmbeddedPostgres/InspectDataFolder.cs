namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>Reads the data folder before anything is written, and refuses what is not ours or not of this version.</summary>
internal static class InspectDataFolder
{
    /// <summary>The only major version this server runs: the format of a cluster changes with it.</summary>
    public const int SupportedMajorVersion = 18;

    private const string VersionFile = "PG_VERSION";

    /// <summary>Volumes and desktops put these into folders that are empty otherwise.</summary>
    private static readonly string[] Harmless = ["lost+found", ".DS_Store", ".gitkeep", ".gitignore"];

    private static readonly string[] Ours =
        [DatabaseRecord.FileName, DatabaseRecord.FileName + ".new", DataFolderLock.LockName, DataFolderLock.HolderName, ClusterPlace.FolderName];

    /// <summary>Returns the folder's record, or null for a folder to be filled.</summary>
    public static DatabaseRecord? Inspect(EmbeddedPostgresOptions options)
    {
        var folder = options.DataDirectory;
        if (File.Exists(folder))
            throw new EmbeddedPostgresException($"The data folder {folder} is a file: give --data (Data__Directory) the path of a folder.");
        if (!Directory.Exists(folder))
            return null;

        try
        {
            var record = DatabaseRecord.Read(folder);
            if (record is null)
                RefuseForeignFiles(options);
            else
                RefuseOtherVersion(ClusterPlace.Of(folder, record));
            return record;
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new EmbeddedPostgresException(
                $"The data folder {folder} cannot be read by {Environment.UserName}: choose another with --data (Data__Directory), or change its owner.", exception);
        }
    }

    private static void RefuseForeignFiles(EmbeddedPostgresOptions options)
    {
        var folder = options.DataDirectory;
        if (File.Exists(Path.Combine(folder, VersionFile)))
            throw new EmbeddedPostgresException(
                $"The data folder {folder} is itself a PostgreSQL {Version(folder)} cluster that Evenkeel did not make; nothing was touched. Give --data (Data__Directory) an empty folder, or run that cluster yourself and use it through ConnectionStrings__Evenkeel.");

        var cluster = ClusterPlace.Inside(folder).Cluster;
        if (Directory.Exists(cluster))
            throw new EmbeddedPostgresException(
                $"The data folder {folder} has a database but no {DatabaseRecord.FileName}, which holds its passwords; nothing was touched. Restore that file from a backup, or give --data (Data__Directory) a new folder.");

        var foreign = Foreign(folder, [.. Ours, .. Harmless, .. options.KnownEntries])
            .Concat(Foreign(Path.Combine(folder, ClusterPlace.FolderName), []))
            .Take(3).ToList();
        if (foreign.Count > 0)
            throw new EmbeddedPostgresException(
                $"The data folder {folder} holds files that are not Evenkeel's ({string.Join(", ", foreign)}); nothing was touched. Give --data (Data__Directory) an empty or new folder.");
    }

    private static IEnumerable<string> Foreign(string folder, IEnumerable<string> known) => Directory.Exists(folder)
        ? Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Except(known, StringComparer.Ordinal)
        : [];

    private static void RefuseOtherVersion(ClusterPlace place)
    {
        if (!File.Exists(Path.Combine(place.Cluster, VersionFile)))
            return;

        var version = Version(place.Cluster);
        if (version != $"{SupportedMajorVersion}")
            throw new EmbeddedPostgresException(
                $"The database in {place.Cluster} was made by PostgreSQL {version}, this server runs PostgreSQL {SupportedMajorVersion}; nothing was touched. Start the Evenkeel release that made it, dump the database (pg_dump), and restore it into a new data folder of this release.");
    }

    private static string Version(string cluster) => File.ReadAllText(Path.Combine(cluster, VersionFile)).Trim();
}
