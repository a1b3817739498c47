using Evenkeel.Faults.Processes;

namespace Evenkeel.Faults.Runs;

/// <summary>The worlds that runs are played in.</summary>
public enum WorldKind
{
    /// <summary>One process does everything.</summary>
    Solo,

    /// <summary>Two processes that both do everything.</summary>
    Pair,

    /// <summary>One that answers clients and two that run turns.</summary>
    Split,

    /// <summary>Two processes whose clock jumps.</summary>
    Clocked,
}

/// <summary>Starts worlds.</summary>
public static class WorldKinds
{
    /// <summary>The world of a kind, in a folder of its own.</summary>
    public static Task<FaultWorld> StartAsync(this WorldKind kind, string program, string folder, CancellationToken cancellationToken) => FaultWorld.StartAsync(
        new FaultWorldOptions
        {
            Program = program,
            Folder = folder,
            HasFakeClock = kind == WorldKind.Clocked,
            Topology = kind switch
            {
                WorldKind.Solo => Topology.Solo,
                WorldKind.Split => Topology.Split,
                _ => Topology.Pair,
            },
        },
        cancellationToken);
}
