using Evenkeel.Platform.Data;
using Npgsql;

namespace Evenkeel.Knowledge;

/// <summary>A passage as an index needs it.</summary>
public sealed record IndexedPassage
{
    public required Guid Id { get; init; }
    public required Guid DocumentId { get; init; }
    public required string Title { get; init; }
    public required IReadOnlyList<string> HeadingPath { get; init; }
    public required string Text { get; init; }
    public required string Language { get; init; }

    /// <summary>Distinct terms of the text; parallel to <see cref="Frequencies"/>.</summary>
    public required string[] Terms { get; init; }
    public required short[] Frequencies { get; init; }
    public required string[] HeadingTerms { get; init; }
    public required string[] TitleTerms { get; init; }
}

/// <summary>Reads what a chatbot knows, for building an index.</summary>
public interface IKnowledgeReader
{
    /// <summary>Hands every passage over, documents one after another, without holding them all.</summary>
    /// <returns>The version that was read; the passages may already be newer, never older.</returns>
    Task<long> ReadAsync(Guid organizationId, Guid chatbotId, Action<IndexedPassage> add, CancellationToken cancellationToken);
}

internal sealed class KnowledgeReader(Database database) : IKnowledgeReader
{
    public async Task<long> ReadAsync(Guid organizationId, Guid chatbotId, Action<IndexedPassage> add, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch(DataScope.Organization(organizationId), isRepeatable: true)
            .Add("SELECT version FROM knowledge_versions WHERE chatbot_id = $1", Sql.Value(chatbotId))
            .Add(
                """
                SELECT passage.id, passage.document_id, document.title, passage.heading_path, passage.text, passage.language, passage.terms,
                    passage.frequencies, passage.heading_terms, passage.title_terms
                FROM knowledge_passages AS passage JOIN knowledge_documents AS document ON document.id = passage.document_id
                WHERE passage.chatbot_id = $1 ORDER BY passage.document_id, passage.ordinal
                """,
                Sql.Value(chatbotId));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var version = await reader.ReadAsync(cancellationToken) ? reader.GetInt64(0) : 0;
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            add(Read(reader));
        }

        return version;
    }

    private static IndexedPassage Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        DocumentId = reader.GetGuid(1),
        Title = reader.GetString(2),
        HeadingPath = reader.GetFieldValue<string[]>(3),
        Text = reader.GetString(4),
        Language = reader.GetString(5),
        Terms = reader.GetFieldValue<string[]>(6),
        Frequencies = reader.GetFieldValue<short[]>(7),
        HeadingTerms = reader.GetFieldValue<string[]>(8),
        TitleTerms = reader.GetFieldValue<string[]>(9),
    };
}
