namespace Evenkeel.Realtime;

/// <summary>Counts of this process's sockets and event streams, since its start.</summary>
public interface IDeliveryCounts
{
    /// <summary>Open now.</summary>
    int Open { get; }

    /// <summary>Opened, by signed-in people.</summary>
    long Opened { get; }

    /// <summary>Of these, those that went on from where they had been before: a server that comes back, or a proxy that cuts, shows here.</summary>
    long Resumed { get; }

    /// <summary>Ended, by what ended them: a name such as <c>client_closed</c>, <c>connection_lost</c> or that of a close code.</summary>
    IReadOnlyDictionary<string, long> ClosedByReason();
}
