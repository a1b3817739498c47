using Evenkeel.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Chatbots;

/// <summary>Gives a new organization its first chatbot, in the owner's language. Knowledge fills it with the user guide.</summary>
internal sealed class FirstChatbot(IdSource ids, TimeProvider time) : IOrganizationInitializer
{
    public Task InitializeAsync(ScopedTransaction transaction, NewOrganization organization, CancellationToken cancellationToken)
    {
        var isChinese = organization.Locale == "zh";
        var id = ids.Next();
        var now = time.GetUtcNow();
        var row = new ChatbotRow
        {
            Id = id,
            OrganizationId = organization.Id,
            Name = isChinese ? "Evenkeel 指南" : "Evenkeel guide",
            Slug = ChatbotRules.MakeSlug("Evenkeel guide", id),
            Description = isChinese ? "根据 Evenkeel 自己的文档回答问题。" : "Answers from Evenkeel's own documentation.",
            WelcomeMessage = isChinese
                ? "你好！我会根据 Evenkeel 的用户指南回答问题，并注明出处。想了解什么？"
                : "Hello! I answer from Evenkeel's user guide and cite where it is written. What would you like to know?",
            Status = ChatbotStatus.Draft,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return InsertChatbot.InTransactionAsync(transaction, row, cancellationToken);
    }
}
