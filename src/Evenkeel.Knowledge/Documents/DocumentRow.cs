using Evenkeel.Contracts.Knowledge;

namespace Evenkeel.Knowledge;

/// <summary>A row of <c>knowledge_documents</c>.</summary>
internal sealed record DocumentRow
{
    public const string Columns = "id, source_id, title, file_name, language, status, reason, passage_count, bytes, created_at, updated_at";

    public Guid Id { get; init; }
    public Guid SourceId { get; init; }
    public string Title { get; init; } = "";
    public string FileName { get; init; } = "";
    public string Language { get; init; } = "";
    public string Status { get; init; } = "";
    public string? Reason { get; init; }
    public int PassageCount { get; init; }
    public long Bytes { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    public KnowledgeDocument ToWire() => new()
    {
        Id = Id,
        SourceId = SourceId,
        Title = Title,
        FileName = FileName,
        Language = Language,
        Status = Status,
        Reason = Reason,
        PassageCount = PassageCount,
        Bytes = Bytes,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
