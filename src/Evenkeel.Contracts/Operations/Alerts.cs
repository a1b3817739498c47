using System.Text.Json.Serialization;

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

    /// <summary>A shipped rule or one of a file, some of whose values the organization has changed; deleting it takes the changes back.</summary>
    public required bool IsOverridden { get; init; }

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

/// <summary>
/// A rule to be made or changed; what is absent has its default. Of shipped rules and rules of a file only the thresholds, times, minimum count, no-data
/// mode, receivers and whether they are on can be changed.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AlertRuleRequest
{
    /// <inheritdoc cref="AlertRuleDefinition.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="AlertRuleDefinition.Description"/>
    public string? Description { get; init; }

    /// <inheritdoc cref="AlertRuleDefinition.Metric"/>
    public string? Metric { get; init; }

    /// <inheritdoc cref="AlertRuleDefinition.Value"/>
    public string? Value { get; init; }

    /// <inheritdoc cref="AlertRuleDefinition.Filter"/>
    public IReadOnlyDictionary<string, string>? Filter { get; init; }

    /// <inheritdoc cref="AlertRuleDefinition.GroupBy"/>
    public string? GroupBy { get; init; }

    /// <summary>60 to 86,400; absent = 300.</summary>
    public int? WindowSeconds { get; init; }

    /// <summary>Absent = <c>above</c>.</summary>
    public string? Condition { get; init; }

    /// <summary>One of both thresholds at least.</summary>
    public double? Warning { get; init; }
    public double? Critical { get; init; }

    /// <summary>0 to 86,400; absent = 0.</summary>
    public int? ForSeconds { get; init; }

    /// <summary>0 to 86,400; absent = 0.</summary>
    public int? KeepFiringForSeconds { get; init; }

    /// <summary>Absent = 0.</summary>
    public long? MinimumCount { get; init; }

    /// <summary>Absent = <c>normal</c>.</summary>
    public string? NoData { get; init; }

    /// <summary>Absent = true.</summary>
    public bool? IsEnabled { get; init; }
    public IReadOnlyList<string>? Receivers { get; init; }

    /// <inheritdoc cref="AlertRuleDefinition.RunbookUrl"/>
    public string? RunbookUrl { get; init; }

    /// <summary>Operators only. Rules on metrics of the installation are always of the installation; one on a metric of organizations adds all of them up.</summary>
    public bool? IsOfInstallation { get; init; }
}

/// <summary>What would a rule have done?</summary>
public sealed record AlertPreviewRequest
{
    public AlertRuleRequest? Rule { get; init; }

    /// <summary>How far back: 1 to 168; absent = 168, seven days.</summary>
    public int? Hours { get; init; }
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
    public required bool IsOfInstallation { get; init; }
}

/// <summary>A silence to be made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AlertSilenceRequest
{
    /// <summary>Absent = all rules.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>Absent = all groups.</summary>
    public string? Group { get; init; }
    public string? Reason { get; init; }

    /// <summary>Absent = now.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>At most 90 days after the beginning.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Of the rules of the installation: operators only.</summary>
    public bool? IsOfInstallation { get; init; }
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

    /// <summary><c>en</c> or <c>zh</c>: the language of its texts.</summary>
    public required string Language { get; init; }
    public required bool IsEnabled { get; init; }
    public required bool IsOfInstallation { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Notifications that wait.</summary>
    public required long Waiting { get; init; }
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>Of the last try, where it failed.</summary>
    public string? LastError { get; init; }
}

/// <summary>A receiver to be made or changed; what is absent stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AlertReceiverRequest
{
    public string? Name { get; init; }
    public string? Kind { get; init; }
    public string? Target { get; init; }

    /// <summary>Absent = <c>warning</c>.</summary>
    public string? LeastSeverity { get; init; }

    /// <summary>Absent = the language of the request.</summary>
    public string? Language { get; init; }
    public bool? IsEnabled { get; init; }

    /// <summary>For rules of the installation: operators only; cannot be changed.</summary>
    public bool? IsOfInstallation { get; init; }
}

/// <param name="Receiver">How it is listed.</param>
/// <param name="Secret">Of webhooks: signs the notifications; shown this once.</param>
public sealed record CreatedAlertReceiver(AlertReceiver Receiver, string? Secret);

/// <param name="Status"><c>sent</c> or <c>failed</c>.</param>
/// <param name="Error">Why it failed.</param>
public sealed record AlertTestResult(string Status, string? Error);

/// <summary>What a webhook is sent: what changed in one round, all together.</summary>
public sealed record AlertMessage
{
    /// <summary>The same in every try: the header <c>webhook-id</c>.</summary>
    public required Guid Id { get; init; }

    /// <summary><c>alerts</c>, or <c>test</c> for the test button.</summary>
    public required string Type { get; init; }

    /// <summary>In the receiver's language, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The same at length, one line an alert.</summary>
    public required string Text { get; init; }
    public required IReadOnlyList<AlertMessageEntry> Alerts { get; init; }
}

/// <summary>One alert in a message.</summary>
public sealed record AlertMessageEntry
{
    /// <summary>The change of state, as in the list of changes.</summary>
    public required Guid ChangeId { get; init; }
    public required Guid RuleId { get; init; }
    public required string RuleName { get; init; }
    public required string Group { get; init; }

    /// <summary><c>firing</c>, <c>still_firing</c> or <c>resolved</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Of what it is, or was before it was resolved: <c>warning</c> or <c>critical</c>.</summary>
    public required string Severity { get; init; }
    public required string Metric { get; init; }
    public required string Unit { get; init; }
    public double? Value { get; init; }
    public required DateTimeOffset Since { get; init; }
    public string? RunbookUrl { get; init; }
}
