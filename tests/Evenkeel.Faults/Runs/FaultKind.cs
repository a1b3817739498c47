using Evenkeel.Faults.Proxy;

namespace Evenkeel.Faults.Runs;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>Two devices send every message at the same time; nothing else.</summary>
    Duplicates,
    KillBeforeCall,
    KillBeforeCommit,
    KillAfterCommit,
    KillStreaming,
    FreezeBeforeCall,
    FreezeBeforeCommit,
    FreezeAfterCommit,
    FreezeStreaming,
    DatabaseKillBeforeCall,
    DatabaseKillBeforeCommit,
    DatabaseKillAfterCommit,
    DatabaseKillStreaming,
    DatabaseRestart,
    DatabaseSessionKill,
    CallFails,
    CutRequest,
    CutAnswer,
    CutEverything,
    SlowCall,
    ClockForward,
    ClockBack,
    Shutdown,
    BrokerKill,
    BrokerKillStreaming,
    BrokerFreeze,
    BrokerFreezeStreaming,
    BrokerCut,
    BrokerCutStreaming,
}

/// <summary>Which faults are aimed at which calls, and where they can be had.</summary>
public static class FaultKinds
{
    private static readonly Marks[] EveryMark =
    [
        Marks.Send, Marks.FindRepeated, Marks.Regenerate, Marks.AskToStop, Marks.CancelWaiting, Marks.Claim, Marks.SessionLock, Marks.RegisterWorker,
        Marks.RenewLease, Marks.LookForStops, Marks.ReadHistory, Marks.ReadKnowledge, Marks.Restart, Marks.Finish, Marks.HandBack, Marks.Release, Marks.Recover,
        Marks.Timeline, Marks.Resume, Marks.Snapshot,
    ];

    // Databases and frozen processes take seconds: the places where something is written are enough.
    private static readonly Marks[] Writes =
        [Marks.Send, Marks.Regenerate, Marks.CancelWaiting, Marks.Claim, Marks.RenewLease, Marks.Restart, Marks.Finish, Marks.Recover, Marks.Timeline];

    // Where others have to hear of what was done.
    private static readonly Marks[] News =
    [
        Marks.Send, Marks.Regenerate, Marks.AskToStop, Marks.CancelWaiting, Marks.Claim, Marks.Finish, Marks.HandBack, Marks.Recover, Marks.Resume,
        Marks.Snapshot,
    ];

    private static readonly Dictionary<WorldKind, IReadOnlyList<(FaultKind Kind, Marks Mark)>> OfWorlds =
        Enum.GetValues<WorldKind>().ToDictionary(world => world, Combine);

    /// <summary>Every kind with each of its places that a world offers.</summary>
    public static IReadOnlyList<(FaultKind Kind, Marks Mark)> In(WorldKind world) => OfWorlds[world];

    private static IReadOnlyList<(FaultKind Kind, Marks Mark)> Combine(WorldKind world) =>
    [
        .. Enum.GetValues<FaultKind>().Where(kind => IsPlayedIn(world, kind))
            .SelectMany(kind => MarksOf(kind, world).Select(mark => (kind, mark))),
    ];

    private static bool IsPlayedIn(WorldKind world, FaultKind kind) => kind switch
    {
        FaultKind.ClockForward or FaultKind.ClockBack => world == WorldKind.Clocked,
        >= FaultKind.BrokerKill => world == WorldKind.Brokered,
        _ => world != WorldKind.Clocked,
    };

    private static Marks[] MarksOf(FaultKind kind, WorldKind world) => world == WorldKind.Brokered ? MarksBesideBroker(kind) : kind switch
    {
        FaultKind.KillBeforeCall or FaultKind.KillBeforeCommit or FaultKind.KillAfterCommit => EveryMark,
        FaultKind.CallFails or FaultKind.CutRequest or FaultKind.CutAnswer or FaultKind.SlowCall => EveryMark,
        // A process that does everything and is frozen is only a server that is away.
        FaultKind.FreezeBeforeCall or FaultKind.FreezeBeforeCommit or FaultKind.FreezeAfterCommit => world == WorldKind.Solo ? [Marks.Finish] : Writes,
        FaultKind.DatabaseKillBeforeCall or FaultKind.DatabaseKillBeforeCommit or FaultKind.DatabaseKillAfterCommit or FaultKind.DatabaseRestart => Writes,
        _ => [Marks.None],
    };

    // The database's own faults are played elsewhere at every call: here they are few, so that the broker has its share.
    private static Marks[] MarksBesideBroker(FaultKind kind) => kind switch
    {
        FaultKind.BrokerKill or FaultKind.BrokerFreeze or FaultKind.BrokerCut => News,
        FaultKind.KillBeforeCall or FaultKind.KillBeforeCommit or FaultKind.KillAfterCommit => News,
        FaultKind.FreezeBeforeCall or FaultKind.FreezeBeforeCommit or FaultKind.FreezeAfterCommit => [Marks.Send, Marks.Claim, Marks.Finish],
        FaultKind.DatabaseKillBeforeCall or FaultKind.DatabaseKillBeforeCommit or FaultKind.DatabaseKillAfterCommit or FaultKind.DatabaseRestart
            or FaultKind.CallFails or FaultKind.CutRequest or FaultKind.CutAnswer or FaultKind.SlowCall => [Marks.Send, Marks.Finish],
        _ => [Marks.None],
    };
}
