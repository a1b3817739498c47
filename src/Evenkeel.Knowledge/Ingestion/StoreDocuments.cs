using Dapper;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;

namespace Evenkeel.Knowledge.Ingestion;

/// <summary>Where documents are stored.</summary>
internal sealed record StoreTarget(Guid OrganizationId, Guid ChatbotId, Guid SourceId);

/// <summary>
/// Writes prepared documents set-based: one statement for the documents, one for all their passages, however many there are.
/// A document of a name the source has already takes its place and keeps its id.
/// </summary>
internal sealed class StoreDocuments(IdSource ids, TimeProvider time)
{
    /// <summary>Stands between the elements of an array that travels as text, because unnest() cannot keep rows of arrays apart.</summary>
    private const char Separator = '\u001F';

    /// <summary>Stores the documents and raises the knowledge version; the caller holds the lock on the source's row and commits.</summary>
    /// <returns>The new version and what became of each document.</returns>
    public async Task<(long Version, IReadOnlyList<UploadedDocument> Documents)> InTransactionAsync(
        ScopedTransaction transaction, StoreTarget target, IReadOnlyList<PreparedDocument> documents, CancellationToken cancellationToken)
    {
        var existing = await FindExistingAsync(transaction, target, documents, cancellationToken);
        var plans = documents.Select(document => Plan.Of(document, existing.GetValueOrDefault(document.Source.FileName), ids)).ToList();
        var changed = plans.Where(plan => plan.Outcome != Plan.Unchanged).ToList();
        var version = 0L;
        if (changed.Count > 0)
        {
            await UpsertDocumentsAsync(transaction, target, changed, cancellationToken);
            await InsertPassagesAsync(transaction, target, changed, cancellationToken);
            version = await KnowledgeVersions.BumpInTransactionAsync(transaction, target.OrganizationId, target.ChatbotId, cancellationToken);
        }

        var rows = await LoadAsync(transaction, plans, cancellationToken);
        return (version, plans.ConvertAll(plan => new UploadedDocument { Document = rows[plan.DocumentId].ToWire("en"), Outcome = plan.Outcome }));
    }

    /// <summary>The same for a source known to be empty, without reading anything back: registration.</summary>
    public async Task<long> FirstInTransactionAsync(
        ScopedTransaction transaction, StoreTarget target, IReadOnlyList<PreparedDocument> documents, CancellationToken cancellationToken)
    {
        var plans = documents.Select(document => Plan.Of(document, null, ids)).ToList();
        await UpsertDocumentsAsync(transaction, target, plans, cancellationToken);
        await InsertPassagesAsync(transaction, target, plans, cancellationToken);
        return await KnowledgeVersions.BumpInTransactionAsync(transaction, target.OrganizationId, target.ChatbotId, cancellationToken);
    }

