using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>A webhook's row as it is listed.</summary>
internal sealed record WebhookRow
{
    /// <summary>From <c>event_webhooks w</c>.</summary>
    public const string Columns =
        """
        w.id, w.url, w.event_types, w.is_enabled, w.disabled_reason, w.created_at, w.last_delivered_at,
        (SELECT coalesce(sum(q.to_seq - q.from_seq + 1), 0)::bigint FROM webhook_queue q WHERE q.webhook_id = w.id AND q.from_seq <= q.to_seq) AS waiting
        """;

    public required Guid Id { get; init; }
    public required string Url { get; init; }
    public required string[] EventTypes { get; init; }
    public required bool IsEnabled { get; init; }
    public string? DisabledReason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required long Waiting { get; init; }
    public DateTimeOffset? LastDeliveredAt { get; init; }

    /// <summary>One of the organization's; null when it has none of this id.</summary>
    public static async Task<EventWebhook?> FindAsync(Database database, Guid organizationId, Guid id, CancellationToken cancellationToken) =>
        (await database.QueryFirstOrDefaultAsync<WebhookRow>(
            DataScope.Organization(organizationId),
            $"SELECT {Columns} FROM event_webhooks w WHERE w.id = @id AND w.organization_id = @organizationId",
            new { id, organizationId },
            cancellationToken))?.ToWire();

    public EventWebhook ToWire() => new()
    {
        Id = Id,
        Url = Url,
        EventTypes = EventTypes,
        IsEnabled = IsEnabled,
        DisabledReason = DisabledReason,
        CreatedAt = CreatedAt,
        Waiting = Waiting,
        LastDeliveredAt = LastDeliveredAt,
    };
}
