using System.Globalization;
using Evenkeel.Knowledge.Embedding;
using Evenkeel.Models;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Search.Vectors.PgVector;

/// <summary>
/// Carries vectors of live passages into the table that pgvector searches, and takes out those of passages that are not live any more, which a search
/// passes over from the moment they are not. Nothing to do where the search is exact.
/// </summary>
internal sealed class FillVectorTable(
    Database database, PgVectorTable table, ChosenVectorSearch chosen, IEmbeddings embeddings, TimeProvider time, ILogger<FillVectorTable> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(1))
{
    private const int MostDocuments = 20;
    private const int MostRemoved = 5_000;

    private long _seen = -1;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!embeddings.IsConfigured || embeddings.Space.Length == 0 || !await chosen.IsPgVectorAsync(cancellationToken))
        {
            return false;
        }

        // Rises with every change anywhere: while it does not, there is nothing to look for.
        var changes = await database.QueryFirstOrDefaultAsync<long>(
            DataScope.System, "SELECT coalesce(sum(version + vectors), 0)::bigint FROM knowledge_versions", null, cancellationToken);
        if (changes == _seen)
        {
            return false;
        }

        var documents = await MissingAsync(cancellationToken);
        foreach (var document in documents)
        {
            await FillAsync(document, cancellationToken);
        }

        var removed = await RemoveAsync(cancellationToken);
        var isMore = documents.Count == MostDocuments || removed == MostRemoved;
        _seen = isMore ? _seen : changes;
        return isMore;
    }

    private Task<IReadOnlyList<Document>> MissingAsync(CancellationToken cancellationToken) =>
        database.QueryAsync<Document>(
            DataScope.System,
            $"""
            SELECT document.id, document.organization_id, document.chatbot_id, document.revision
            FROM knowledge_documents AS document JOIN knowledge_sources AS source ON source.id = document.source_id AND source.deleted_at IS NULL
            WHERE document.deleted_at IS NULL AND document.passage_count > 0 AND document.embedding_model = @Space
              AND document.embedded_passages = document.passage_count
              AND NOT EXISTS (SELECT FROM {table.Name} AS known WHERE known.document_id = document.id AND known.revision = document.revision AND known.model = @Space)
            LIMIT @MostDocuments
            """,
            new { embeddings.Space, MostDocuments },
            cancellationToken);

    /// <summary>One document in one transaction, so that none is there in part.</summary>
    private async Task FillAsync(Document document, CancellationToken cancellationToken)
    {
        var (space, dimensions) = (embeddings.Space, embeddings.Dimensions);
        var passages = await database.QueryAsync<Passage>(
            DataScope.Organization(document.OrganizationId),
            """
            SELECT passage.id, vector.vector FROM knowledge_passages AS passage JOIN knowledge_vectors AS vector
                ON vector.organization_id = passage.organization_id AND vector.model = @space AND vector.text_hash = passage.text_hash
            WHERE passage.document_id = @Id AND passage.revision = @Revision AND vector.dimensions = @dimensions
            """,
            new { space, dimensions, document.Id, document.Revision },
            cancellationToken);
        await using var batch = database.CreateBatch(DataScope.Organization(document.OrganizationId), isRepeatable: true)
            .Add($"DELETE FROM {table.Name} WHERE document_id = $1", Sql.Value(document.Id));
        foreach (var passage in passages)
        {
            var vector = new float[dimensions];
            PackedVector.TryUnpack(passage.Vector, vector);
            batch.Add(
                $"""
                INSERT INTO {table.Name} (passage_id, organization_id, chatbot_id, document_id, revision, model, embedding)
                VALUES ($1, $2, $3, $4, $5, $6, $7::real[]::halfvec({dimensions.ToString(CultureInfo.InvariantCulture)})) ON CONFLICT DO NOTHING
                """,
                Sql.Value(passage.Id), Sql.Value(document.OrganizationId), Sql.Value(document.ChatbotId), Sql.Value(document.Id), Sql.Value(document.Revision),
                Sql.Value(space), Sql.Value(vector));
        }

        await batch.ExecuteAsync(cancellationToken);
    }

    private Task<int> RemoveAsync(CancellationToken cancellationToken) =>
        database.ExecuteAsync(
            DataScope.System,
            $"""
            DELETE FROM {table.Name} WHERE passage_id IN (
                SELECT known.passage_id FROM {table.Name} AS known WHERE known.model <> @Space OR NOT EXISTS (
                    SELECT FROM knowledge_documents AS document JOIN knowledge_sources AS source ON source.id = document.source_id AND source.deleted_at IS NULL
                    WHERE document.id = known.document_id AND document.revision = known.revision AND document.deleted_at IS NULL)
                LIMIT @MostRemoved)
            """,
            new { embeddings.Space, MostRemoved },
            cancellationToken);

    private sealed record Document
    {
        public required Guid Id { get; init; }
        public required Guid OrganizationId { get; init; }
        public required Guid ChatbotId { get; init; }
        public required int Revision { get; init; }
    }

    private sealed record Passage
    {
        public required Guid Id { get; init; }
        public required byte[] Vector { get; init; }
    }
}
