using Evenkeel.Knowledge.Terms;
using Evenkeel.Platform.Data;
using Npgsql;

namespace Evenkeel.Knowledge;

/// <summary>A document whose passages answer: those of its revision.</summary>
public readonly record struct LiveDocument(Guid Id, int Revision, Guid SourceId);

/// <summary>What a chatbot knows.</summary>
/// <param name="Version">Of the knowledge; the rest may already be newer, never older.</param>
/// <param name="Documents">Those that answer.</param>
/// <param name="PrivateSources">Sources that visitors do not see.</param>
public sealed record KnowledgeState(long Version, IReadOnlyList<LiveDocument> Documents, IReadOnlySet<Guid> PrivateSources);

/// <summary>A passage as an index needs it; the analysis is valid during the call only.</summary>
public readonly ref struct IndexedPassage
{
    public required Guid Id { get; init; }
    public required Guid DocumentId { get; init; }
    public required int Revision { get; init; }

    /// <summary>Place in the document, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>Packed words of the present format (<see cref="PassageAnalysis"/>).</summary>
    public required ReadOnlySpan<byte> Analysis { get; init; }
}

/// <summary>Takes a passage over.</summary>
public delegate void PassageReceiver(IndexedPassage passage);

/// <summary>Reads what a chatbot knows, for building an index.</summary>
public interface IKnowledgeReader
{
    /// <summary>The documents that answer now.</summary>
    Task<KnowledgeState> ReadStateAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken);

    /// <summary>Hands over the passages of some documents in any order, without holding them all.</summary>
    /// <param name="organizationId">The chatbot's organization.</param>
    /// <param name="chatbotId">The chatbot.</param>
    /// <param name="documents">Which; null = all that answer, which is faster than naming them.</param>
    /// <param name="receive">Called for each passage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task ReadPassagesAsync(
        Guid organizationId, Guid chatbotId, IReadOnlyCollection<LiveDocument>? documents, PassageReceiver receive, CancellationToken cancellationToken);
}

internal sealed class KnowledgeReader(Database database, StoredAnalysis analysis) : IKnowledgeReader
{
    /// <summary>Enough for the analysis of an ordinary passage; longer ones make it grow.</summary>
    private const int FirstBuffer = 16 * 1024;

    private const string AllSql =
        """
        SELECT passage.id, passage.document_id, passage.revision, passage.ordinal, passage.analysis
        FROM knowledge_passages AS passage
        JOIN knowledge_documents AS document ON document.id = passage.document_id AND document.revision = passage.revision
        WHERE passage.chatbot_id = $1 AND document.chatbot_id = $1 AND document.deleted_at IS NULL
        """;

    private const string SomeSql =
        """
        SELECT passage.id, passage.document_id, passage.revision, passage.ordinal, passage.analysis
        FROM unnest($1, $2) AS wanted (document_id, revision)
        JOIN knowledge_passages AS passage ON passage.document_id = wanted.document_id AND passage.revision = wanted.revision
        """;

    public async Task<KnowledgeState> ReadStateAsync(Guid organizationId, Guid chatbotId, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true)
            .Add("SELECT version FROM knowledge_versions WHERE chatbot_id = $1", Sql.Value(chatbotId))
            .Add("SELECT id, visibility = 'private' FROM knowledge_sources WHERE chatbot_id = $1 AND deleted_at IS NULL", Sql.Value(chatbotId))
            .Add(
                "SELECT id, revision, source_id FROM knowledge_documents WHERE chatbot_id = $1 AND deleted_at IS NULL AND revision > 0",
                Sql.Value(chatbotId));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var version = await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : 0;
        await reader.NextResultAsync(cancellationToken);
        var sources = new Dictionary<Guid, bool>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sources.Add(reader.GetGuid(0), reader.GetBoolean(1));
        }

        await reader.NextResultAsync(cancellationToken);
        var documents = new List<LiveDocument>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var document = new LiveDocument(reader.GetGuid(0), reader.GetInt32(1), reader.GetGuid(2));
            if (sources.ContainsKey(document.SourceId))
            {
                documents.Add(document);
            }
        }

        return new KnowledgeState(version, documents, sources.Where(source => source.Value).Select(source => source.Key).ToHashSet());
    }

    public async Task ReadPassagesAsync(
        Guid organizationId, Guid chatbotId, IReadOnlyCollection<LiveDocument>? documents, PassageReceiver receive, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true);
        if (documents is null)
        {
            batch.Add(AllSql, Sql.Value(chatbotId));
        }
        else
        {
            batch.Add(SomeSql, Sql.Value(documents.Select(document => document.Id).ToArray()), Sql.Value(documents.Select(document => document.Revision).ToArray()));
        }

        var outdated = new HashSet<StoredDocument>();
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            var buffer = new byte[FirstBuffer];
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!Receive(reader, ref buffer, receive))
                {
                    outdated.Add(new StoredDocument(reader.GetGuid(1), reader.GetInt32(2)));
                }
            }
        }

        // After an upgrade; a job rewrites them, but a question does not wait for it.
        await analysis.AnalyzeAsync(organizationId, outdated, receive, cancellationToken);
    }

    /// <returns>False when the passage has to be analysed first.</returns>
    private static bool Receive(NpgsqlDataReader reader, ref byte[] buffer, PassageReceiver receive)
    {
        if (reader.IsDBNull(4))
        {
            return false;
        }

        var length = (int)reader.GetBytes(4, 0, null, 0, 0);
        if (length > buffer.Length)
        {
            buffer = new byte[length * 2];
        }

        reader.GetBytes(4, 0, buffer, 0, length);
        if (length == 0 || buffer[0] != PassageAnalysis.Format)
        {
            return false;
        }

        receive(new IndexedPassage
        {
            Id = reader.GetGuid(0),
            DocumentId = reader.GetGuid(1),
            Revision = reader.GetInt32(2),
            Ordinal = reader.GetInt32(3),
            Analysis = buffer.AsSpan(0, length),
        });
        return true;
    }
}
