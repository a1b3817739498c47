using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;

namespace Evenkeel.Chat.Operations.Bulk;

/// <summary>A row of <c>bulk_jobs</c>.</summary>
internal sealed record BulkJobRow
{
    public const string Columns =
        "id, organization_id, user_id, action, language, turn_ids, filter::text AS filter_json, last_turn_id, position, status, total, done, skipped, error_code, created_at, ended_at";

    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required Guid UserId { get; init; }
    public required string Action { get; init; }
    public required string Language { get; init; }
    public Guid[]? TurnIds { get; init; }
    public string? FilterJson { get; init; }
    public required Guid LastTurnId { get; init; }
    public Guid? Position { get; init; }
    public required string Status { get; init; }
    public required long Total { get; init; }
    public required long Done { get; init; }
    public required long Skipped { get; init; }
    public string? ErrorCode { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The filter; one that fits everything where turns are named.</summary>
    public BulkFilter Filter => FilterJson is null ? new BulkFilter() : JsonSerializer.Deserialize<BulkFilter>(FilterJson, Wire.Json)!;

    /// <summary>As clients see it.</summary>
    public BulkJob ToJob() => new()
    {
        Id = Id,
        Action = Action,
        Status = Status,
        Total = Total,
        Done = Done,
        Skipped = Skipped,
        ResultUrl = Action == BulkAction.ExportEvents && Status == "done" ? $"/api/v1/admin/bulk/{Id}/result" : null,
        ErrorCode = ErrorCode,
        CreatedAt = CreatedAt,
        EndedAt = EndedAt,
    };
}
