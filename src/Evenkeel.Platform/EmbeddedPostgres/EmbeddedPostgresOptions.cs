namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>How the server runs its own private PostgreSQL. Every default suits one small machine.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>The server's data folder (Data:Directory). It is locked for as long as the database runs.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Folder that holds bin/postgres (Database:EmbeddedBinaries). Unset: beside the application, then eng/postgresql.</summary>
    public string? Binaries { get; init; }

    /// <summary>How long one start may take, crash recovery included. Recovery from an unclean stop replays at most 1 GB of log.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a clean stop may take before the database is stopped at once and recovers at its next start.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Connections of all kinds. Each open one costs a few megabytes, an unused one nothing.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>PostgreSQL's own page cache; pages are taken from the machine only as they are first used.</summary>
    public string SharedBuffers { get; init; } = "128MB";

    /// <summary>
    /// Further postgresql.conf settings, applied after ours. Operators can also write configuration/local.conf beside the cluster.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// Names that the server itself may have put into the data folder before its database existed (it may have used another
    /// database first). Anything else in a folder without our database is somebody's files, and the folder is refused.
    /// </summary>
    public IReadOnlyCollection<string> KnownEntries { get; init; } = ["keys", "logs", "uploads", "tmp"];

    /// <summary>False only for the throw-away clusters of the test suite: nothing survives a power cut then.</summary>
    internal bool IsDurable { get; init; } = true;

    /// <summary>Where clusters and binaries go when root's data folder cannot be entered by the account that runs PostgreSQL.</summary>
    internal string SystemDirectory { get; init; } = "/var/lib/evenkeel";
}
