using Evenkeel.Contracts.Timeline;

namespace Evenkeel.Timeline;

/// <summary>What operators do to recorded sessions, in the scope of one organization.</summary>
public interface ISessionRecords
{
    /// <summary>The events of one turn, in order; empty when retention has removed them.</summary>
    /// <param name="organizationId">Whose.</param>
    /// <param name="sessionId">The turn's session.</param>
    /// <param name="turnId">The turn.</param>
    /// <param name="language">Of the texts: <c>en</c> or <c>zh</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<TimelineEvent>> ReadAsync(Guid organizationId, Guid sessionId, Guid turnId, string language, CancellationToken cancellationToken);

    /// <summary>Which of these sessions are pinned or under legal hold.</summary>
    Task<IReadOnlySet<Guid>> PinnedAsync(Guid organizationId, IReadOnlyCollection<Guid> sessionIds, CancellationToken cancellationToken);

    /// <summary>Deletes the events of turns of one session; of a pinned session none.</summary>
    Task DeleteAsync(Guid organizationId, Guid sessionId, IReadOnlyCollection<Guid> turnIds, CancellationToken cancellationToken);
}
