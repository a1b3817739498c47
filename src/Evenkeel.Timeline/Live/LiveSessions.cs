using Evenkeel.Realtime;

namespace Evenkeel.Timeline.Live;

/// <inheritdoc/>
internal sealed class LiveSessions(IEventFeeds feeds) : ILiveSessions
{
    /// <inheritdoc/>
    public bool IsWatched(Guid session) => feeds.IsWatched(session);
}
