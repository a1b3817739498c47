using Evenkeel.Contracts.Operations;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary>A row of <c>alert_receivers</c>, and how it went with it.</summary>
internal sealed record ReceiverRow
{
    public const string Columns = "id, organization_id, name, kind, target, secret, least_severity, language, is_enabled, created_at";

    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Target { get; init; }
    public string? Secret { get; init; }
    public string LeastSeverity { get; init; } = "";
    public string Language { get; init; } = "";
    public bool IsEnabled { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public long Waiting { get; init; }
    public DateTimeOffset? LastSentAt { get; init; }
    public string? LastError { get; init; }

    public AlertReceiver ToWire() => new()
    {
        Id = Id, Name = Name, Kind = Kind, Target = Target, LeastSeverity = LeastSeverity, Language = Language, IsEnabled = IsEnabled,
        IsOfInstallation = OrganizationId == Guid.Empty, CreatedAt = CreatedAt, Waiting = Waiting, LastSentAt = LastSentAt, LastError = LastError,
    };
}

/// <summary>Kinds of receivers.</summary>
internal static class ReceiverKind
{
    public const string Webhook = "webhook";
    public const string Email = "email";
    public const string Log = "log";
}
