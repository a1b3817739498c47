using Evenkeel.Contracts.Knowledge;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Sources;

/// <summary>A row of <c>knowledge_sources</c>.</summary>
internal sealed record SourceRow
{
    public const string Columns =
        "id, chatbot_id, name, kind, visibility, (SELECT count(*)::int FROM knowledge_documents WHERE source_id = knowledge_sources.id) AS document_count, created_at";

    public Guid Id { get; init; }
    public Guid ChatbotId { get; init; }
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Visibility { get; init; } = "";
    public int DocumentCount { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    public KnowledgeSource ToWire() => new()
    {
        Id = Id,
        ChatbotId = ChatbotId,
        Name = Name,
        Kind = Kind,
        Visibility = Visibility,
        DocumentCount = DocumentCount,
        Documents = new DocumentCounts(DocumentCount, 0, 0, 0),
        PassageCount = 0,
        CreatedAt = CreatedAt,
    };

    public static Task<SourceRow?> LoadAsync(Database database, Guid organizationId, SourceRoute route, CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<SourceRow>(
            DataScope.Organization(organizationId),
            $"SELECT {Columns} FROM knowledge_sources WHERE id = @SourceId AND chatbot_id = @Id",
            route,
            cancellationToken);
}
