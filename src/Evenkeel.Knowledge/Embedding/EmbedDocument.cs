using Dapper;
using Evenkeel.Knowledge.Jobs;
using Evenkeel.Models;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Embedding;

/// <summary>
/// Makes vectors of a document's passages, batch by batch: what is stored is not done again, whoever ends in between, and a text that the organization
/// has already, in any document, costs nothing. The document answers meanwhile, by its words.
/// </summary>
internal sealed class EmbedDocument(Database database, IEmbeddings embeddings) : IJobHandler
{
    /// <summary>Some calls of the model for one transaction; seconds of work, which is what a lost process costs.</summary>
    private const int MostPassages = 128;

    private const string LivePassages =
        """
        knowledge_passages AS passage JOIN knowledge_documents AS document
            ON document.id = passage.document_id AND document.revision = passage.revision AND document.deleted_at IS NULL
        WHERE document.id = @DocumentId
        """;

    private const string HasVector =
        """
        EXISTS (SELECT FROM knowledge_vectors AS vector WHERE vector.organization_id = passage.organization_id AND vector.model = @space
                AND vector.text_hash = passage.text_hash)
        """;

    public string Lane => JobLane.Embed;

    public async Task RunAsync(JobContext context, CancellationToken cancellationToken)
    {
        if (!embeddings.IsConfigured)
        {
            return;
        }

        try
        {
            var space = await embeddings.KnownAsync(cancellationToken);
            await StoreHashesAsync(context, cancellationToken);
            await CountAsync(context, space, isComplete: false, cancellationToken);
            while (await NextAsync(context.Job, space, cancellationToken) is { Count: > 0 } passages)
            {
                var vectors = await embeddings.EmbedDocumentsAsync([.. passages.Select(passage => passage.EmbeddedText)], cancellationToken);
                await StoreAsync(context, space, passages, vectors, cancellationToken);
            }

            await CountAsync(context, space, isComplete: true, cancellationToken);
        }
        catch (ModelException failure)
        {
            throw new JobFailedException(KnowledgeReasons.EmbeddingsUnavailable, failure)
            {
                IsTransient = failure.Kind != ModelFailureKind.Rejected, RetryAfter = failure.RetryAfter,
            };
        }
    }

    /// <summary>The document is as it was: it answers by its words, shows how many of its passages have vectors, and is looked at again later.</summary>
    public Task FailInTransactionAsync(JobContext context, ScopedTransaction transaction, string reasonCode, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Passages of an older version came without.</summary>
    private static async Task StoreHashesAsync(JobContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await context.BeginAsync(cancellationToken);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE knowledge_passages
            SET text_hash = sha256(convert_to(array_to_string(heading_path, U&'\001F') || U&'\001F' || text, 'UTF8'))
            WHERE document_id = @DocumentId AND text_hash IS NULL
            """,
            new { context.Job.DocumentId },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private Task<IReadOnlyList<TextToEmbed>> NextAsync(Job job, string space, CancellationToken cancellationToken) =>
        database.QueryAsync<TextToEmbed>(
            DataScope.Organization(job.OrganizationId),
            $"""
            SELECT DISTINCT ON (text_hash) text_hash, heading_path, text FROM (
                SELECT text_hash, heading_path, text FROM {LivePassages} AND NOT {HasVector} ORDER BY ordinal LIMIT @MostPassages) AS next
            """,
            new { job.DocumentId, space, MostPassages },
            cancellationToken);

    private static async Task StoreAsync(
        JobContext context, string space, IReadOnlyList<TextToEmbed> passages, IReadOnlyList<float[]> vectors, CancellationToken cancellationToken)
    {
        await using var transaction = await context.BeginAsync(cancellationToken);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            $"""
            INSERT INTO knowledge_vectors (organization_id, model, text_hash, dimensions, vector)
            SELECT @OrganizationId, @space, text_hash, @dimensions, vector FROM unnest(@hashes, @vectors) AS given (text_hash, vector)
            ON CONFLICT DO NOTHING;

            UPDATE knowledge_documents SET embedded_passages = embedded_passages + (
                SELECT count(*) FROM {LivePassages} AND passage.text_hash = ANY(@hashes))
            WHERE id = @DocumentId AND embedding_model = @space;
            """,
            new
            {
                context.Job.OrganizationId,
                context.Job.DocumentId,
                space,
                dimensions = vectors[0].Length,
                hashes = passages.Select(passage => passage.TextHash).ToArray(),
                vectors = vectors.Select(vector => PackedVector.Pack(vector)).ToArray(),
            },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Writes how many passages have a vector; at the end also that indexes of vectors are out of date.</summary>
    private static async Task CountAsync(JobContext context, string space, bool isComplete, CancellationToken cancellationToken)
    {
        await using var transaction = await context.BeginAsync(cancellationToken);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            $"""
            UPDATE knowledge_documents SET embedding_model = @space, embedded_passages = (SELECT count(*) FROM {LivePassages} AND {HasVector})
            WHERE id = @DocumentId;

            UPDATE knowledge_versions SET vectors = vectors + 1 WHERE chatbot_id = @ChatbotId AND @isComplete;
            """,
            new { context.Job.DocumentId, context.Job.ChatbotId, space, isComplete },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        if (isComplete)
        {
            await context.EndInTransactionAsync(transaction, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private sealed record TextToEmbed
    {
        public required byte[] TextHash { get; init; }
        public required string[] HeadingPath { get; init; }
        public required string Text { get; init; }

        /// <summary>What the hash is of, as a model reads it best: where it stands, then what it says.</summary>
        public string EmbeddedText => HeadingPath.Length == 0 ? Text : $"{string.Join(" > ", HeadingPath)}\n{Text}";
    }
}
