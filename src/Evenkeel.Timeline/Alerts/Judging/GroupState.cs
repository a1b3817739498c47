using Evenkeel.Contracts.Operations;

namespace Evenkeel.Timeline.Alerts.Judging;

/// <summary>What was measured for one group; no value where there is nothing to judge by.</summary>
internal readonly record struct Reading(double? Value);

/// <summary>Severities.</summary>
internal static class AlertSeverity
{
    public const string Warning = "warning";
    public const string Critical = "critical";

    /// <summary>0, 1 or 2.</summary>
    public static int Rank(string? severity) => severity switch { Critical => 2, Warning => 1, _ => 0 };
}

/// <summary>Where one group of a rule stands, and all that is needed to go on from there after a restart.</summary>
internal sealed record GroupState
{
    /// <summary>One of <see cref="AlertState"/>.</summary>
    public string State { get; init; } = AlertState.Normal;

    /// <summary>While pending, firing or recovering.</summary>
    public string? Severity { get; init; }
    public double? Value { get; init; }

    /// <summary>When the state or its severity began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When something was measured last.</summary>
    public DateTimeOffset MeasuredAt { get; init; }

    /// <summary>Since when the condition holds without a break, in whatever severity.</summary>
    public DateTimeOffset? HoldsSince { get; init; }

    /// <summary>Since when the critical one does.</summary>
    public DateTimeOffset? CriticalSince { get; init; }

    /// <summary>When it held last.</summary>
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>When the critical one did.</summary>
    public DateTimeOffset? CriticalAt { get; init; }

    /// <summary>The severity that receivers were told of; null when they were told that it is over, or of nothing.</summary>
    public string? Told { get; init; }
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>The last change in the list of changes.</summary>
    public Guid? ChangeId { get; init; }

    /// <summary>Whether it fires, or goes on firing for a while.</summary>
    public bool IsFiring => State is AlertState.Firing or AlertState.Recovering;

    /// <summary>Nothing that has to be remembered.</summary>
    public bool IsNothing => State == AlertState.Normal && Told is null;

    /// <summary>All times moved: time in which nobody looked, or in which there was nothing to see, counts for nothing.</summary>
    public GroupState Moved(TimeSpan by) => by == TimeSpan.Zero ? this : this with
    {
        Since = Since + by,
        MeasuredAt = MeasuredAt + by,
        HoldsSince = HoldsSince + by,
        CriticalSince = CriticalSince + by,
        HeldAt = HeldAt + by,
        CriticalAt = CriticalAt + by,
        ToldAt = ToldAt + by,
    };
}
