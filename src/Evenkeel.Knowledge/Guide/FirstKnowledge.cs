using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Knowledge.Ingestion;
using Evenkeel.Knowledge.Sources;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Knowledge.Guide;

/// <summary>
/// Gives the first chatbot of a new organization the user guide in both languages, read already: whoever registers can ask at once. Runs after
/// Chatbots' initializer.
/// </summary>
internal sealed class FirstKnowledge(GuideDocuments guide, StorePassages store, IdSource ids, TimeProvider time) : IOrganizationInitializer
{
    public async Task InitializeAsync(ScopedTransaction transaction, NewOrganization organization, CancellationToken cancellationToken)
    {
        var sourceId = ids.Next();
        var chatbotId = await transaction.Connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            """
            INSERT INTO knowledge_sources (id, organization_id, chatbot_id, name, kind, created_at)
            SELECT @sourceId, organization_id, id, @name, @kind, @now FROM chatbots WHERE organization_id = @Id ORDER BY id LIMIT 1
            RETURNING chatbot_id
            """,
            new
            {
                sourceId, organization.Id, kind = SourceKind.Guide, now = time.GetUtcNow(),
                name = organization.Locale == "zh" ? "Evenkeel 用户指南" : "Evenkeel user guide",
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        if (chatbotId is { } id)
        {
            await StoreAsync(transaction, new StoreTarget(organization.Id, id, sourceId), await guide.PreparedAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task StoreAsync(
        ScopedTransaction transaction, StoreTarget target, IReadOnlyList<GuideDocument> documents, CancellationToken cancellationToken)
    {
        var rows = documents.Select(document => (Id: ids.Next(), Document: document)).ToList();
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO knowledge_documents (id, organization_id, chatbot_id, source_id, title, file_name, language, status, content_hash, bytes,
                passage_count, revision, created_at, updated_at)
            SELECT id, @OrganizationId, @ChatbotId, @SourceId, title, file_name, language, 'ready', hash, bytes, passage_count, 1, @now, @now
            FROM unnest(@ids, @titles, @names, @languages, @hashes, @sizes, @counts) AS given (id, title, file_name, language, hash, bytes, passage_count)
            """,
            new
            {
                target.OrganizationId,
                target.ChatbotId,
                target.SourceId,
                now = time.GetUtcNow(),
                ids = rows.ConvertAll(row => row.Id).ToArray(),
                titles = rows.ConvertAll(row => row.Document.Title).ToArray(),
                names = rows.ConvertAll(row => row.Document.FileName).ToArray(),
                languages = rows.ConvertAll(row => row.Document.Language).ToArray(),
                hashes = rows.ConvertAll(row => row.Document.Hash).ToArray(),
                sizes = rows.ConvertAll(row => row.Document.Bytes).ToArray(),
                counts = rows.ConvertAll(row => row.Document.Passages.Count).ToArray(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        await store.InTransactionAsync(
            transaction,
            target,
            [.. rows.SelectMany(row => row.Document.Passages.Select((passage, ordinal) => (row.Id, 1, ordinal, passage)))],
            cancellationToken);
        await KnowledgeVersions.BumpInTransactionAsync(transaction, target.OrganizationId, target.ChatbotId, cancellationToken);
    }
}
