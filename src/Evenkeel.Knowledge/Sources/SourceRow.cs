using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Knowledge;
using Evenkeel.Platform.Data;

namespace Evenkeel.Knowledge.Sources;

/// <summary>A row of <c>knowledge_sources</c> with what its documents amount to.</summary>
internal sealed record SourceRow
{
    /// <summary>Ends before the condition, which must exclude what is deleted: <c>source.deleted_at IS NULL</c>.</summary>
    public const string Query = """
        SELECT source.id, source.chatbot_id, source.name, source.kind, source.visibility, source.web, source.fetched_at, source.next_fetch_at,
            source.reason_code, source.created_at, counted.*,
            (SELECT status FROM knowledge_jobs WHERE source_id = source.id AND lane = 'fetch' AND document_id IS NULL) AS fetch_status
        FROM knowledge_sources AS source CROSS JOIN LATERAL (
            SELECT count(*)::int AS document_count, count(*) FILTER (WHERE status = 'ready')::int AS ready,
                count(*) FILTER (WHERE status IN ('queued', 'processing'))::int AS waiting, count(*) FILTER (WHERE status = 'failed')::int AS failed,
                count(*) FILTER (WHERE status = 'cancelled')::int AS cancelled, coalesce(sum(passage_count), 0)::bigint AS passage_count
            FROM knowledge_documents WHERE source_id = source.id AND deleted_at IS NULL
        ) AS counted
        """;

    public Guid Id { get; init; }
    public Guid ChatbotId { get; init; }
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Visibility { get; init; } = "";
    public string? Web { get; init; }
    public DateTimeOffset? FetchedAt { get; init; }
    public DateTimeOffset? NextFetchAt { get; init; }
    public string? ReasonCode { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public int DocumentCount { get; init; }
    public int Ready { get; init; }
    public int Waiting { get; init; }
    public int Failed { get; init; }
    public int Cancelled { get; init; }
    public long PassageCount { get; init; }

    /// <summary>Status of its fetch job, null when there is none.</summary>
    public string? FetchStatus { get; init; }

    public KnowledgeSource ToWire(string language) => new()
    {
        Id = Id,
        ChatbotId = ChatbotId,
        Name = Name,
        Kind = Kind,
        Visibility = Visibility,
        DocumentCount = DocumentCount,
        Documents = new DocumentCounts(Ready, Waiting, Failed, Cancelled),
        PassageCount = PassageCount,
        Web = Web is null ? null : WebToWire(JsonSerializer.Deserialize<WebSourceSettings>(Web, Wire.Json)!, language),
        CreatedAt = CreatedAt,
    };

    public static Task<SourceRow?> LoadAsync(Database database, Guid organizationId, SourceRoute route, CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<SourceRow>(
            DataScope.Organization(organizationId),
            $"{Query} WHERE source.id = @SourceId AND source.chatbot_id = @Id AND source.deleted_at IS NULL",
            route,
            cancellationToken);

    private WebSource WebToWire(WebSourceSettings settings, string language) => new()
    {
        Url = settings.Url,
        Mode = settings.Mode,
        MaxPages = settings.MaxPages,
        RefreshHours = settings.RefreshHours,
        Status = (FetchStatus, ReasonCode) switch
        {
            ("running", _) => "fetching",
            (null, not null) => "failed",
            (null, null) when FetchedAt is not null => "fetched",
            _ => "waiting",
        },
        Reason = KnowledgeReasons.Of(ReasonCode, language),
        FetchedAt = FetchedAt,
        NextFetchAt = NextFetchAt,
    };
}
