using Evenkeel.Platform.Data;
using Evenkeel.Timeline;

namespace Evenkeel.Chat.Threads;

/// <summary>A session of the timeline is a conversation.</summary>
internal sealed class SessionOwners(Database database) : ISessionOwners
{
    /// <inheritdoc/>
    public Task<Guid?> FindOwnerAsync(Guid organizationId, Guid sessionId, CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<Guid?>(
            DataScope.Organization(organizationId),
            "SELECT user_id FROM conversations WHERE id = @sessionId AND deleted_at IS NULL",
            new { sessionId },
            cancellationToken);
}
