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

    /// <summary>Two that answer clients and two that run turns, with a RabbitMQ between them.</summary>
    Brokered,
}

/// <summary>Starts worlds.</summary>
public static class WorldKinds
{
    /// <summary>The Debian package that it needs and that is not installed here; null when nothing is missing.</summary>
    public static string? MissingPackage(this WorldKind kind) => kind switch
    {
        WorldKind.Clocked when !FakeClock.IsAvailable => "faketime",
        WorldKind.Brokered when !BrokerProcess.IsAvailable => "rabbitmq-server",
        _ => null,
    };

    /// <summary>The world of a kind, in a folder of its own.</summary>
    public static Task<FaultWorld> StartAsync(this WorldKind kind, string program, string folder, CancellationToken cancellationToken) => FaultWorld.StartAsync(
        new FaultWorldOptions
        {
            Program = program,
            Folder = folder,
            HasFakeClock = kind == WorldKind.Clocked,
            HasBroker = kind == WorldKind.Brokered,
            Topology = kind switch
            {
                WorldKind.Solo => Topology.Solo,
                WorldKind.Split => Topology.Split,
                WorldKind.Brokered => Topology.Fleet,
                _ => Topology.Pair,
            },
        },
        cancellationToken);
}
