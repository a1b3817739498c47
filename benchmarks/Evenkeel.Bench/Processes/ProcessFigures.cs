using System.Globalization;

namespace Evenkeel.Bench.Processes;

/// <summary>What a process, or a process and its children, used; read from <c>/proc</c>.</summary>
internal static class ProcessFigures
{
    // USER_HZ: 100 on every Linux that .NET runs on.
    private const double MillisecondsPerTick = 10;

    /// <summary>CPU time of one process, in milliseconds.</summary>
    public static double CpuMs(int processId) => ReadStat(processId) is { } stat ? stat.Own * MillisecondsPerTick : 0;

    /// <summary>CPU time of a process and of everything below it, those that have ended included.</summary>
    public static double TreeCpuMs(int processId)
    {
        var ticks = 0L;
        foreach (var member in Tree(processId))
        {
            if (ReadStat(member) is { } stat)
            {
                ticks += stat.Own + stat.EndedChildren;
            }
        }

        return ticks * MillisecondsPerTick;
    }

    /// <summary>Memory of one process.</summary>
    public static Memory MemoryOf(int processId)
    {
        try
        {
            var fields = File.ReadLines($"/proc/{processId}/smaps_rollup")
                .Select(line => line.Split(':', StringSplitOptions.TrimEntries))
                .Where(parts => parts.Length == 2 && parts[1].EndsWith(" kB", StringComparison.Ordinal))
                .ToDictionary(parts => parts[0], parts => long.Parse(parts[1][..^3], CultureInfo.InvariantCulture) * 1024, StringComparer.Ordinal);
            return new Memory(fields["Rss"], fields["Pss"]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default; // ended meanwhile
        }
    }

    /// <summary>Memory of a process and everything below it. Shared pages count once in the proportional figure, often in the resident one.</summary>
    public static Memory TreeMemoryOf(int processId) =>
        Tree(processId).Select(MemoryOf).Aggregate(default(Memory), (sum, next) => new Memory(sum.Resident + next.Resident, sum.Proportional + next.Proportional));

    private static List<int> Tree(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, ReadStat(id)?.Parent))
            .ToLookup(entry => entry.Parent ?? 0, entry => entry.Id);
        var tree = new List<int> { root };
        for (var index = 0; index < tree.Count; index++)
        {
            tree.AddRange(parents[tree[index]]);
        }

        return tree;
    }

    private static Stat? ReadStat(int processId)
    {
        try
        {
            // The name stands in parentheses and may hold anything: fields are counted from behind it.
            var text = File.ReadAllText($"/proc/{processId}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Stat(int.Parse(fields[1]), long.Parse(fields[11]) + long.Parse(fields[12]), long.Parse(fields[13]) + long.Parse(fields[14]));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed record Stat(int Parent, long Own, long EndedChildren);
}

/// <summary>Bytes of memory.</summary>
/// <param name="Resident">RSS.</param>
/// <param name="Proportional">PSS: shared pages divided by their users.</param>
internal readonly record struct Memory(long Resident, long Proportional);
