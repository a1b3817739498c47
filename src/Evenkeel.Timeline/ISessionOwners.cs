namespace Evenkeel.Timeline;

/// <summary>Whose a session is. Chat implements it over its conversations.</summary>
public interface ISessionOwners
{
    /// <summary>The person whose conversation it is; null when the organization has no such conversation, or it was deleted.</summary>
    Task<Guid?> FindOwnerAsync(Guid organizationId, Guid sessionId, CancellationToken cancellationToken);
}
