using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Chatbots;

/// <summary>The one INSERT, shared by creating, duplicating and registering.</summary>
internal static class InsertChatbot
{
    /// <returns>False when the slug is taken.</returns>
    public static async Task<bool> InTransactionAsync(ScopedTransaction transaction, ChatbotRow row, CancellationToken cancellationToken)
    {
        var inserted = await transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO chatbots (id, organization_id, name, slug, description, welcome_message, status, settings, created_at, updated_at)
            VALUES (@Id, @OrganizationId, @Name, @Slug, @Description, @WelcomeMessage, @Status, @Settings::jsonb, @CreatedAt, @UpdatedAt)
            ON CONFLICT (slug) WHERE deleted_at IS NULL DO NOTHING
            """,
            row,
            transaction.Transaction,
            cancellationToken: cancellationToken));
        return inserted == 1;
    }
}
