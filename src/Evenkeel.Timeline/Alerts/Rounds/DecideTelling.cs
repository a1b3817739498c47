using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Judging;
using Evenkeel.Timeline.Alerts.Managing;

namespace Evenkeel.Timeline.Alerts.Rounds;

/// <summary>What is told of an alert in a message.</summary>
internal static class MessageStatus
{
    public const string Firing = "firing";
    public const string StillFiring = "still_firing";
    public const string Resolved = "resolved";
}

/// <summary>
/// Decides whom to tell what, by comparing where a group stands with what receivers were told last: whatever was kept back by a silence, a restart or
/// an outage is made up for, and nothing is told twice.
/// </summary>
internal sealed class DecideTelling(RoundData data, TimeSpan repeat, DateTimeOffset now)
{
    /// <summary>What to tell; null = nothing.</summary>
    public Telling? Of(Judged judged)
    {
        var (after, severity) = (judged.After, judged.After.IsFiring ? judged.After.Severity : null);
        var status = severity is not null
            ? severity != after.Told ? MessageStatus.Firing : now - after.ToldAt >= repeat ? MessageStatus.StillFiring : null
            : after is { Told: not null, State: AlertState.Normal } ? MessageStatus.Resolved : null;
        if (status is null)
        {
            return null;
        }

        // Who heard of the critical state hears as well that it is a warning only, or over.
        var worst = Math.Max(AlertSeverity.Rank(severity), AlertSeverity.Rank(after.Told));
        return new Telling(status, severity ?? after.Told!, [.. ReceiversOf(judged).Where(receiver => AlertSeverity.Rank(receiver.LeastSeverity) <= worst)])
        {
            IsSilenced = data.Silences.Any(silence => silence.Covers(judged.Key)),
        };
    }

    private IEnumerable<ReceiverRow> ReceiversOf(Judged judged)
    {
        var names = judged.Rule.Definition.Receivers;
        return data.Receivers.Where(receiver => receiver.OrganizationId == judged.Key.OwnerId && (names.Count == 0 || names.Contains(receiver.Name, StringComparer.Ordinal)));
    }
}

/// <param name="Status">One of <see cref="MessageStatus"/>.</param>
/// <param name="Severity">Of what it is, or was.</param>
/// <param name="Receivers">Whom.</param>
internal sealed record Telling(string Status, string Severity, IReadOnlyList<ReceiverRow> Receivers)
{
    /// <summary>They are told when the silence is over, if it still holds.</summary>
    public bool IsSilenced { get; init; }
}
