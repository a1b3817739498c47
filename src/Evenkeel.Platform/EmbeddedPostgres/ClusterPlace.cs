using System.Security.Cryptography;
using System.Text;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>
/// The folders of one cluster. The base and its configuration belong to the server, so that root never writes where the
/// database's account could have put a symbolic link; cluster, log and socket belong to that account.
/// </summary>
internal sealed record ClusterPlace(string Base)
{
    public const string FolderName = "postgresql";

    public string Cluster => Path.Combine(Base, "cluster");

    /// <summary>initdb works here; only a complete cluster is renamed to its final name.</summary>
    public string UnfinishedCluster => Path.Combine(Base, "cluster.new");

    public string Configuration => Path.Combine(Base, "configuration");

    public string Log => Path.Combine(Base, "log");

    public string Socket => Path.Combine(Base, "socket");

    public static ClusterPlace Inside(string dataDirectory) => new(Path.Combine(dataDirectory, FolderName));

    public static ClusterPlace Of(string dataDirectory, DatabaseRecord record) =>
        record.RelocatedTo is { } relocated ? new ClusterPlace(relocated) : Inside(dataDirectory);

    /// <summary>
    /// A place outside the data folder, named after it. A cluster already there belonged to an earlier folder of the same name
    /// (somebody deleted the folder to begin anew): it is left alone and the next free name is taken.
    /// </summary>
    public static ClusterPlace Outside(string systemDirectory, string dataDirectory)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)))[..12];
        return Enumerable.Range(1, int.MaxValue)
            .Select(n => new ClusterPlace(Path.Combine(systemDirectory, n == 1 ? hash : $"{hash}-{n}")))
            .First(place => !Directory.Exists(place.Base));
    }
}
