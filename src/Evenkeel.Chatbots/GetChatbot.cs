using Evenkeel.Accounts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Chatbots;

/// <summary><c>GET /api/v1/chatbots/{id}</c>.</summary>
internal static class GetChatbot
{
    public static async Task<Results<Ok<Chatbot>, ErrorResult>> HandleAsync(
        Guid id, Caller caller, Database database, CancellationToken cancellationToken) =>
        await LoadAsync(database, caller.OrganizationId, id, cancellationToken) is { } row
            ? TypedResults.Ok(row.ToWire())
            : (ErrorResult)Error.NotFound;

    /// <summary>The row as it stands now, past the directory's memory; null when there is none.</summary>
    public static Task<ChatbotRow?> LoadAsync(Database database, Guid organizationId, Guid id, CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<ChatbotRow>(
            DataScope.Organization(organizationId),
            $"SELECT {ChatbotRow.Columns} FROM chatbots WHERE id = @id AND organization_id = @organizationId AND deleted_at IS NULL",
            new { id, organizationId },
            cancellationToken);
}
