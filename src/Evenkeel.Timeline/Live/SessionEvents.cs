using Evenkeel.Accounts;
using Evenkeel.Realtime;
using Evenkeel.Timeline.CustomEvents;
using Evenkeel.Timeline.Reading;

namespace Evenkeel.Timeline.Live;

/// <summary>What sockets read to catch up: the same rows as by REST.</summary>
internal sealed class SessionEvents(SessionReader reader, ReadEvents events, EventTypeBooks books) : ISessionEvents
{
    /// <inheritdoc/>
    public async Task<EventAccess?> OpenAsync(Caller caller, Guid sessionId, string language, CancellationToken cancellationToken) =>
        await reader.OpenAsync(caller, sessionId, language, cancellationToken) is { } session
            ? new EventAccess(session.Span.OrganizationId, sessionId, session.Span.LastSeq, session.View)
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SessionEvent>> ReadAfterAsync(EventAccess access, long afterSeq, int limit, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganizationId, access.SessionId, cancellationToken) is not { } span)
        {
            return [];
        }

        var types = await books.OfAsync(access.OrganizationId, cancellationToken);
        var rows = await events.RunAsync(span, new EventFilter { AfterSeq = afterSeq, Limit = limit }, cancellationToken);
        return [.. rows.Select(row => new StoredEvent(row, types))];
    }
}
