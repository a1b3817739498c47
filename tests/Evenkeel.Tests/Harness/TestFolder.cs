using System.Diagnostics;
using System.Globalization;
using Evenkeel.Faults.Processes;
using Evenkeel.Platform.EmbeddedPostgres;

namespace Evenkeel.Tests.Harness;

/// <summary>
/// Folders of this test process under the system's temporary folder. A run that was killed leaves its folder and perhaps its
/// database behind; the next run removes both.
/// </summary>
public static class TestFolder
{
    private const string Prefix = "evenkeel-tests-";

    /// <summary>PostgreSQL's account must be able to enter when the tests run as root.</summary>
    private const UnixFileMode Enterable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly Lazy<string> Root = new(CreateRoot);
    private static int _count;

    /// <summary>A folder of its own that does not exist yet; the one above does.</summary>
    public static string New(string name) => Path.Combine(Root.Value, $"{name}-{Interlocked.Increment(ref _count)}");

    public static void Create(string folder) => CreateWith(folder, Enterable);

    public static void CreateWith(string folder, UnixFileMode mode)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, mode);
    }

    /// <summary>Lets everybody read a file, as a careless copy does.</summary>
    public static void MakeReadable(string file)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    public static void DeleteAll()
    {
        if (Root.IsValueCreated)
            Delete(Root.Value);
    }

    private static string CreateRoot()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*").Where(IsAbandoned))
            Delete(folder);
        var root = Path.Combine(Path.GetTempPath(), Prefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Create(root);
        return root;
    }

    private static bool IsAbandoned(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder)[Prefix.Length..], CultureInfo.InvariantCulture, out var id))
            return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            foreach (var version in Directory.EnumerateFiles(folder, "PG_VERSION", SearchOption.AllDirectories))
                new ClusterProcesses(Path.GetDirectoryName(version)!).Kill();
            foreach (var ids in Directory.EnumerateFiles(folder, BrokerProcess.ProcessIds, SearchOption.AllDirectories))
                KillThoseThatWorkIn(Path.GetDirectoryName(ids)!, ids);
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's, or still being written by a process that is just ending: the next run tries again.
        }
    }

    private static void KillThoseThatWorkIn(string folder, string ids)
    {
        foreach (var id in File.ReadLines(ids).Select(line => int.Parse(line, CultureInfo.InvariantCulture)))
        {
            // The number may be another program's by now.
            var place = new FileInfo($"/proc/{id}/cwd");
            if (place.LinkTarget == folder)
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
        }
    }
}
