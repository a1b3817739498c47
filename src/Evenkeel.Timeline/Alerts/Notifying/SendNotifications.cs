using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Privacy;
using Evenkeel.Timeline.Alerts.Managing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Alerts.Notifying;

/// <summary>
/// Empties the outbox. A message is claimed for longer than sending may take, so no two processes send it; one whose sender dies is sent again by another,
/// under the same id.
/// </summary>
internal sealed partial class SendNotifications(
    Database database, DeliverMessage deliver, AlertTexts texts, IOptions<AlertsOptions> options, TimeProvider time, ILogger<SendNotifications> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(5))
{
    private const int MostAtOnce = 20;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private const string Claim =
        """
        WITH due AS (
            SELECT id FROM alert_notifications WHERE status = 'waiting' AND due_at <= @now ORDER BY due_at LIMIT @MostAtOnce FOR UPDATE SKIP LOCKED
        ), claimed AS (
            UPDATE alert_notifications n SET tries = tries + 1, due_at = @until FROM due WHERE n.id = due.id
            RETURNING n.id, n.receiver_id, n.entries::text AS entries_text, n.tries
        )
        SELECT c.id AS notification_id, c.entries_text, c.tries, r.id, r.organization_id, r.name, r.kind, r.target, r.secret, r.language, r.is_enabled
        FROM claimed c JOIN alert_receivers r ON r.id = c.receiver_id
        """;

    private const string End =
        """
        UPDATE alert_notifications SET status = @status, error = @error, due_at = @dueAt, ended_at = CASE WHEN @status = 'waiting' THEN NULL ELSE @now::timestamptz END
        WHERE id = @NotificationId
        """;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var lease = TimeSpan.FromSeconds(options.Value.SendSeconds + 30);
        var due = await database.QueryAsync<DueRow>(
            DataScope.System, Claim, new { now = now.UtcDateTime, until = (now + lease).UtcDateTime, MostAtOnce }, cancellationToken);
        await Task.WhenAll(due.Select(row => SendAsync(row, cancellationToken)));
        return due.Count >= MostAtOnce;
    }

    private async Task SendAsync(DueRow row, CancellationToken cancellationToken)
    {
        var entries = JsonSerializer.Deserialize<List<AlertMessageEntry>>(row.EntriesText, Wire.Json)!;
        var receiver = row.ToReceiver();
        var error = receiver.IsEnabled
            ? await deliver.RunAsync(receiver, texts.Write(row.NotificationId, receiver.Language, entries), cancellationToken)
            : "the receiver was switched off";
        var status = error is null ? "sent" : row.Tries >= options.Value.MostTries || !receiver.IsEnabled ? "failed" : "waiting";
        var now = Time.GetUtcNow();
        await database.ExecuteAsync(
            DataScope.System,
            End,
            new { row.NotificationId, status, error, now = now.UtcDateTime, dueAt = (now + WaitAfter(row.Tries)).UtcDateTime },
            CancellationToken.None);
        if (error is not null)
        {
            Log.NotSent(logger, row.NotificationId, receiver.Id, row.Tries, status, new SafeText(error));
        }
    }

    private static TimeSpan WaitAfter(int tries) => TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(tries - 1, 12)));

    private sealed record DueRow
    {
        public Guid NotificationId { get; init; }
        public string EntriesText { get; init; } = "";
        public int Tries { get; init; }
        public Guid Id { get; init; }
        public Guid OrganizationId { get; init; }
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public string? Target { get; init; }
        public string? Secret { get; init; }
        public string Language { get; init; } = "";
        public bool IsEnabled { get; init; }

        public ReceiverRow ToReceiver() => new()
        {
            Id = Id, OrganizationId = OrganizationId, Name = Name, Kind = Kind, Target = Target, Secret = Secret, Language = Language, IsEnabled = IsEnabled,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "alert_not_sent", Message = "Alert message {MessageId} did not reach receiver {ReceiverId} (try {Tries}, now {Status}): {Reason}")]
        public static partial void NotSent(ILogger logger, Guid messageId, Guid receiverId, int tries, string status, SafeText reason);
    }
}
