using System.Globalization;
using Evenkeel.Models;
using Evenkeel.Platform.Data;

namespace Evenkeel.Search.Vectors.PgVector;

/// <summary>
/// Lets pgvector find the nearest. A small chatbot's vectors are all compared, as an index of all chatbots would pass over most of what it finds; for large
/// ones the index is walked on until enough of the chatbot's own are found.
/// </summary>
internal sealed class PgVectorSearch(Database database, PgVectorTable table, IEmbeddings embeddings) : IVectorSearch
{
    /// <summary>Vectors of a chatbot that are all compared: so many take PostgreSQL some milliseconds.</summary>
    internal int MostCompared { get; init; } = 10_000;

    /// <summary>Vectors kept in view while walking the index: more than the hits wanted, for recall.</summary>
    private const int LeastCandidates = 100;
    private const int MostCandidates = 1_000;

    /// <summary>Vectors of all chatbots looked at before the walk ends. The chatbot's share decides how many are its own.</summary>
    private const int MostScanned = 200_000;

    private const string Live =
        """
        JOIN knowledge_documents AS document ON document.id = near.document_id AND document.revision = near.revision AND document.deleted_at IS NULL
        JOIN knowledge_sources AS source ON source.id = document.source_id AND source.deleted_at IS NULL
        """;

    public async Task<VectorAnswer> FindAsync(Guid organizationId, Guid chatbotId, float[] question, int limit, CancellationToken ct)
    {
        var space = embeddings.Space;
        var embedded = await CountAsync(organizationId, chatbotId, space, ct);
        if (embedded == 0)
        {
            return VectorAnswer.None;
        }

        // Adding zero keeps the index, which sorts by the distance itself, out of it.
        var order = embedded <= MostCompared ? "+ 0, near.passage_id" : "";
        var candidates = Math.Clamp(2 * limit, LeastCandidates, MostCandidates);
        var length = question.Length.ToString(CultureInfo.InvariantCulture);
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true)
            .Add(
                "SELECT set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.ef_search', $1, true), set_config('hnsw.max_scan_tuples', $2, true)",
                Sql.Value(candidates.ToString(CultureInfo.InvariantCulture)), Sql.Value(MostScanned.ToString(CultureInfo.InvariantCulture)))
            .Add(
                $"""
                SELECT near.passage_id, near.embedding <=> $1::real[]::halfvec({length}) FROM {table.Name} AS near {Live}
                WHERE near.chatbot_id = $2 AND near.model = $3 ORDER BY (near.embedding <=> $1::real[]::halfvec({length})) {order} LIMIT $4
                """,
                Sql.Value(question), Sql.Value(chatbotId), Sql.Value(space), Sql.Value(limit));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var hits = new List<VectorHit>(limit);
        while (await reader.ReadAsync(ct))
        {
            hits.Add(new VectorHit(reader.GetGuid(0), 1 - reader.GetDouble(1)));
        }

        return new VectorAnswer(hits, embedded);
    }

    private async Task<int> CountAsync(Guid organizationId, Guid chatbotId, string space, CancellationToken ct) =>
        await database.QueryFirstOrDefaultAsync<int>(
            DataScope.Organization(organizationId),
            """
            SELECT coalesce(sum(document.embedded_passages), 0)::integer
            FROM knowledge_documents AS document JOIN knowledge_sources AS source ON source.id = document.source_id AND source.deleted_at IS NULL
            WHERE document.chatbot_id = @chatbotId AND document.deleted_at IS NULL AND document.revision > 0 AND document.embedding_model = @space
            """,
            new { chatbotId, space },
            ct);
}
