using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Webhooks;

/// <summary>Makes, changes and deletes webhooks. A new one gets what is recorded from then on.</summary>
internal sealed class SaveWebhook(
    Database database, ReadWebhook read, WebhookSignal signal, IAudit audit, IdSource ids, TimeProvider time, IOptions<WebhookOptions> options)
{
    private const string Insert =
        """
        INSERT INTO event_webhooks (id, organization_id, url, event_types, secret, is_enabled, created_at)
        SELECT @id, @OrganizationId, @Url, @EventTypes, @secret, @IsEnabled, @now
        WHERE (SELECT count(*) FROM event_webhooks WHERE organization_id = @OrganizationId) < @MaxPerOrganization
        """;

    // Switched on by a person it begins afresh, whatever it failed at before.
    private const string Update =
        """
        UPDATE event_webhooks SET url = @Url, event_types = @EventTypes, is_enabled = @IsEnabled,
            disabled_reason = CASE WHEN @IsEnabled THEN NULL ELSE disabled_reason END,
            failures = CASE WHEN @IsEnabled THEN 0 ELSE failures END, failing_since = CASE WHEN @IsEnabled THEN NULL ELSE failing_since END,
            next_try_at = CASE WHEN @IsEnabled THEN '-infinity' ELSE next_try_at END
        WHERE id = @id AND organization_id = @OrganizationId
        """;

    private const string Rotate =
        """
        UPDATE event_webhooks SET previous_secret = secret, previous_secret_until = @until, secret = @secret
        WHERE id = @id AND organization_id = @OrganizationId
        """;

    /// <summary>A new one; its secret is not shown again.</summary>
    public async Task<Result<CreatedEventWebhook>> CreateAsync(EventWebhookRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if (!read.Whole(request).TryGet(out var given, out var error))
        {
            return error;
        }

        var (id, secret) = (ids.Next(), WebhookSecret.Create());
        var args = new { id, caller.OrganizationId, given.Url, given.EventTypes, secret, given.IsEnabled, now = time.GetUtcNow(), options.Value.MaxPerOrganization };
        if (await ChangeAsync(caller, (Insert, args), Record(caller, "created", id, given), cancellationToken) == 0)
        {
            return new Error(ErrorCode.Conflict);
        }

        signal.Notice();
        return new CreatedEventWebhook((await WebhookRow.FindAsync(database, caller.OrganizationId, id, cancellationToken))!, WebhookSecret.Show(secret));
    }

    /// <summary>What the request does not name stays.</summary>
    public async Task<Result<EventWebhook>> ChangeAsync(Guid id, EventWebhookRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if (await WebhookRow.FindAsync(database, caller.OrganizationId, id, cancellationToken) is not { } before)
        {
            return Error.NotFound;
        }

        var merged = new EventWebhookRequest
        {
            Url = request.Url ?? before.Url,
            EventTypes = request.EventTypes ?? before.EventTypes,
            IsEnabled = request.IsEnabled ?? before.IsEnabled,
        };
        if (!read.Whole(merged).TryGet(out var given, out var error))
        {
            return error;
        }

        var args = new { id, caller.OrganizationId, given.Url, given.EventTypes, given.IsEnabled };
        await ChangeAsync(caller, (Update, args), Record(caller, "changed", id, given), cancellationToken);
        signal.Notice();
        return await WebhookRow.FindAsync(database, caller.OrganizationId, id, cancellationToken) is { } after ? after : Error.NotFound;
    }

    /// <summary>What waits for it is swept later: whoever records must not wait for this.</summary>
    public async Task<bool> DeleteAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        const string Delete = "DELETE FROM event_webhooks WHERE id = @id AND organization_id = @OrganizationId";
        return await ChangeAsync(caller, (Delete, new { id, caller.OrganizationId }), Record(caller, "deleted", id), cancellationToken) > 0;
    }

    /// <summary>A new secret; null when there is no such webhook.</summary>
    public async Task<CreatedEventWebhook?> RotateAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var secret = WebhookSecret.Create();
        var args = new { id, caller.OrganizationId, secret, until = time.GetUtcNow() + WebhookSecret.Overlap };
        if (await ChangeAsync(caller, (Rotate, args), Record(caller, "secret_changed", id), cancellationToken) == 0)
        {
            return null;
        }

        return await WebhookRow.FindAsync(database, caller.OrganizationId, id, cancellationToken) is { } webhook
            ? new CreatedEventWebhook(webhook, WebhookSecret.Show(secret))
            : null;
    }

    private Task<int> ChangeAsync(Caller caller, (string Sql, object Args) change, AuditRecord record, CancellationToken cancellationToken) =>
        audit.ChangeAsync(DataScope.Organization(caller.OrganizationId), change, record, cancellationToken);

    // Paths and parameters of addresses hold tokens at times.
    private static AuditRecord Record(Caller caller, string what, Guid id, GivenWebhook? given = null) =>
        AuditRecord.Of(caller, $"webhook.{what}", id.ToString(), given is null ? null : new { new Uri(given.Url).Host, given.EventTypes, given.IsEnabled });
}
