using System.Text.Json;
using Evenkeel.Accounts;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Timeline.Alerts.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary><c>POST /api/v1/admin/alerts/rules</c>, and <c>PUT</c> and <c>DELETE</c> of one.</summary>
internal sealed class ChangeRules(ReadRules rules, RuleFields fields, ShowRules show, IAudit audit, IOperators operators, IdSource ids, TimeProvider time)
{
    private const int MostOwnRules = 200;

    private const string Save =
        """
        INSERT INTO alert_rules (organization_id, id, definition, is_override, updated_at) VALUES (@OrganizationId, @Id, @DefinitionText::jsonb, @IsOverride, @UpdatedAt)
        ON CONFLICT (organization_id, id) DO UPDATE SET definition = excluded.definition, updated_at = excluded.updated_at
        """;

    public async Task<Results<Created<AlertRule>, ErrorResult>> CreateAsync(
        HttpContext context, AlertRuleRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var definition = fields.Read(problems, request);
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        if (!owners.Choose(definition.IsOfInstallation).TryGet(out var owner, out var error))
        {
            return (ErrorResult)error;
        }

        var known = await rules.RunAsync(owners, cancellationToken);
        if (known.Count(rule => rule.Base is null && rule.OwnerFor(owners.OrganizationId) == owner) >= MostOwnRules)
        {
            return (ErrorResult)new Error(ErrorCode.Conflict) { Fields = [new FieldProblem("name", $"There are {MostOwnRules} rules already.", $"已有 {MostOwnRules} 条规则。")] };
        }

        var made = new KnownRule(ids.Next(), definition, null, null);
        var stored = await StoreAsync(caller, owner, made, "alert_rule.created", cancellationToken);
        return TypedResults.Created($"/api/v1/admin/alerts/rules/{made.Id}", (await show.RunAsync(owners, [stored], RequestLanguage.Of(context), cancellationToken))[0]);
    }

    public async Task<Results<Ok<AlertRule>, ErrorResult>> ReplaceAsync(
        HttpContext context, Guid id, AlertRuleRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        if (await rules.FindAsync(owners, id, cancellationToken) is not { } rule)
        {
            return (ErrorResult)Error.NotFound;
        }

        var problems = new List<FieldProblem>();
        var definition = fields.Read(problems, rule.Base is { } known ? BaseRuleChange.Complete(problems, known.Definition, request) : request);
        if (problems.Count == 0 && definition.IsOfInstallation != rule.Definition.IsOfInstallation)
        {
            problems.Add(new FieldProblem("is_of_installation", "Whose rule it is cannot be changed; make another one.", "规则归属不可更改，请新建规则。"));
        }

        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        definition = rule.Base is { } shipped ? ReadRules.Changed(shipped.Definition, definition) : definition;
        var stored = await StoreAsync(caller, rule.OwnerFor(owners.OrganizationId), rule with { Definition = definition }, "alert_rule.changed", cancellationToken);
        return TypedResults.Ok((await show.RunAsync(owners, [stored], RequestLanguage.Of(context), cancellationToken))[0]);
    }

    public async Task<Results<NoContent, ErrorResult>> DeleteAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        if (await rules.FindAsync(owners, id, cancellationToken) is not { } rule)
        {
            return (ErrorResult)Error.NotFound;
        }

        // A base rule is what it was before; of an own one somebody may still have to hear that it fires no more.
        var sql = rule.Base is null
            ? "UPDATE alert_rules SET deleted_at = @now WHERE organization_id = @owner AND id = @id"
            : "DELETE FROM alert_rules WHERE organization_id = @owner AND id = @id";
        var args = new { owner = rule.OwnerFor(owners.OrganizationId), id, now = time.GetUtcNow() };
        await audit.ChangeAsync(owners.Scope, (sql, args), RecordOf(caller, "alert_rule.deleted", rule), cancellationToken);
        return TypedResults.NoContent();
    }

    private async Task<KnownRule> StoreAsync(Caller caller, Guid owner, KnownRule rule, string action, CancellationToken cancellationToken)
    {
        var row = new RuleRow
        {
            OrganizationId = owner, Id = rule.Id, DefinitionText = JsonSerializer.Serialize(rule.Definition, Wire.Json), IsOverride = rule.Base is not null, UpdatedAt = time.GetUtcNow(),
        };
        await audit.ChangeAsync(RuleOwners.ScopeOf(owner), (Save, row), RecordOf(caller, action, rule), cancellationToken);
        return rule with { Row = row };
    }

    // What operators do to the installation stands in the audit of their own organization.
    private static AuditRecord RecordOf(Caller caller, string action, KnownRule rule) =>
        AuditRecord.Of(caller, action, rule.Id.ToString(), new { rule.Definition.Name, rule.Origin });
}
