using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Retention;

/// <summary>Why a session's events are kept beyond their time.</summary>
public static class PinKind
{
    /// <summary>Somebody wants to look at it later.</summary>
    public const string Pin = "pin";

    /// <summary>It must not be deleted.</summary>
    public const string LegalHold = "legal_hold";
}

/// <summary>Keeps the events of sessions whatever their time.</summary>
public interface ISessionPins
{
    /// <summary>Keeps them; a second time changes reason and author.</summary>
    /// <param name="organizationId">Whose sessions.</param>
    /// <param name="sessionIds">Those the organization does not have are left out.</param>
    /// <param name="pin">Why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Sessions kept by it now.</returns>
    Task<int> PinAsync(Guid organizationId, IReadOnlyCollection<Guid> sessionIds, SessionPin pin, CancellationToken cancellationToken);

    /// <summary>Keeps them no longer for this reason; what is over its time goes with the next retention run.</summary>
    /// <returns>Sessions that were kept.</returns>
    Task<int> UnpinAsync(Guid organizationId, IReadOnlyCollection<Guid> sessionIds, string kind, CancellationToken cancellationToken);

    /// <summary>The organization that a session belongs to; null when nothing was recorded of it. For the installation's operator only.</summary>
    Task<Guid?> OrganizationOfAsync(Guid sessionId, CancellationToken cancellationToken);
}

/// <param name="Kind">One of <see cref="PinKind"/>.</param>
/// <param name="Reason">The person's words; seen by owners and admins.</param>
/// <param name="Author">Display name, or <c>system</c>.</param>
public sealed record SessionPin(string Kind, string Reason, string Author);

/// <inheritdoc/>
internal sealed class PinSessions(Database database, TimeProvider time) : ISessionPins
{
    /// <inheritdoc/>
    public Task<int> PinAsync(Guid organizationId, IReadOnlyCollection<Guid> sessionIds, SessionPin pin, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.Organization(organizationId),
        """
        INSERT INTO timeline_pins (session_id, organization_id, kind, reason, author, created_at)
        SELECT session_id, organization_id, @Kind, @Reason, @Author, @now FROM timeline_sessions WHERE session_id = ANY (@ids) AND organization_id = @organizationId
        ON CONFLICT (session_id, kind) DO UPDATE SET reason = excluded.reason, author = excluded.author
        """,
        new { organizationId, ids = sessionIds.ToArray(), pin.Kind, pin.Reason, pin.Author, now = time.GetUtcNow().UtcDateTime },
        cancellationToken);

    /// <inheritdoc/>
    public Task<int> UnpinAsync(Guid organizationId, IReadOnlyCollection<Guid> sessionIds, string kind, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.Organization(organizationId),
        "DELETE FROM timeline_pins WHERE session_id = ANY (@ids) AND kind = @kind AND organization_id = @organizationId",
        new { organizationId, ids = sessionIds.ToArray(), kind },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Guid?> OrganizationOfAsync(Guid sessionId, CancellationToken cancellationToken) => database.QueryFirstOrDefaultAsync<Guid?>(
        DataScope.System, "SELECT organization_id FROM timeline_sessions WHERE session_id = @sessionId", new { sessionId }, cancellationToken);
}
