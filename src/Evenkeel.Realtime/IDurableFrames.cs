using Evenkeel.Accounts;
using Evenkeel.Contracts.Frames;

namespace Evenkeel.Realtime;

/// <summary>Where durable frames are kept. Chat implements it over its messages; connections read it to greet, replay and repair.</summary>
public interface IDurableFrames
{
    /// <summary>The thread as this caller may see it; null when there is none, or when it is another's (never told apart).</summary>
    Task<ThreadPosition?> FindThreadAsync(Caller caller, Guid threadId, CancellationToken cancellationToken);

    /// <summary>Durable frames with <c>seq</c> above <paramref name="afterSeq"/>, ascending, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Frame>> ReadAfterAsync(Guid organizationId, Guid threadId, long afterSeq, int limit, CancellationToken cancellationToken);

    /// <summary>The newest durable frames, ascending, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<Frame>> ReadNewestAsync(Guid organizationId, Guid threadId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// How these threads and turns stand, whatever was heard of them: one round trip, turns before threads, so that a turn that has ended comes
    /// with a <c>seq</c> that covers its end. Also gives every open turn of the threads.
    /// </summary>
    Task<StoredState> LookAsync(IReadOnlyCollection<Guid> threads, IReadOnlyCollection<Guid> turns, CancellationToken cancellationToken);
}

/// <summary>What the database says.</summary>
/// <param name="Threads">Those that exist.</param>
/// <param name="Turns">The turns asked for that exist, and the open ones of the threads.</param>
public sealed record StoredState(IReadOnlyList<StoredThread> Threads, IReadOnlyList<StoredTurn> Turns);

/// <summary>A thread's row.</summary>
public sealed record StoredThread
{
    public required Guid Id { get; init; }

    public required long LastSeq { get; init; }

    public required bool IsDeleted { get; init; }
}

/// <summary>A turn's row.</summary>
public sealed record StoredTurn
{
    public required Guid Id { get; init; }

    public required Guid ThreadId { get; init; }

    public required Guid CorrelationId { get; init; }

    /// <summary><c>en</c> or <c>zh</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Succeeded, failed or cancelled.</summary>
    public required bool HasEnded { get; init; }

    /// <summary>A worker has it.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>It runs under a lease that holds, or waits while a worker is alive: it will go on by itself.</summary>
    public required bool IsCarried { get; init; }

    public required int Attempt { get; init; }

    /// <summary>Open turns of the thread before it.</summary>
    public required int Ahead { get; init; }
}

/// <summary>A thread at one moment.</summary>
/// <param name="OrganizationId">Its tenant.</param>
/// <param name="LastSeq">The newest <c>seq</c>; 0 when nothing was said yet.</param>
public sealed record ThreadPosition(Guid OrganizationId, long LastSeq);
