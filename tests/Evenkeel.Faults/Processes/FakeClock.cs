using System.Globalization;

namespace Evenkeel.Faults.Processes;

/// <summary>
/// The clock of processes under libfaketime (Debian package <c>faketime</c>): it jumps when told, monotonic time goes on undisturbed.
/// </summary>
public sealed class FakeClock
{
    private static readonly string[] Places =
        ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1"];

    private readonly string _file;

    /// <param name="folder">For the file that the processes read.</param>
    public FakeClock(string folder)
    {
        _file = Path.Combine(folder, "clock");
        Jump(TimeSpan.Zero);
    }

    /// <summary>Whether libfaketime is installed here.</summary>
    public static bool IsAvailable => Library is not null;

    /// <summary>For the processes whose clock it is.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Library,
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_NO_CACHE"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["DONT_FAKE_MONOTONIC"] = "1",
        // What Debian's library mends of glibc's waits by itself makes those of .NET return at once: every timer would take a processor.
        ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
    };

    private static string? Library => Array.Find(Places, File.Exists);

    /// <summary>The clock is from now on so far from the true time.</summary>
    public void Jump(TimeSpan offset)
    {
        // Replaced as a whole: a process must never read half a number.
        File.WriteAllText(_file + ".new", string.Create(CultureInfo.InvariantCulture, $"{offset.TotalSeconds:+0;-0;+0}s\n"));
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
