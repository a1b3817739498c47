using System.Runtime.InteropServices;
using Evenkeel.Knowledge.Embedding;
using Evenkeel.Platform.Data;
using Npgsql;

namespace Evenkeel.Search.Vectors.Exact;

/// <summary>Reads vectors of a chatbot's live passages, and only those of documents that are not known already.</summary>
internal sealed class ReadVectors(Database database)
{
    private const string LiveDocuments =
        """
        knowledge_documents AS document JOIN knowledge_sources AS source ON source.id = document.source_id AND source.deleted_at IS NULL
        WHERE document.chatbot_id = $1 AND document.deleted_at IS NULL AND document.revision > 0 AND document.embedding_model = $2
          AND document.embedded_passages > 0
        """;

    private static readonly DocumentVectors Absent = new(Guid.Empty, 0, 0, [], []);

    /// <summary>The state now.</summary>
    public async Task<VectorState> StateAsync(Guid organizationId, Guid chatbotId, string space, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true)
            .Add("SELECT version, vectors FROM knowledge_versions WHERE chatbot_id = $1", Sql.Value(chatbotId));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new VectorState(space, reader.GetInt64(0), reader.GetInt64(1)) : new VectorState(space, 0, 0);
    }

    /// <summary>The live documents: those that <paramref name="known"/> has as they are, and of the others which have to be read.</summary>
    /// <returns>What is kept, and the others with how many vectors they have.</returns>
    public async Task<(List<DocumentVectors> Kept, List<DocumentVectors> Missing)> CompareAsync(
        Guid organizationId, Guid chatbotId, string space, ChatbotVectors? known, CancellationToken cancellationToken)
    {
        var old = known?.State.Space == space ? known.Documents.ToDictionary(document => document.DocumentId) : [];
        var (kept, missing) = (new List<DocumentVectors>(), new List<DocumentVectors>());
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true).Add(
            $"SELECT document.id, document.revision, document.embedded_passages FROM {LiveDocuments}", Sql.Value(chatbotId), Sql.Value(space));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (id, revision, embedded) = (reader.GetGuid(0), reader.GetInt32(1), reader.GetInt32(2));
            var same = old.GetValueOrDefault(id, Absent) is var one && one.Revision == revision && one.Embedded == embedded ? one : null;
            (same is null ? missing : kept).Add(same ?? new DocumentVectors(id, revision, embedded, [], []));
        }

        return (kept, missing);
    }

    /// <summary>Reads the vectors of some documents.</summary>
    public async Task<IReadOnlyList<DocumentVectors>> ReadAsync(
        Guid organizationId, string space, int dimensions, IReadOnlyList<DocumentVectors> documents, CancellationToken cancellationToken)
    {
        var read = documents.ToDictionary(document => document.DocumentId, document => (Document: document, Ids: new List<Guid>(document.Embedded), Numbers: new List<float>(document.Embedded * dimensions)));
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true).Add(
            """
            SELECT passage.document_id, passage.id, vector.vector
            FROM unnest($1, $2) AS wanted (document_id, revision)
            JOIN knowledge_passages AS passage ON passage.document_id = wanted.document_id AND passage.revision = wanted.revision
            JOIN knowledge_vectors AS vector
                ON vector.organization_id = passage.organization_id AND vector.model = $3 AND vector.text_hash = passage.text_hash
            """,
            Sql.Value(documents.Select(document => document.DocumentId).ToArray()),
            Sql.Value(documents.Select(document => document.Revision).ToArray()),
            Sql.Value(space));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            Add(reader, dimensions, read[reader.GetGuid(0)]);
        }

        return [.. read.Values.Select(one => one.Document with { PassageIds = [.. one.Ids], Numbers = [.. one.Numbers] })];
    }

    private static void Add(NpgsqlDataReader reader, int dimensions, (DocumentVectors Document, List<Guid> Ids, List<float> Numbers) to)
    {
        var count = to.Numbers.Count;
        CollectionsMarshal.SetCount(to.Numbers, count + dimensions);
        if (PackedVector.TryUnpack(reader.GetFieldValue<byte[]>(2), CollectionsMarshal.AsSpan(to.Numbers)[count..]))
        {
            to.Ids.Add(reader.GetGuid(1));
        }
        else
        {
            CollectionsMarshal.SetCount(to.Numbers, count);
        }
    }
}
