using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Rounds;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary>A row of <c>alert_silences</c>.</summary>
internal sealed record SilenceRow
{
    public const string Columns = "id, organization_id, rule_id, group_name, reason, author, starts_at, ends_at";

    public Guid Id { get; init; }
    public Guid OrganizationId { get; init; }
    public Guid? RuleId { get; init; }
    public string? GroupName { get; init; }
    public string Reason { get; init; } = "";
    public string Author { get; init; } = "";
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>Whether it is about that group.</summary>
    public bool Covers(AlertKey key) =>
        OrganizationId == key.OwnerId && (RuleId is null || RuleId == key.RuleId) && (GroupName is null || GroupName == key.Group);

    public AlertSilence ToWire() => new()
    {
        Id = Id, RuleId = RuleId, Group = GroupName, Reason = Reason, Author = Author, StartsAt = StartsAt, EndsAt = EndsAt, IsOfInstallation = OrganizationId == Guid.Empty,
    };
}
