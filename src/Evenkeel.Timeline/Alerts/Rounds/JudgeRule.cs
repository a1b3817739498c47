using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Alerts.Judging;
using Evenkeel.Timeline.Alerts.Rules;
using Evenkeel.Timeline.Analytics;
using Evenkeel.Timeline.Analytics.Series;

namespace Evenkeel.Timeline.Alerts.Rounds;

/// <summary>A group of a rule of somebody.</summary>
internal readonly record struct AlertKey(Guid OwnerId, Guid RuleId, string Group);

/// <summary>A rule with those it is judged for.</summary>
/// <param name="Rule">As it is where nobody changed it: metric, filter, group and window are the same for all.</param>
/// <param name="OwnerId">An organization, or empty for the installation; null = every organization that was measured.</param>
/// <param name="Changed">The rule as some of them changed it.</param>
internal sealed record RuleToJudge(KnownRule Rule, Guid? OwnerId, IReadOnlyDictionary<Guid, KnownRule> Changed)
{
    /// <summary>The rule as it is for somebody.</summary>
    public KnownRule For(Guid owner) => Changed.GetValueOrDefault(owner, Rule);
}

/// <summary>A group before and after a judgement.</summary>
internal sealed record Judged(AlertKey Key, KnownRule Rule, MetricDefinition Metric, GroupState Before, GroupState After)
{
    /// <summary>Whether it belongs into the list of changes: short waits that come to nothing do not.</summary>
    public bool IsChange =>
        (Before.State != After.State && !(IsQuiet(Before.State) && IsQuiet(After.State)))
        || (After.IsFiring && Before.IsFiring && Before.Severity != After.Severity);

    private static bool IsQuiet(string state) => state is AlertState.Normal or AlertState.Pending;
}

/// <summary>Judges the groups of a rule, for everybody it is judged for, from one look at the numbers.</summary>
internal sealed class JudgeRule(ReadPoints read, MetricRegistry metrics)
{
    /// <summary>The groups after the judgement.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="states">Its states that are not normal.</param>
    /// <param name="clock">Now, and how long after the judgement before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<Judged>> RunAsync(
        RuleToJudge rule, IReadOnlyDictionary<AlertKey, GroupState> states, (DateTimeOffset Now, TimeSpan Since) clock, CancellationToken cancellationToken)
    {
        if (metrics.Find(rule.Rule.Definition.Metric) is not { } metric)
        {
            return [];
        }

        var query = RuleValues.QueryOf(rule.Rule.Definition, metric, clock.Now, clock.Now) with
        {
            OrganizationId = rule.Rule.Definition.IsOfInstallation || rule.OwnerId == Guid.Empty ? null : rule.OwnerId,
        };
        var rows = (await read.RunAsync(query, cancellationToken)).ToLookup(row => row.OrganizationId);
        var owners = rule.OwnerId is { } one ? [one] : rows.Select(some => some.Key).Concat(states.Keys.Select(key => key.OwnerId)).Distinct();
        return
        [
            .. from owner in owners
               let known = rule.For(owner)
               let groups = rows[owner].ToLookup(row => row.Group)
               from key in KeysOf(rule, owner, groups.Select(one => one.Key), states)
               let before = states.GetValueOrDefault(key) ?? new GroupState { Since = clock.Now, MeasuredAt = clock.Now }
               select new Judged(key, known, metric, before, After(known.Definition, metric, before, [.. groups[key.Group]], clock)),
        ];
    }

    private static GroupState After(AlertRuleDefinition rule, MetricDefinition metric, GroupState before, PointRow[] rows, (DateTimeOffset Now, TimeSpan Since) clock) =>
        rule.IsEnabled
            ? AlertMachine.Judge(rule, before, RuleValues.Of(rule, metric, rows, clock.Now), clock)
            : new GroupState { Since = clock.Now, MeasuredAt = clock.Now, Told = before.Told, ToldAt = before.ToldAt };

    // A rule that is not grouped is judged without data as well: that there is none may be the trouble.
    private static IEnumerable<AlertKey> KeysOf(RuleToJudge rule, Guid owner, IEnumerable<string> measured, IReadOnlyDictionary<AlertKey, GroupState> states)
    {
        var known = states.Keys.Where(key => key.OwnerId == owner).Select(key => key.Group);
        IEnumerable<string> always = rule is { OwnerId: not null, Rule.Definition.GroupBy: null } ? [""] : [];
        return measured.Concat(known).Concat(always).Distinct(StringComparer.Ordinal).Select(group => new AlertKey(owner, rule.Rule.Id, group));
    }
}
