using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Platform.Data;
using Npgsql;

namespace Evenkeel.Search.Pipeline;

/// <summary>A passage as stored.</summary>
internal sealed record StoredPassage
{
    public required Guid Id { get; init; }
    public required Guid DocumentId { get; init; }
    public required Guid SourceId { get; init; }
    public required int Ordinal { get; init; }
    public required string Title { get; init; }
    public required string[] HeadingPath { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }
    public PassagePlace? Place { get; init; }

    /// <summary>Whether its source is for members only.</summary>
    public required bool IsPrivate { get; init; }
}

/// <summary>
/// Reads the texts of candidates, and with them whether they still answer and who may see them: an index, here or on another node, may be
/// behind for a moment, the database is not. Nothing reaches an answer but through here.
/// </summary>
internal sealed class ReadCandidates(Database database)
{
    // By their keys, one after another. Left to itself the planner of a young database goes through the documents of all tenants to find those of
    // a few passages; what is materialized and what has an offset stays as it is written.
    private const string ReadSql =
        """
        WITH wanted AS MATERIALIZED (
            SELECT id, document_id, revision, ordinal, heading_path, text, language, place FROM knowledge_passages WHERE id = ANY($1)
        )
        SELECT passage.id, passage.document_id, document.source_id, passage.ordinal, document.title, passage.heading_path, passage.text,
            passage.language, passage.place::text, source.visibility = 'private'
        FROM wanted AS passage
        CROSS JOIN LATERAL (
            SELECT source_id, title FROM knowledge_documents
            WHERE id = passage.document_id AND revision = passage.revision AND chatbot_id = $2 AND deleted_at IS NULL OFFSET 0
        ) AS document
        CROSS JOIN LATERAL (SELECT visibility FROM knowledge_sources WHERE id = document.source_id AND deleted_at IS NULL OFFSET 0) AS source
        """;

    /// <summary>The passages that still answer, by id.</summary>
    public async Task<Dictionary<Guid, StoredPassage>> ReadAsync(
        Guid organizationId, Guid chatbotId, Guid[] passageIds, CancellationToken cancellationToken)
    {
        var passages = new Dictionary<Guid, StoredPassage>(passageIds.Length);
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true)
            .Add(ReadSql, Sql.Value(passageIds), Sql.Value(chatbotId));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var passage = Read(reader);
            passages.Add(passage.Id, passage);
        }

        return passages;
    }

    private static StoredPassage Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        DocumentId = reader.GetGuid(1),
        SourceId = reader.GetGuid(2),
        Ordinal = reader.GetInt32(3),
        Title = reader.GetString(4),
        HeadingPath = reader.GetFieldValue<string[]>(5),
        Text = reader.GetString(6),
        Language = reader.GetString(7),
        Place = reader.IsDBNull(8) ? null : JsonSerializer.Deserialize<PassagePlace>(reader.GetString(8), Wire.Json),
        IsPrivate = reader.GetBoolean(9),
    };
}