    private static async Task<Dictionary<string, ExistingDocument>> FindExistingAsync(
        ScopedTransaction transaction, StoreTarget target, IReadOnlyList<PreparedDocument> documents, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection.QueryAsync<ExistingDocument>(new CommandDefinition(
            "SELECT id, file_name, content_hash, title FROM knowledge_documents WHERE source_id = @SourceId AND file_name = ANY(@names)",
            new { target.SourceId, names = documents.Select(document => document.Source.FileName).ToArray() },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.FileName, StringComparer.Ordinal);
    }

    private Task UpsertDocumentsAsync(
        ScopedTransaction transaction, StoreTarget target, IReadOnlyList<Plan> plans, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            DELETE FROM knowledge_passages WHERE document_id = ANY(@replaced);
            INSERT INTO knowledge_documents (id, organization_id, chatbot_id, source_id, title, file_name, language, status, content_hash, bytes,
                passage_count, created_at, updated_at)
            SELECT id, @OrganizationId, @ChatbotId, @SourceId, title, file_name, language, 'ready', content_hash, bytes, passage_count, @now, @now
            FROM unnest(@ids, @titles, @names, @languages, @hashes, @sizes, @counts)
                AS given (id, title, file_name, language, content_hash, bytes, passage_count)
            ON CONFLICT (source_id, file_name) WHERE deleted_at IS NULL DO UPDATE SET title = excluded.title, language = excluded.language, status = 'ready', reason_code = NULL,
                content_hash = excluded.content_hash, bytes = excluded.bytes, passage_count = excluded.passage_count, updated_at = excluded.updated_at;
            """,
            new
            {
                target.OrganizationId,
                target.ChatbotId,
                target.SourceId,
                now = time.GetUtcNow(),
                replaced = plans.Where(plan => plan.Outcome == Plan.Replaced).Select(plan => plan.DocumentId).ToArray(),
                ids = plans.Select(plan => plan.DocumentId).ToArray(),
                titles = plans.Select(plan => plan.Document.Title).ToArray(),
                names = plans.Select(plan => plan.Document.Source.FileName).ToArray(),
                languages = plans.Select(plan => plan.Document.Language).ToArray(),
                hashes = plans.Select(plan => plan.Document.Source.ContentHash).ToArray(),
                sizes = plans.Select(plan => plan.Document.Source.Bytes).ToArray(),
                counts = plans.Select(plan => plan.Document.Passages.Count).ToArray(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));

    private Task InsertPassagesAsync(
        ScopedTransaction transaction, StoreTarget target, IReadOnlyList<Plan> plans, CancellationToken cancellationToken)
    {
        var rows = plans.SelectMany(plan => plan.Document.Passages.Select((passage, ordinal) => (plan.DocumentId, Ordinal: ordinal, Passage: passage))).ToList();
        return transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO knowledge_passages (id, organization_id, chatbot_id, document_id, ordinal, heading_path, text, language, terms,
                frequencies, heading_terms, title_terms)
            SELECT id, @OrganizationId, @ChatbotId, document_id, ordinal, string_to_array(heading_path, @separator), text, language,
                string_to_array(terms, @separator), string_to_array(frequencies, @separator)::smallint[],
                string_to_array(heading_terms, @separator), string_to_array(title_terms, @separator)
            FROM unnest(@ids, @documents, @ordinals, @headingPaths, @texts, @languages, @terms, @frequencies, @headingTerms, @titleTerms)
                AS given (id, document_id, ordinal, heading_path, text, language, terms, frequencies, heading_terms, title_terms)
            """,
            new
            {
                target.OrganizationId,
                target.ChatbotId,
                separator = Separator.ToString(),
                ids = rows.Select(_ => ids.Next()).ToArray(),
                documents = rows.Select(row => row.DocumentId).ToArray(),
                ordinals = rows.Select(row => row.Ordinal).ToArray(),
                headingPaths = rows.Select(row => Joined(row.Passage.HeadingPath.Select(heading => heading.Replace(Separator, ' ')))).ToArray(),
                texts = rows.Select(row => row.Passage.Text).ToArray(),
                languages = rows.Select(row => row.Passage.Language).ToArray(),
                terms = rows.Select(row => Joined(row.Passage.Terms)).ToArray(),
                frequencies = rows.Select(row => Joined(row.Passage.Frequencies)).ToArray(),
                headingTerms = rows.Select(row => Joined(row.Passage.HeadingTerms)).ToArray(),
                titleTerms = rows.Select(row => Joined(row.Passage.TitleTerms)).ToArray(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
    }

    private static async Task<Dictionary<Guid, DocumentRow>> LoadAsync(
        ScopedTransaction transaction, IReadOnlyList<Plan> plans, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection.QueryAsync<DocumentRow>(new CommandDefinition(
            $"SELECT {DocumentRow.Columns} FROM knowledge_documents WHERE id = ANY(@ids)",
            new { ids = plans.Select(plan => plan.DocumentId).ToArray() },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        return rows.ToDictionary(row => row.Id);
    }

    private static string Joined<T>(IEnumerable<T> values) => string.Join(Separator, values);

    private sealed record ExistingDocument
    {
        public Guid Id { get; init; }
        public string FileName { get; init; } = "";
        public string Title { get; init; } = "";
        public byte[] ContentHash { get; init; } = [];
    }

    private sealed record Plan(Guid DocumentId, string Outcome, PreparedDocument Document)
    {
        public const string Unchanged = "unchanged";
        public const string Replaced = "replaced";
        private const string Created = "created";

        public static Plan Of(PreparedDocument document, ExistingDocument? existing, IdSource ids) => existing switch
        {
            null => new Plan(ids.Next(), Created, document),
            _ when existing.Title == document.Title && existing.ContentHash.AsSpan().SequenceEqual(document.Source.ContentHash) =>
                new Plan(existing.Id, Unchanged, document),
            _ => new Plan(existing.Id, Replaced, document),
        };
    }
}
