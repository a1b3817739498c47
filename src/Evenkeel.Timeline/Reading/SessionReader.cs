using Evenkeel.Accounts;
using Evenkeel.Contracts.Timeline;
using Evenkeel.Realtime;
using Evenkeel.Timeline.CustomEvents;

namespace Evenkeel.Timeline.Reading;

/// <summary>A session that somebody may look at.</summary>
/// <param name="Span">Where its events are.</param>
/// <param name="View">What is seen of them.</param>
internal sealed record OpenSession(SessionSpan Span, EventView View);

/// <summary>
/// Opens sessions to whoever may see them, and reads them as they see them. Owners, administrators and API keys see all sessions of the organization,
/// everybody else their own.
/// </summary>
internal sealed class SessionReader(ISessionOwners owners, ReadEvents events, EventTypeBooks books)
{
    /// <summary>Null when there is no such session, or when it is another's (never told apart).</summary>
    public async Task<OpenSession?> OpenAsync(Caller caller, Guid sessionId, string language, CancellationToken cancellationToken)
    {
        var view = new EventView(caller.OverseesOrganization, language);
        var span = await events.FindAsync(caller.OrganizationId, sessionId, cancellationToken);
        if (view.SeesAll && span is not null)
        {
            return new OpenSession(span, view);
        }

        var owner = await owners.FindOwnerAsync(caller.OrganizationId, sessionId, cancellationToken);
        return owner is null || !(view.SeesAll || owner == caller.UserId)
            ? null
            : new OpenSession(span ?? new SessionSpan { SessionId = sessionId, OrganizationId = caller.OrganizationId, LastSeq = 0 }, view);
    }

    /// <summary>Ascending by <c>seq</c>.</summary>
    public async Task<IReadOnlyList<TimelineEvent>> ReadAsync(OpenSession session, EventFilter filter, CancellationToken cancellationToken)
    {
        var types = await books.OfAsync(session.Span.OrganizationId, cancellationToken);
        return VisibleEvents.Narrow(filter, session.View, types) is { } narrowed
            ? [.. (await events.RunAsync(session.Span, narrowed, cancellationToken)).Select(row => VisibleEvents.Of(row, session.View, types)).OfType<TimelineEvent>()]
            : [];
    }
}
