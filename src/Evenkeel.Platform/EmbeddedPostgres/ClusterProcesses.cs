using System.Diagnostics;
using System.Globalization;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>
/// The PostgreSQL processes of one cluster. All of them work in the cluster's folder, which tells them from anything else that
/// got a recorded process id since; systems without /proc have only the recorded id to go by.
/// </summary>
internal sealed class ClusterProcesses(string cluster)
{
    private readonly string _postmasterFile = Path.Combine(cluster, "postmaster.pid");

    /// <summary>The first line of postmaster.pid.</summary>
    public int? RecordedPostmaster =>
        int.TryParse(Line(0), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The fourth line of postmaster.pid.</summary>
    public int? RecordedPort => int.TryParse(Line(3), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>The fifth line of postmaster.pid.</summary>
    public string? RecordedSocketFolder => Line(4);

    public bool IsPostmasterAlive => RecordedPostmaster is { } id && Alive().Contains(id);

    public IReadOnlyList<int> Alive()
    {
        if (!OperatingSystem.IsLinux())
            return RecordedPostmaster is { } id && IsPostgres(id) ? [id] : [];

        var folder = RealPath();
        return folder is null ? [] : Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && WorksIn(id, folder)).ToList();
    }

    /// <summary>Cheap enough to ask several times a second. A zombie has no working folder, so it counts as gone.</summary>
    public bool IsAlive(int id) => OperatingSystem.IsLinux() ? RealPath() is { } folder && WorksIn(id, folder) : IsPostgres(id);

    public void Kill()
    {
        foreach (var id in Alive())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                // It ended by itself in between.
            }
        }
    }

    public void DeletePostmasterFile() => File.Delete(_postmasterFile);

    private static bool WorksIn(int id, string folder)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName == folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsPostgres(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The kernel reports working folders with every symbolic link resolved, so ours is asked from the kernel too.</summary>
    private string? RealPath()
    {
        try
        {
            using var file = File.OpenHandle(Path.Combine(cluster, "PG_VERSION"));
            var path = File.ResolveLinkTarget($"/proc/self/fd/{file.DangerousGetHandle()}", returnFinalTarget: false);
            return Path.GetDirectoryName(path?.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? Line(int index)
    {
        try
        {
            return File.ReadLines(_postmasterFile).ElementAtOrDefault(index);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
