namespace Evenkeel.Bench.Processes;

/// <summary>Where the figures come from.</summary>
internal static class Machine
{
    /// <summary>Processors, memory, load before the run, and versions.</summary>
    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        return $"{Environment.ProcessorCount} × {model ?? "unknown processor"}, {memory:0} GB, .NET {Environment.Version}, load {load} before";
    }
}
