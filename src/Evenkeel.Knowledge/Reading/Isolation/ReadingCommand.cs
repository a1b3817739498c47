using System.Diagnostics;
using System.Globalization;

namespace Evenkeel.Knowledge.Reading.Isolation;

/// <summary>How a reading process is started: this program again, with a verb, little memory and none of our secrets.</summary>
internal static class ReadingCommand
{
    private const string Program = "evenkeel";
    private const string Dotnet = "dotnet";

    /// <summary>What the runtime takes besides the objects of its heap.</summary>
    private const long RuntimeBytes = 96L * 1024 * 1024;

    private static readonly string[] Kept = ["PATH", "HOME", "TMPDIR", "LANG", "SystemRoot", "TEMP", "TMP"];

    public static ProcessStartInfo Describe(long memoryBytes)
    {
        var start = Locate();
        start.ArgumentList.Add(ReadingProgram.Verb);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        foreach (var name in start.Environment.Keys.Where(name => !IsKept(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        var heap = Math.Max(memoryBytes - RuntimeBytes, memoryBytes / 2);
        start.Environment["DOTNET_GCHeapHardLimit"] = heap.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        // Instrumented code does not pay within the second or two that most documents take.
        start.Environment["DOTNET_TieredPGO"] = "0";
        // A crash of a damaged document is expected, and a dump would hold its text.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }

    private static bool IsKept(string name) =>
        Kept.Contains(name, StringComparer.OrdinalIgnoreCase)
        || (name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase) && !name.Equals("DOTNET_STARTUP_HOOKS", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The running program where it is this one; else (started by <c>dotnet</c>, or a test host) the program beside this assembly.
    /// </summary>
    private static ProcessStartInfo Locate()
    {
        var running = Environment.ProcessPath ?? "";
        var name = Path.GetFileNameWithoutExtension(running);
        if (name.Equals(Program, StringComparison.OrdinalIgnoreCase))
        {
            return new ProcessStartInfo(running);
        }

        var library = Path.Combine(AppContext.BaseDirectory, Program + ".dll");
        var start = new ProcessStartInfo(name.Equals(Dotnet, StringComparison.OrdinalIgnoreCase) ? running : FindDotnet());
        start.ArgumentList.Add(library);
        return start;
    }

    private static string FindDotnet()
    {
        var file = OperatingSystem.IsWindows() ? Dotnet + ".exe" : Dotnet;
        return Environment.GetEnvironmentVariable("DOTNET_HOST_PATH")
            ?? (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? Path.Combine(root, file) : file);
    }
}
