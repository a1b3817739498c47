using Dapper;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Timeline.Alerts.Judging;
using Evenkeel.Timeline.Alerts.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Alerts.Rounds;

/// <summary>What a round needs.</summary>
internal sealed record RoundParts(Database Database, BaseRules BaseRules, JudgeRule Judge, IdSource Ids, IOptions<AlertsOptions> Options);

/// <summary>
/// Judges all rules every 15 seconds: one process at a time, all that a round finds in one transaction. A round that fails leaves everything as it was, and
/// the next one goes on from there.
/// </summary>
internal sealed partial class JudgeAlerts(RoundParts parts, AlertHealth health, TimeProvider time, ILogger<JudgeAlerts> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(15))
{
    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(8);

    private const string Start =
        """
        INSERT INTO alert_rounds (judged_at) SELECT @now WHERE NOT EXISTS (SELECT FROM alert_rounds);
        SELECT judged_at FROM alert_rounds
        """;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!parts.Options.Value.Enabled)
        {
            return false;
        }

        try
        {
            await RoundAsync(cancellationToken);
            health.Judged(Time.GetUtcNow());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            health.Failed(exception);
            throw;
        }

        return false;
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await parts.Database.BeginAsync(DataScope.System, cancellationToken);
        if (!await transaction.Connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("SELECT pg_try_advisory_xact_lock(hashtext('alert_rounds'))", transaction: transaction.Transaction, cancellationToken: cancellationToken)))
        {
            return;
        }

        var now = Time.GetUtcNow();
        var before = await transaction.Connection.QuerySingleAsync<DateTimeOffset>(
            new CommandDefinition(Start, new { now = now.UtcDateTime }, transaction.Transaction, cancellationToken: cancellationToken));
        if (now > before && now - before < JustNow)
        {
            return;
        }

        var data = await RoundData.ReadInTransactionAsync(transaction, now, cancellationToken);
        await using var store = new StoreRound(transaction, parts.Ids, now);
        await JudgeAsync(data, store, (before, now), cancellationToken);
        await store.WriteAsync(TimeSpan.FromSeconds(parts.Options.Value.GroupWaitSeconds), cancellationToken);
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition("UPDATE alert_rounds SET judged_at = @now", new { now = now.UtcDateTime }, transaction.Transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task JudgeAsync(RoundData data, StoreRound store, (DateTimeOffset Before, DateTimeOffset Now) clock, CancellationToken cancellationToken)
    {
        var lost = AlertMachine.Lost(clock.Before, clock.Now);
        var states = data.States.ToDictionary(state => state.Key, state => state.Value.Moved(lost));
        var since = clock.Now - clock.Before - lost;
        var decide = new DecideTelling(data, TimeSpan.FromHours(parts.Options.Value.RepeatHours), clock.Now);
        var judged = new HashSet<AlertKey>();
        var standing = new HashSet<Guid>();
        foreach (var rule in RulesOf(data))
        {
            var own = states.Where(state => state.Key.RuleId == rule.Rule.Id && (rule.OwnerId is null || rule.OwnerId == state.Key.OwnerId)).ToDictionary();
            foreach (var group in await parts.Judge.RunAsync(rule, own, (clock.Now, since), cancellationToken))
            {
                judged.Add(group.Key);
                if (!store.Take(group, decide.Of(group)).IsNothing)
                {
                    standing.Add(group.Key.RuleId);
                }

                Report(group);
            }
        }

        foreach (var gone in data.States.Keys.Where(key => !judged.Contains(key)))
        {
            store.Forget(gone);
        }

        foreach (var rule in data.Rules.Where(row => row.DeletedAt is not null && !standing.Contains(row.Id)))
        {
            store.Forget(rule);
        }
    }

    /// <summary>The base rules, then the own ones.</summary>
    private IEnumerable<RuleToJudge> RulesOf(RoundData data)
    {
        var changed = data.Rules.Where(row => row.IsOverride).ToLookup(row => row.Id);
        foreach (var rule in parts.BaseRules.Current())
        {
            yield return new RuleToJudge(
                ReadRules.Merge(rule, null),
                rule.Definition.IsOfInstallation ? Guid.Empty : null,
                changed[rule.Id].ToDictionary(row => row.OrganizationId, row => ReadRules.Merge(rule, row)));
        }

        foreach (var row in data.Rules.Where(row => !row.IsOverride))
        {
            yield return new RuleToJudge(new KnownRule(row.Id, row.Definition, null, row), row.OrganizationId, new Dictionary<Guid, KnownRule>());
        }
    }

    private void Report(Judged group)
    {
        if (group.IsChange)
        {
            Log.Changed(logger, group.Key.RuleId, group.Metric.Metric, group.Key.OwnerId, group.Before.State, group.After.State, group.After.Severity, group.After.Value);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "alert_changed", Message = "Alert {RuleId} on {Metric} of organization {OrganizationId} went from {From} to {To} ({Severity}) at {Value}")]
        public static partial void Changed(ILogger logger, Guid ruleId, string metric, Guid organizationId, string from, string to, string? severity, double? value);
    }
}
