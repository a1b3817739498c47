using Evenkeel.Accounts;
using Evenkeel.Contracts.Chatbots;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Chatbots;

/// <summary><c>POST /api/v1/chatbots/{id}/duplicate</c>: an unpublished copy with the same settings and knowledge.</summary>
internal sealed class DuplicateChatbot(
    Database database, IdSource ids, TimeProvider time, ChatbotDirectory directory, IEnumerable<IChatbotCopier> copiers)
{
    public static async Task<Results<Created<Chatbot>, ErrorResult>> HandleAsync(
        Guid id, Caller caller, DuplicateChatbot duplicate, CancellationToken cancellationToken) =>
        await duplicate.RunAsync(id, caller, cancellationToken) is { } chatbot
            ? TypedResults.Created($"/api/v1/chatbots/{chatbot.Id}", chatbot)
            : (ErrorResult)Error.NotFound;

    private async Task<Chatbot?> RunAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        if (await GetChatbot.LoadAsync(database, caller.OrganizationId, id, cancellationToken) is not { } original)
        {
            return null;
        }

        var copyId = ids.Next();
        var name = ChatbotRules.NameOfCopy(original.Name, caller.Locale);
        var now = time.GetUtcNow();
        var row = original with
        {
            Id = copyId,
            Name = name,
            Slug = ChatbotRules.MakeSlug(original.Name, copyId),
            Status = ChatbotStatus.Draft,
            CreatedAt = now,
            UpdatedAt = now,
        };
        await using var transaction = await database.BeginAsync(DataScope.Organization(caller.OrganizationId), cancellationToken);
        await InsertChatbot.InTransactionAsync(transaction, row, cancellationToken);
        foreach (var copier in copiers)
        {
            await copier.CopyInTransactionAsync(transaction, new ChatbotCopy(caller.OrganizationId, id, copyId), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        directory.Forget(caller.OrganizationId);
        return row.ToWire();
    }
}
