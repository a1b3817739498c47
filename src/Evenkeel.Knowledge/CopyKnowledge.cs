using Dapper;
using Evenkeel.Chatbots;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Knowledge;

/// <summary>Gives a duplicated chatbot a copy of everything the original knows, without splitting or normalising again.</summary>
internal sealed class CopyKnowledge(IdSource ids) : IChatbotCopier
{
    public async Task CopyInTransactionAsync(ScopedTransaction transaction, ChatbotCopy copy, CancellationToken cancellationToken)
    {
        var sources = await NewIdsAsync(transaction, "knowledge_sources", copy, cancellationToken);
        var documents = await NewIdsAsync(transaction, "knowledge_documents", copy, cancellationToken);
        var passages = await NewIdsAsync(transaction, "knowledge_passages", copy, cancellationToken);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO knowledge_sources (id, organization_id, chatbot_id, name, kind, created_at)
            SELECT new_id, organization_id, @ToId, name, kind, created_at
            FROM knowledge_sources JOIN unnest(@sourceIds, @newSourceIds) AS map (old_id, new_id) ON id = old_id;

            INSERT INTO knowledge_documents (id, organization_id, chatbot_id, source_id, title, file_name, language, status, reason_code, content_hash,
                bytes, passage_count, created_at, updated_at)
            SELECT map.new_id, organization_id, @ToId, parent.new_id, title, file_name, language, status, reason_code, content_hash,
                bytes, passage_count, created_at, updated_at
            FROM knowledge_documents
            JOIN unnest(@documentIds, @newDocumentIds) AS map (old_id, new_id) ON id = map.old_id
            JOIN unnest(@sourceIds, @newSourceIds) AS parent (old_id, new_id) ON source_id = parent.old_id;

            INSERT INTO knowledge_passages (id, organization_id, chatbot_id, document_id, ordinal, heading_path, text, language, terms, frequencies,
                heading_terms, title_terms)
            SELECT map.new_id, organization_id, @ToId, parent.new_id, ordinal, heading_path, text, language, terms, frequencies,
                heading_terms, title_terms
            FROM knowledge_passages
            JOIN unnest(@passageIds, @newPassageIds) AS map (old_id, new_id) ON id = map.old_id
            JOIN unnest(@documentIds, @newDocumentIds) AS parent (old_id, new_id) ON document_id = parent.old_id;
            """,
            new
            {
                copy.ToId,
                sourceIds = sources.Old,
                newSourceIds = sources.New,
                documentIds = documents.Old,
                newDocumentIds = documents.New,
                passageIds = passages.Old,
                newPassageIds = passages.New,
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        await KnowledgeVersions.BumpInTransactionAsync(transaction, copy.OrganizationId, copy.ToId, cancellationToken);
    }

    /// <param name="transaction">The open transaction.</param>
    /// <param name="table">One of this module's tables; never from a request.</param>
    /// <param name="copy">What is copied.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private async Task<(Guid[] Old, Guid[] New)> NewIdsAsync(
        ScopedTransaction transaction, string table, ChatbotCopy copy, CancellationToken cancellationToken)
    {
        var old = (await transaction.Connection.QueryAsync<Guid>(new CommandDefinition(
            $"SELECT id FROM {table} WHERE chatbot_id = @FromId ORDER BY id",
            new { copy.FromId },
            transaction.Transaction,
            cancellationToken: cancellationToken))).ToArray();
        return (old, [.. old.Select(_ => ids.Next())]);
    }
}
