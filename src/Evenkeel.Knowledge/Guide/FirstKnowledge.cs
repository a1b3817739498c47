using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Knowledge.Guide;

/// <summary>Gives the first chatbot of a new organization the user guide in both languages. Runs after Chatbots' initializer.</summary>
internal sealed class FirstKnowledge(GuideDocuments guide, StoreDocuments store, IdSource ids, TimeProvider time) : IOrganizationInitializer
{
    public async Task InitializeAsync(ScopedTransaction transaction, NewOrganization organization, CancellationToken cancellationToken)
    {
        var sourceId = ids.Next();
        var chatbotId = await transaction.Connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            """
            INSERT INTO knowledge_sources (id, organization_id, chatbot_id, name, kind, created_at)
            SELECT @sourceId, organization_id, id, @name, 'guide', @now FROM chatbots WHERE organization_id = @Id ORDER BY id LIMIT 1
            RETURNING chatbot_id
            """,
            new { sourceId, organization.Id, name = organization.Locale == "zh" ? "Evenkeel 用户指南" : "Evenkeel user guide", now = time.GetUtcNow() },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        if (chatbotId is { } id)
        {
            var target = new StoreTarget(organization.Id, id, sourceId);
            await store.FirstInTransactionAsync(transaction, target, await guide.PreparedAsync(cancellationToken), cancellationToken);
        }
    }
}
