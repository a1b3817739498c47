using Evenkeel.Accounts;
using Evenkeel.Contracts.Timeline;

namespace Evenkeel.Realtime;

/// <summary>Where timeline events are kept, and who sees what of them. Timeline implements it; sockets read it to catch up.</summary>
public interface ISessionEvents
{
    /// <summary>How this caller sees a session; null when there is none, or when it is another's (never told apart).</summary>
    Task<EventAccess?> OpenAsync(Caller caller, Guid sessionId, string language, CancellationToken cancellationToken);

    /// <summary>All events with <c>seq</c> above <paramref name="afterSeq"/>, ascending, at most <paramref name="limit"/>, seen by everybody or not.</summary>
    Task<IReadOnlyList<SessionEvent>> ReadAfterAsync(EventAccess access, long afterSeq, int limit, CancellationToken cancellationToken);
}

/// <summary>A session that somebody may look at.</summary>
/// <param name="OrganizationId">Its tenant.</param>
/// <param name="SessionId">Which.</param>
/// <param name="LastSeq">The newest <c>seq</c>; 0 when nothing was recorded yet.</param>
/// <param name="View">What is seen of it.</param>
public sealed record EventAccess(Guid OrganizationId, Guid SessionId, long LastSeq, EventView View);

/// <summary>What somebody sees of a session's events.</summary>
/// <param name="SeesAll">Everything; otherwise only what a conversation's own person may see.</param>
/// <param name="Language"><c>en</c> or <c>zh</c>: of the texts.</param>
public readonly record struct EventView(bool SeesAll, string Language);

/// <summary>A recorded event before it is known who looks.</summary>
public abstract class SessionEvent
{
    /// <summary>Gap-free within the session.</summary>
    public abstract long Seq { get; }

    /// <summary>Its type.</summary>
    public abstract string EventType { get; }

    /// <summary>The event as it is seen; null where it is not.</summary>
    public abstract TimelineEvent? For(EventView view);
}

/// <summary>The sessions whose events somebody here wants to see as they happen.</summary>
public interface IEventFeeds
{
    /// <summary>Whether anybody does. A dictionary look-up.</summary>
    bool IsWatched(Guid sessionId);

    /// <summary>How far each of them has come. Empty, and free of cost, mostly.</summary>
    IReadOnlyList<EventFeedPosition> Positions();

    /// <summary>
    /// Hands on what was read after <paramref name="from"/>, a position that <see cref="Positions"/> gave; dropped when the feed has not come that far any more.
    /// Never waits for a client.
    /// </summary>
    /// <param name="from">Where the read began.</param>
    /// <param name="events">Ascending.</param>
    /// <param name="through">The position afterwards: no event up to it is missing.</param>
    void Deliver(EventFeedPosition from, IReadOnlyList<SessionEvent> events, long through);
}

/// <summary>A session somebody watches.</summary>
/// <param name="OrganizationId">Its tenant.</param>
/// <param name="SessionId">Which.</param>
/// <param name="Seq">Everything up to here has been handed on.</param>
public readonly record struct EventFeedPosition(Guid OrganizationId, Guid SessionId, long Seq);
