using System.Text.Json;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;

namespace Evenkeel.Timeline.Alerts.Rules;

/// <summary>A row of <c>alert_rules</c>.</summary>
internal sealed record RuleRow
{
    public Guid OrganizationId { get; init; }
    public Guid Id { get; init; }
    public string DefinitionText { get; init; } = "";
    public bool IsOverride { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>An own rule that was deleted; it is not shown, and judged as one that is switched off until nothing of it is left to tell.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public AlertRuleDefinition Definition
    {
        get
        {
            var definition = JsonSerializer.Deserialize<AlertRuleDefinition>(DefinitionText, Wire.Json)!;
            return DeletedAt is null ? definition : definition with { IsEnabled = false };
        }
    }
}

/// <summary>A rule as it is for one organization, or for the installation.</summary>
/// <param name="Id">Of the rule.</param>
/// <param name="Definition">With what the organization changed.</param>
/// <param name="Base">Null for an own one.</param>
/// <param name="Row">Null for a base rule that was not changed.</param>
internal sealed record KnownRule(Guid Id, AlertRuleDefinition Definition, BaseRule? Base, RuleRow? Row)
{
    public string Origin => Base?.Origin ?? RuleOrigin.Own;

    /// <summary>Whose state it has, seen by an organization.</summary>
    public Guid OwnerFor(Guid organizationId) => Definition.IsOfInstallation ? RuleOwners.Installation : organizationId;
}

/// <summary>The rules that somebody sees.</summary>
internal sealed class ReadRules(Database database, BaseRules baseRules)
{
    public const string Columns = "organization_id, id, definition::text AS definition_text, is_override, updated_at, deleted_at";

    /// <summary>Base rules first, own ones by name.</summary>
    public async Task<IReadOnlyList<KnownRule>> RunAsync(RuleOwners owners, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<RuleRow>(
            owners.Scope, $"SELECT {Columns} FROM alert_rules WHERE organization_id = ANY (@Ids) AND deleted_at IS NULL", new { owners.Ids }, cancellationToken);
        return Merge(baseRules.Current().Where(rule => owners.IsOperator || !rule.Definition.IsOfInstallation), rows);
    }

    /// <summary>One of them; null where there is none.</summary>
    public async Task<KnownRule?> FindAsync(RuleOwners owners, Guid id, CancellationToken cancellationToken) =>
        (await RunAsync(owners, cancellationToken)).FirstOrDefault(rule => rule.Id == id);

    /// <summary>Base rules with what was changed of them, and own ones.</summary>
    private static IReadOnlyList<KnownRule> Merge(IEnumerable<BaseRule> known, IReadOnlyCollection<RuleRow> rows) =>
    [
        .. known.Select(rule => Merge(rule, rows.FirstOrDefault(row => row.IsOverride && row.Id == rule.Id))),
        .. rows.Where(row => !row.IsOverride).Select(row => new KnownRule(row.Id, row.Definition, null, row)).OrderBy(rule => rule.Definition.Name, StringComparer.Ordinal),
    ];

    /// <summary>A base rule with what was changed of it. What cannot be changed follows the base rule, also when that changes later.</summary>
    public static KnownRule Merge(BaseRule rule, RuleRow? row) =>
        row?.Definition is { } changed ? new(rule.Id, Changed(rule.Definition, changed), rule, row) : new(rule.Id, rule.Definition, rule, null);

    /// <summary>What may be changed of a base rule, taken from <paramref name="changed"/>.</summary>
    public static AlertRuleDefinition Changed(AlertRuleDefinition rule, AlertRuleDefinition changed) => rule with
    {
        Warning = changed.Warning,
        Critical = changed.Critical,
        ForSeconds = changed.ForSeconds,
        KeepFiringForSeconds = changed.KeepFiringForSeconds,
        MinimumCount = changed.MinimumCount,
        NoData = changed.NoData,
        IsEnabled = changed.IsEnabled,
        Receivers = changed.Receivers,
    };
}
