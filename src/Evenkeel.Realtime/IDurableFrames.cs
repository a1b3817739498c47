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
}

/// <summary>A thread at one moment.</summary>
/// <param name="OrganizationId">Its tenant.</param>
/// <param name="LastSeq">The newest <c>seq</c>; 0 when nothing was said yet.</param>
public sealed record ThreadPosition(Guid OrganizationId, long LastSeq);
