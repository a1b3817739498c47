namespace Evenkeel.Contracts.Operations;

/// <summary>States of an alert.</summary>
public static class AlertState
{
    public const string Normal = "normal";

    /// <summary>The condition holds, but not for long enough yet.</summary>
    public const string Pending = "pending";
    public const string Firing = "firing";

    /// <summary>The condition no longer holds; it goes on firing until it has not held for <c>keep_firing_for</c>.</summary>
    public const string Recovering = "recovering";

    /// <summary>There is nothing to judge by.</summary>
    public const string NoData = "no_data";
}

/// <summary>When to alert.</summary>
public sealed record AlertRule
{
    public required Guid Id { get; init; }

    /// <summary>What the person gives.</summary>
    public required AlertRuleDefinition Definition { get; init; }

    /// <summary><c>shipped</c>, <c>file</c> (a YAML file, read-only here) or <c>own</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>Worst of the states of its groups.</summary>
    public required string State { get; init; }
    public required IReadOnlyList<AlertStatus> Groups { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A rule as it is written, in the UI and in YAML.</summary>
public sealed record AlertRuleDefinition
{
    public required string Name { get; init; }
    public string? Description { get; init; }

    /// <summary>A metric of analytics.</summary>
    public required string Metric { get; init; }

    /// <summary><c>last</c>, <c>max</c>, <c>sum</c>, <c>count</c>, <c>rate</c> (a minute), <c>share</c> (percent that fits <see cref="Filter"/> of all that fits without it), <c>p50</c>, <c>p95</c> or <c>p99</c>.</summary>
    public required string Value { get; init; }

    /// <summary>Labels and the values they must have; a value ending in <c>*</c> fits every ending, one beginning with <c>!</c> all others.</summary>
    public IReadOnlyDictionary<string, string>? Filter { get; init; }

    /// <summary>A label: each of its values is judged by itself.</summary>
    public string? GroupBy { get; init; }

    /// <summary>Seconds that are looked at.</summary>
    public required int WindowSeconds { get; init; }

    /// <summary><c>above</c> or <c>below</c>.</summary>
    public required string Condition { get; init; }
    public double? Warning { get; init; }
    public double? Critical { get; init; }

    /// <summary>Seconds the condition must hold before it fires.</summary>
    public int ForSeconds { get; init; }

    /// <summary>Seconds it fires on after the condition last held.</summary>
    public int KeepFiringForSeconds { get; init; }

    /// <summary>Fewer measurements than this are judged as no data.</summary>
    public long MinimumCount { get; init; }

    /// <summary><c>normal</c> (nothing is good news), <c>no_data</c> (shown, not notified), <c>keep</c> (stay as it was) or <c>firing</c>.</summary>
    public required string NoData { get; init; }
    public bool IsEnabled { get; init; } = true;

    /// <summary>Names of receivers; empty = all.</summary>
    public IReadOnlyList<string> Receivers { get; init; } = [];

    /// <summary>Where it says what to do.</summary>
    public string? RunbookUrl { get; init; }

    /// <summary>Of the whole installation: operators only.</summary>
    public bool IsOfInstallation { get; init; }
}

/// <summary>Where one group of a rule stands.</summary>
public sealed record AlertStatus
{
    /// <summary>Value of the label it is grouped by; empty otherwise.</summary>
    public required string Group { get; init; }

    /// <summary>One of <see cref="AlertState"/>.</summary>
    public required string State { get; init; }

    /// <summary><c>warning</c> or <c>critical</c> while pending, firing or recovering.</summary>
    public string? Severity { get; init; }
    public double? Value { get; init; }
    public required DateTimeOffset Since { get; init; }

    /// <summary>Silenced until then: shown, not notified.</summary>
    public DateTimeOffset? SilencedUntil { get; init; }
}

/// <summary>A change of state.</summary>
public sealed record AlertChange
{
    public required Guid Id { get; init; }
    public required Guid RuleId { get; init; }
    public required string RuleName { get; init; }
    public required string Group { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }
    public string? Severity { get; init; }
    public double? Value { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>How telling about it went: receiver and <c>sent</c>, <c>failed</c>, <c>waiting</c> or <c>silenced</c>.</summary>
    public required IReadOnlyList<AlertNotification> Notifications { get; init; }
}

/// <param name="Receiver">Its name.</param>
/// <param name="Status"><c>sent</c>, <c>failed</c>, <c>waiting</c> or <c>silenced</c>.</param>
/// <param name="Error">Why it failed.</param>
public sealed record AlertNotification(string Receiver, string Status, string? Error);

/// <summary>What a rule would have done.</summary>
public sealed record AlertPreview
{
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }

    /// <summary>How often it would have begun to fire.</summary>
    public required int Firings { get; init; }
    public required IReadOnlyList<AlertSpan> Spans { get; init; }

    /// <summary>The value that was judged, at each evaluation (thinned to at most 500 points a group).</summary>
    public required IReadOnlyList<LabelledSeries> Series { get; init; }
}

/// <summary>A time in which it would have fired.</summary>
public sealed record AlertSpan
{
    public required string Group { get; init; }
    public required string Severity { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset To { get; init; }
}

/// <summary>Says nothing about a rule for a while.</summary>
public sealed record AlertSilence
{
    public required Guid Id { get; init; }

    /// <summary>Absent = all rules of the organization.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>Absent = all groups.</summary>
    public string? Group { get; init; }
    public required string Reason { get; init; }

    /// <summary>Display name of who made it.</summary>
    public required string Author { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
}

/// <summary>Where notifications go.</summary>
public sealed record AlertReceiver
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary><c>webhook</c>, <c>email</c> or <c>log</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Address of the webhook, or e-mail addresses separated by commas.</summary>
    public string? Target { get; init; }

    /// <summary><c>warning</c> (all) or <c>critical</c>.</summary>
    public required string LeastSeverity { get; init; }
}
