using Evenkeel.Platform.Data;

namespace Evenkeel.Chatbots;

/// <summary>A chatbot that is being duplicated.</summary>
/// <param name="OrganizationId">The tenant of both.</param>
/// <param name="FromId">The original.</param>
/// <param name="ToId">The duplicate, already stored.</param>
public sealed record ChatbotCopy(Guid OrganizationId, Guid FromId, Guid ToId);

/// <summary>Copies what another module keeps for a chatbot when it is duplicated, in the same transaction.</summary>
public interface IChatbotCopier
{
    /// <summary>Adds rows; must not commit.</summary>
    Task CopyInTransactionAsync(ScopedTransaction transaction, ChatbotCopy copy, CancellationToken cancellationToken);
}
