using Evenkeel.Contracts.Operations;

namespace Evenkeel.Timeline.Alerts.Judging;

/// <summary>
/// From the state before, a reading and the time to the state after: nothing else, so that what is live, what is previewed and what is tested is the same.
/// </summary>
internal static class AlertMachine
{
    /// <summary>A group that was not measured for so long is gone, whatever the rule does without data: the model or chatbot is used no more.</summary>
    private static readonly TimeSpan Vanished = TimeSpan.FromDays(1);

    /// <summary>The pause between two judgements up to which the time between them counts: a restart does not begin a wait anew.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    /// <summary>By how much the times of all states have to be moved, because the clock was set back or nobody judged for a while.</summary>
    public static TimeSpan Lost(DateTimeOffset judgedBefore, DateTimeOffset now)
    {
        var pause = now - judgedBefore;
        return pause < TimeSpan.Zero || pause > LongestPause ? pause : TimeSpan.Zero;
    }

    /// <summary>The state after a reading.</summary>
    /// <param name="rule">Is enabled.</param>
    /// <param name="before">The state before, already moved by what was <see cref="Lost"/>.</param>
    /// <param name="reading">What was measured.</param>
    /// <param name="clock">When, and how long after the judgement before.</param>
    public static GroupState Judge(AlertRuleDefinition rule, GroupState before, Reading reading, (DateTimeOffset Now, TimeSpan Since) clock)
    {
        var isGone = reading.Value is null && rule.GroupBy is not null && clock.Now - before.MeasuredAt > Vanished;
        return reading.Value switch
        {
            { } value => Next(rule, before with { Value = value, MeasuredAt = clock.Now }, LevelOf(rule, value), clock.Now),
            null when isGone => Next(rule, before with { Value = null, HeldAt = null, CriticalAt = null }, 0, clock.Now),
            null => rule.NoData switch
            {
                NoDataMode.Keep => before.Moved(clock.Since) with { Value = null, MeasuredAt = before.MeasuredAt },
                NoDataMode.NoData => NoData(before, clock.Now),
                NoDataMode.Firing => Next(rule, before with { Value = null }, rule.Critical is null ? 1 : 2, clock.Now),
                _ => Next(rule, before with { Value = null }, 0, clock.Now),
            },
        };
    }

    private static GroupState NoData(GroupState before, DateTimeOffset now) => before with
    {
        State = AlertState.NoData,
        Severity = null,
        Value = null,
        HoldsSince = null,
        CriticalSince = null,
        HeldAt = null,
        CriticalAt = null,
        Since = before.State == AlertState.NoData ? before.Since : now,
    };

    /// <param name="rule">The rule.</param>
    /// <param name="before">The state before.</param>
    /// <param name="level">0 = the condition does not hold, 1 = that of a warning, 2 = the critical one.</param>
    /// <param name="now">The time.</param>
    private static GroupState Next(AlertRuleDefinition rule, GroupState before, int level, DateTimeOffset now)
    {
        var (wait, keep) = (TimeSpan.FromSeconds(rule.ForSeconds), TimeSpan.FromSeconds(rule.KeepFiringForSeconds));
        var after = before with
        {
            HoldsSince = level >= 1 ? before.HoldsSince ?? now : null,
            CriticalSince = level >= 2 ? before.CriticalSince ?? now : null,
            HeldAt = level >= 1 ? now : before.HeldAt,
            CriticalAt = level >= 2 ? now : before.CriticalAt,
        };
        var isCritical = now - after.CriticalSince >= wait
            || (before is { IsFiring: true, Severity: AlertSeverity.Critical } && (level >= 2 || now - after.CriticalAt < keep));
        var isWarning = rule.Warning is not null
            && (now - after.HoldsSince >= wait || (before.IsFiring && (level >= 1 || now - after.HeldAt < keep)));
        var state = isCritical || isWarning
            ? level >= 1 ? AlertState.Firing : AlertState.Recovering
            : level >= 1 ? AlertState.Pending : AlertState.Normal;
        var severity = isCritical ? AlertSeverity.Critical
            : isWarning ? AlertSeverity.Warning
            : level switch { 2 => AlertSeverity.Critical, 1 => AlertSeverity.Warning, _ => null };
        return after with { State = state, Severity = severity, Since = state == before.State && severity == before.Severity ? before.Since : now };
    }

    private static int LevelOf(AlertRuleDefinition rule, double value) => Breaks(rule, value, rule.Critical) ? 2 : Breaks(rule, value, rule.Warning) ? 1 : 0;

    private static bool Breaks(AlertRuleDefinition rule, double value, double? threshold) =>
        threshold is { } limit && (rule.Condition == AlertCondition.Below ? value < limit : value > limit);
}

/// <summary>What a rule does where there is nothing to judge by.</summary>
internal static class NoDataMode
{
    public const string Normal = "normal";
    public const string NoData = "no_data";
    public const string Keep = "keep";
    public const string Firing = "firing";
}

/// <summary>On which side of the threshold the trouble lies.</summary>
internal static class AlertCondition
{
    public const string Above = "above";
    public const string Below = "below";
}
