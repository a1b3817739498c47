using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Chatbots;

/// <summary><c>GET/PUT /api/v1/chatbots/{id}/settings</c>.</summary>
internal static class ChatbotSettingsEndpoints
{
    public static async Task<Results<Ok<ChatbotSettings>, ErrorResult>> GetAsync(
        Guid id, Caller caller, Database database, CancellationToken cancellationToken) =>
        await GetChatbot.LoadAsync(database, caller.OrganizationId, id, cancellationToken) is { } row
            ? TypedResults.Ok(row.ReadSettings())
            : (ErrorResult)Error.NotFound;

    public static async Task<Results<Ok<ChatbotSettings>, ErrorResult>> PutAsync(
        Guid id, ChatbotSettingsRequest request, Caller caller, [AsParameters] Services services, CancellationToken cancellationToken)
    {
        if (!ChatbotRules.Check(request).TryGet(out var settings, out var error))
        {
            return (ErrorResult)error;
        }

        var updated = await services.Database.ExecuteAsync(
            DataScope.Organization(caller.OrganizationId),
            """
            UPDATE chatbots SET settings = @settings::jsonb, updated_at = @now
            WHERE id = @id AND organization_id = @OrganizationId AND deleted_at IS NULL
            """,
            new { id, caller.OrganizationId, settings = JsonSerializer.Serialize(settings, Wire.Json), now = services.Time.GetUtcNow() },
            cancellationToken);
        services.Directory.Forget(caller.OrganizationId);
        return updated == 0 ? (ErrorResult)Error.NotFound : TypedResults.Ok(settings);
    }

    internal readonly record struct Services(Database Database, TimeProvider Time, ChatbotDirectory Directory);
}
