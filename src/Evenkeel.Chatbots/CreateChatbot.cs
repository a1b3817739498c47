using Evenkeel.Accounts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Chatbots;

/// <summary><c>POST /api/v1/chatbots</c>.</summary>
internal sealed class CreateChatbot(Database database, IdSource ids, TimeProvider time, ChatbotDirectory directory)
{
    public static async Task<Results<Created<Chatbot>, ErrorResult>> HandleAsync(
        ChatbotRequest request, Caller caller, CreateChatbot create, CancellationToken cancellationToken)
    {
        var result = await create.RunAsync(request, caller.OrganizationId, cancellationToken);
        return result.TryGet(out var chatbot, out var error)
            ? TypedResults.Created($"/api/v1/chatbots/{chatbot.Id}", chatbot)
            : (ErrorResult)error;
    }

    private async Task<Result<Chatbot>> RunAsync(ChatbotRequest request, Guid organizationId, CancellationToken cancellationToken)
    {
        if (!ChatbotRules.Check(request, isNew: true).TryGet(out var valid, out var error))
        {
            return error;
        }

        var id = ids.Next();
        var now = time.GetUtcNow();
        var row = new ChatbotRow
        {
            Id = id,
            OrganizationId = organizationId,
            Name = valid.Name!,
            Slug = valid.Slug ?? ChatbotRules.MakeSlug(valid.Name!, id),
            Description = valid.Description ?? "",
            WelcomeMessage = valid.WelcomeMessage ?? "",
            Status = ChatbotStatus.Draft,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        if (!await InsertChatbot.InTransactionAsync(transaction, row, cancellationToken))
        {
            return ChatbotErrors.SlugTaken;
        }

        await transaction.CommitAsync(cancellationToken);
        directory.Forget(organizationId);
        return row.ToWire();
    }
}
