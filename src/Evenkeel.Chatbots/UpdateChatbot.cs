using Evenkeel.Accounts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Evenkeel.Chatbots;

/// <summary><c>PATCH /api/v1/chatbots/{id}</c>, and publishing and unpublishing.</summary>
internal sealed class UpdateChatbot(Database database, TimeProvider time, ChatbotDirectory directory)
{
    public static async Task<Results<Ok<Chatbot>, ErrorResult>> HandleAsync(
        Guid id, ChatbotRequest request, Caller caller, UpdateChatbot update, CancellationToken cancellationToken) =>
        ChatbotRules.Check(request, isNew: false).TryGet(out var valid, out var error)
            ? Answer(await update.RunAsync(caller.OrganizationId, id, valid, null, cancellationToken))
            : (ErrorResult)error;

    public static async Task<Results<Ok<Chatbot>, ErrorResult>> PublishAsync(
        Guid id, Caller caller, UpdateChatbot update, CancellationToken cancellationToken) =>
        Answer(await update.RunAsync(caller.OrganizationId, id, new ChatbotRequest(), ChatbotStatus.Published, cancellationToken));

    public static async Task<Results<Ok<Chatbot>, ErrorResult>> UnpublishAsync(
        Guid id, Caller caller, UpdateChatbot update, CancellationToken cancellationToken) =>
        Answer(await update.RunAsync(caller.OrganizationId, id, new ChatbotRequest(), ChatbotStatus.Draft, cancellationToken));

    private static Results<Ok<Chatbot>, ErrorResult> Answer(Result<Chatbot> result) =>
        result.TryGet(out var chatbot, out var error) ? TypedResults.Ok(chatbot) : (ErrorResult)error;

    private async Task<Result<Chatbot>> RunAsync(
        Guid organizationId, Guid id, ChatbotRequest request, string? status, CancellationToken cancellationToken)
    {
        try
        {
            var row = await database.QueryFirstOrDefaultAsync<ChatbotRow>(
                DataScope.Organization(organizationId),
                $"""
                UPDATE chatbots SET name = coalesce(@Name, name), slug = coalesce(@Slug, slug), description = coalesce(@Description, description),
                    welcome_message = coalesce(@WelcomeMessage, welcome_message), status = coalesce(@status, status), updated_at = @now
                WHERE id = @id AND organization_id = @organizationId AND deleted_at IS NULL
                RETURNING {ChatbotRow.Columns}
                """,
                new { id, organizationId, status, request.Name, request.Slug, request.Description, request.WelcomeMessage, now = time.GetUtcNow() },
                cancellationToken);
            directory.Forget(organizationId);
            return row is null ? Error.NotFound : row.ToWire();
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return ChatbotErrors.SlugTaken;
        }
    }
}
