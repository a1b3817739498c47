using Evenkeel.Contracts.Knowledge;

namespace Evenkeel.Knowledge;

/// <summary>A row of <c>knowledge_documents</c>.</summary>
internal sealed record DocumentRow
{
    public const string Columns = """
        id, source_id, title, file_name, url, language, status, reason_code, stage, done, total, attempt, passage_count, pages, embedded_passages,
        embedding_model, bytes, created_at, updated_at
        """;

    /// <summary>The condition of every look at one document (<c>document</c>) by its <see cref="Sources.DocumentRoute"/>.</summary>
    public const string IsThere = """
        document.id = @DocumentId AND document.source_id = @SourceId AND document.chatbot_id = @Id AND document.deleted_at IS NULL
            AND EXISTS (SELECT FROM knowledge_sources AS source WHERE source.id = document.source_id AND source.deleted_at IS NULL)
        """;

    public Guid Id { get; init; }
    public Guid SourceId { get; init; }
    public string Title { get; init; } = "";
    public string FileName { get; init; } = "";
    public string? Url { get; init; }
    public string Language { get; init; } = "";
    public string Status { get; init; } = "";
    public string? ReasonCode { get; init; }
    public string? Stage { get; init; }
    public int Done { get; init; }
    public int Total { get; init; }
    public int Attempt { get; init; }
    public int PassageCount { get; init; }
    public int? Pages { get; init; }
    public int EmbeddedPassages { get; init; }
    public string? EmbeddingModel { get; init; }
    public long Bytes { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    public KnowledgeDocument ToWire(string language) => new()
    {
        Id = Id,
        SourceId = SourceId,
        Title = Title,
        FileName = FileName,
        Url = Url,
        Language = Language,
        Status = Status,
        Reason = KnowledgeReasons.Of(ReasonCode, language),
        Progress = Status is DocumentStatus.Queued or DocumentStatus.Processing ? new DocumentProgress(Stage ?? "waiting", Done, Total, Attempt) : null,
        PassageCount = PassageCount,
        Pages = Pages,
        EmbeddedPassages = EmbeddingModel is null ? null : EmbeddedPassages,
        Bytes = Bytes,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
