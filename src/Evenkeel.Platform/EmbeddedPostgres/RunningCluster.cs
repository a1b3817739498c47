namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>The database of a data folder that a running server holds, for a second process of the same person beside it.</summary>
public static class RunningCluster
{
    /// <summary>How the application role reaches it; null where no PostgreSQL runs on the folder (yet).</summary>
    /// <param name="dataDirectory">The server's data folder (Data:Directory).</param>
    /// <exception cref="EmbeddedPostgresException">The folder belongs to somebody else.</exception>
    public static string? Find(string dataDirectory)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataDirectory));
        if (DatabaseRecord.Read(folder) is not { } record)
        {
            return null;
        }

        var processes = new ClusterProcesses(ClusterPlace.Of(folder, record).Cluster);
        // On Windows there is no socket: the line is empty.
        var host = OperatingSystem.IsWindows() ? "127.0.0.1" : processes.RecordedSocketFolder;
        return processes.IsPostmasterAlive && host is { Length: > 0 } && processes.RecordedPort is { } port
            ? ProvisionDatabase.ConnectionString(new ClusterEndpoint(host, port, IsTemporaryFolder: false), ProvisionDatabase.Application, record.ApplicationPassword)
            : null;
    }
}
