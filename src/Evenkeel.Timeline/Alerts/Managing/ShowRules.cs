using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Timeline.Alerts.Judging;
using Evenkeel.Timeline.Alerts.Rounds;
using Evenkeel.Timeline.Alerts.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary><c>GET /api/v1/admin/alerts/rules[/{id}]</c>: rules and where they stand.</summary>
internal sealed class ShowRules(Database database, ReadRules rules, IOperators operators, TimeProvider time)
{
    public async Task<Ok<Page<AlertRule>>> ListAsync(HttpContext context, Caller caller, CancellationToken cancellationToken)
    {
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        var found = await rules.RunAsync(owners, cancellationToken);
        return TypedResults.Ok(new Page<AlertRule>(await RunAsync(owners, found, RequestLanguage.Of(context), cancellationToken), null));
    }

    public async Task<Results<Ok<AlertRule>, ErrorResult>> GetAsync(HttpContext context, Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        return await rules.FindAsync(owners, id, cancellationToken) is { } rule
            ? TypedResults.Ok((await RunAsync(owners, [rule], RequestLanguage.Of(context), cancellationToken))[0])
            : (ErrorResult)Error.NotFound;
    }

    /// <summary>Rules as they are answered, with their groups.</summary>
    public async Task<IReadOnlyList<AlertRule>> RunAsync(RuleOwners owners, IReadOnlyList<KnownRule> found, string language, CancellationToken cancellationToken)
    {
        var args = new { owners.Ids, now = time.GetUtcNow().UtcDateTime };
        var states = (await database.QueryAsync<StateRow>(
            owners.Scope, "SELECT organization_id, rule_id, group_name, state::text AS state_text FROM alert_states WHERE organization_id = ANY (@Ids)", args, cancellationToken))
            .ToLookup(row => (row.OrganizationId, row.RuleId));
        var silences = await database.QueryAsync<SilenceRow>(
            owners.Scope, $"SELECT {SilenceRow.Columns} FROM alert_silences WHERE organization_id = ANY (@Ids) AND starts_at <= @now AND ends_at > @now", args, cancellationToken);
        return [.. found.Select(rule => ToWire(rule, states[(rule.OwnerFor(owners.OrganizationId), rule.Id)], silences, language))];
    }

    private static AlertRule ToWire(KnownRule rule, IEnumerable<StateRow> states, IReadOnlyList<SilenceRow> silences, string language)
    {
        List<AlertStatus> groups = [.. states
            .Select(row => (row.Key, row.State))
            .Where(group => group.State.State != AlertState.Normal)
            .OrderByDescending(group => Badness(group.State.State, group.State.Severity)).ThenBy(group => group.Key.Group, StringComparer.Ordinal)
            .Select(group => ToWire(group.Key, group.State, silences))];
        return new AlertRule
        {
            Id = rule.Id,
            Definition = rule.Base?.In(language, rule.Definition) ?? rule.Definition,
            Origin = rule.Origin,
            IsOverridden = rule is { Base: not null, Row: not null },
            State = groups is [var worst, ..] ? worst.State : AlertState.Normal,
            Groups = groups,
            UpdatedAt = rule.Row?.UpdatedAt ?? DateTimeOffset.UnixEpoch,
        };
    }

    private static AlertStatus ToWire(AlertKey key, GroupState state, IReadOnlyList<SilenceRow> silences) => new()
    {
        Group = key.Group,
        State = state.State,
        Severity = state.Severity,
        Value = state.Value,
        Since = state.Since,
        SilencedUntil = silences.Where(silence => silence.Covers(key)).Select(silence => (DateTimeOffset?)silence.EndsAt).Max(),
    };

    private static int Badness(string state, string? severity) => (10 * state switch
    {
        AlertState.Firing => 4, AlertState.Recovering => 3, AlertState.Pending => 2, AlertState.NoData => 1, _ => 0,
    }) + AlertSeverity.Rank(severity);
}
