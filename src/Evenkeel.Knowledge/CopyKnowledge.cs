using Dapper;
using Evenkeel.Chatbots;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Knowledge;

/// <summary>Gives a duplicated chatbot a copy of everything the original knows, without reading anything again. What the original is still reading, or could
/// not read, is not copied.</summary>
internal sealed class CopyKnowledge(IdSource ids) : IChatbotCopier
{
    private const string LiveDocuments =
        """
        knowledge_documents AS document JOIN knowledge_sources AS source ON source.id = document.source_id AND source.deleted_at IS NULL
        WHERE document.deleted_at IS NULL AND document.revision > 0 AND document
        """;

    private const string LivePassages =
        """
        knowledge_passages AS passage JOIN knowledge_documents AS document
            ON document.id = passage.document_id AND document.revision = passage.revision AND document.deleted_at IS NULL
        JOIN knowledge_sources AS source ON source.id = document.source_id AND source.deleted_at IS NULL
        WHERE passage
        """;

    public async Task CopyInTransactionAsync(ScopedTransaction transaction, ChatbotCopy copy, CancellationToken cancellationToken)
    {
        var sources = await NewIdsAsync(transaction, "knowledge_sources AS source WHERE source.deleted_at IS NULL AND source", copy, cancellationToken);
        var documents = await NewIdsAsync(transaction, LiveDocuments, copy, cancellationToken);
        var passages = await NewIdsAsync(transaction, LivePassages, copy, cancellationToken);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO knowledge_sources (id, organization_id, chatbot_id, name, kind, visibility, web, fetched_at, next_fetch_at, created_at)
            SELECT new_id, organization_id, @ToId, name, kind, visibility, web, fetched_at, next_fetch_at, created_at
            FROM knowledge_sources JOIN unnest(@sourceIds, @newSourceIds) AS map (old_id, new_id) ON id = old_id;

            INSERT INTO knowledge_documents (id, organization_id, chatbot_id, source_id, title, given_title, file_name, url, etag, last_modified, fetched_at,
                language, status, content_hash, content_id, bytes, pages, passage_count, revision, created_at, updated_at)
            SELECT map.new_id, organization_id, @ToId, parent.new_id, title, given_title, file_name, url, etag, last_modified, fetched_at,
                language, 'ready', content_hash, content_id, bytes, pages, passage_count, 1, created_at, updated_at
            FROM knowledge_documents
            JOIN unnest(@documentIds, @newDocumentIds) AS map (old_id, new_id) ON id = map.old_id
            JOIN unnest(@sourceIds, @newSourceIds) AS parent (old_id, new_id) ON source_id = parent.old_id;

            INSERT INTO knowledge_passages (id, organization_id, chatbot_id, document_id, revision, ordinal, heading_path, text, language, place, analysis,
                text_hash, terms, frequencies, heading_terms, title_terms)
            SELECT map.new_id, passage.organization_id, @ToId, parent.new_id, 1, ordinal, heading_path, text, passage.language, place, analysis,
                text_hash, terms, frequencies, heading_terms, title_terms
            FROM knowledge_passages AS passage
            JOIN unnest(@passageIds, @newPassageIds) AS map (old_id, new_id) ON passage.id = map.old_id
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
    /// <param name="rows">What stands after FROM, ending with the name of the row that is copied; never from a request.</param>
    /// <param name="copy">What is copied.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private async Task<(Guid[] Old, Guid[] New)> NewIdsAsync(
        ScopedTransaction transaction, string rows, ChatbotCopy copy, CancellationToken cancellationToken)
    {
        var old = (await transaction.Connection.QueryAsync<Guid>(new CommandDefinition(
            $"SELECT {rows.Split(' ')[^1].Trim()}.id FROM {rows}.chatbot_id = @FromId ORDER BY 1",
            new { copy.FromId },
            transaction.Transaction,
            cancellationToken: cancellationToken))).ToArray();
        return (old, [.. old.Select(_ => ids.Next())]);
    }
}
