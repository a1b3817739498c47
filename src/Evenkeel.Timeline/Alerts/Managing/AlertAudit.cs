using Evenkeel.Accounts;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary>Writes down who changed what about alerts; what operators do to the installation stands in the audit of their own organization.</summary>
internal sealed class AlertAudit(IAudit audit)
{
    public Task RecordAsync(Caller caller, string action, Guid target, object? data, CancellationToken cancellationToken) =>
        audit.RecordAsync(AuditRecord.Of(caller, action, target.ToString(), data), cancellationToken);
}
