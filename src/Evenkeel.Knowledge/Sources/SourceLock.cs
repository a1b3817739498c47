using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Sources;

/// <summary>Lets changes to one source happen one after another, so that two uploads of one name cannot meet.</summary>
internal static class SourceLock
{
    /// <returns>False when there is no such source.</returns>
    public static async Task<bool> TakeInTransactionAsync(
        ScopedTransaction transaction, Guid chatbotId, Guid sourceId, CancellationToken cancellationToken) =>
        await transaction.Connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            "SELECT id FROM knowledge_sources WHERE id = @sourceId AND chatbot_id = @chatbotId AND deleted_at IS NULL FOR UPDATE",
            new { sourceId, chatbotId },
            transaction.Transaction,
            cancellationToken: cancellationToken)) is not null;
}
