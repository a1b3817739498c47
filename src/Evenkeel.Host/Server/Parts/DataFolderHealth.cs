using Evenkeel.Platform.EmbeddedPostgres;
using Evenkeel.Platform.Health;

namespace Evenkeel.Host.Server.Parts;

/// <summary>The data folder: writable, with room left, and its secrets readable by nobody else.</summary>
internal sealed class DataFolderHealth(IConfiguration configuration) : IHealthContributor
{
    // The database's log of one checkpoint may grow to 1 GB.
    private const int DefaultLeastFreeMegabytes = 1_024;
    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly string[] Secrets = [DatabaseRecord.FileName, "demo-account.txt", "keys"];

    /// <inheritdoc/>
    public string Name => "data_folder";

    /// <inheritdoc/>
    public Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        var folder = DataDirectory.Of(configuration);
        return Task.FromResult<IReadOnlyList<HealthCheck>>([CheckFolder(folder, asker), .. OperatingSystem.IsWindows() ? [] : new[] { CheckSecrets(folder) }]);
    }

    private HealthCheck CheckFolder(string folder, HealthAsker asker)
    {
        try
        {
            if (asker == HealthAsker.Doctor || Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                var probe = Path.Combine(folder, ".probe");
                File.WriteAllText(probe, "");
                File.Delete(probe);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return HealthCheck.Degraded(Name, $"{folder} cannot be written ({exception.GetType().Name})", "Give it to the server's account, or choose another with --data or Data__Directory.");
        }

        var free = new DriveInfo(Existing(folder)).AvailableFreeSpace / (1024 * 1024);
        var least = configuration.GetValue("Health:LeastFreeMegabytes", DefaultLeastFreeMegabytes);
        var check = free >= least
            ? HealthCheck.Ok(Name, $"{folder}, {free} MB free")
            : HealthCheck.Degraded(Name, $"{folder} has {free} MB left", $"Free some space: below {least} MB (Health__LeastFreeMegabytes) the database may stop.");
        return check with { Details = new Dictionary<string, object?> { ["free_megabytes"] = free } };
    }

    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return folder;
    }

    private static HealthCheck CheckSecrets(string folder)
    {
        var open = Secrets.Select(name => Path.Combine(folder, name)).SelectMany(Files).Where(IsOpen).ToArray();
        return open.Length == 0
            ? HealthCheck.Ok("secret_files", "readable by the server's account only")
            : HealthCheck.Degraded("secret_files", $"others may read {string.Join(", ", open)}", $"chmod 600 {string.Join(' ', open)}");
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path) : File.Exists(path) ? [path] : [];

    private static bool IsOpen(string file) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & OfOthers) != UnixFileMode.None;
}
