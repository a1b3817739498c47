using Evenkeel.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Chatbots;

/// <summary>
/// <c>DELETE /api/v1/chatbots/{id}?confirm={slug}</c>: the slug has to be repeated, so that no slip deletes a bot. The row stays and is
/// hidden; its conversations keep their history.
/// </summary>
internal static class DeleteChatbot
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        Guid id, string? confirm, Caller caller, [AsParameters] Services services, CancellationToken cancellationToken)
    {
        if (await GetChatbot.LoadAsync(services.Database, caller.OrganizationId, id, cancellationToken) is not { } row)
        {
            return (ErrorResult)Error.NotFound;
        }

        if (confirm != row.Slug)
        {
            return (ErrorResult)ChatbotErrors.NotConfirmed(row.Slug);
        }

        await services.Database.ExecuteAsync(
            DataScope.Organization(caller.OrganizationId),
            "UPDATE chatbots SET deleted_at = @now, updated_at = @now WHERE id = @id AND deleted_at IS NULL",
            new { id, now = services.Time.GetUtcNow() },
            cancellationToken);
        services.Directory.Forget(caller.OrganizationId);
        return TypedResults.NoContent();
    }

    internal readonly record struct Services(Database Database, TimeProvider Time, ChatbotDirectory Directory);
}
