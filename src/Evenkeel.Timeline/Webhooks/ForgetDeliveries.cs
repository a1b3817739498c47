using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>Deletes the delivery log beyond its days, and what webhooks that were deleted left behind.</summary>
internal sealed class ForgetDeliveries(Database database, TimeProvider time, ILogger<ForgetDeliveries> logger, IOptions<WebhookOptions> options)
    : BackgroundLoop(time, logger, TimeSpan.FromMinutes(10))
{
    private const int MostPerRun = 5_000;

    // Skipping what is locked: whoever records must never wait for this.
    private const string Delete =
        """
        DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE created_at < @before AND status <> 'waiting' LIMIT @MostPerRun);
        DELETE FROM webhook_deliveries WHERE id IN (
            SELECT id FROM webhook_deliveries d WHERE NOT EXISTS (SELECT FROM event_webhooks w WHERE w.id = d.webhook_id) LIMIT @MostPerRun);
        DELETE FROM webhook_queue WHERE (webhook_id, session_id) IN (
            SELECT webhook_id, session_id FROM webhook_queue q WHERE NOT EXISTS (SELECT FROM event_webhooks w WHERE w.id = q.webhook_id)
            LIMIT @MostPerRun FOR UPDATE SKIP LOCKED)
        """;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var before = Time.GetUtcNow() - TimeSpan.FromDays(options.Value.DeliveryLogDays);
        return await database.ExecuteAsync(DataScope.System, Delete, new { before, MostPerRun }, cancellationToken) >= MostPerRun;
    }
}
