using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Timeline.Alerts.Rules;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary><c>/api/v1/admin/alerts/silences</c>: those that hold or will hold; ending one is deleting it.</summary>
internal sealed class ManageSilences(Database database, ReadRules rules, IAudit audit, IOperators operators, IdSource ids, TimeProvider time)
{
    private const int LongestReason = 500;
    private const int LongestGroup = 200;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public async Task<Ok<Page<AlertSilence>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        var rows = await database.QueryAsync<SilenceRow>(
            owners.Scope,
            $"SELECT {SilenceRow.Columns} FROM alert_silences WHERE organization_id = ANY (@Ids) AND ends_at > @now ORDER BY ends_at, id LIMIT 500",
            new { owners.Ids, now = time.GetUtcNow().UtcDateTime },
            cancellationToken);
        return TypedResults.Ok(new Page<AlertSilence>([.. rows.Select(row => row.ToWire())], null));
    }

    public async Task<Results<Created<AlertSilence>, ErrorResult>> CreateAsync(AlertSilenceRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var silence = Read(problems, request);
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        KnownRule? rule = null;
        if (request.RuleId is { } ruleId && (rule = await rules.FindAsync(owners, ruleId, cancellationToken)) is null)
        {
            problems.Add(new FieldProblem("rule_id", "There is no such rule.", "没有该规则。"));
        }

        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        if (!owners.Choose(rule?.Definition.IsOfInstallation ?? request.IsOfInstallation is true).TryGet(out var owner, out var error))
        {
            return (ErrorResult)error;
        }

        var made = await StoreAsync(caller, owners, silence with { OrganizationId = owner }, cancellationToken);
        return TypedResults.Created($"/api/v1/admin/alerts/silences/{made.Id}", made.ToWire());
    }

    public async Task<Results<NoContent, ErrorResult>> DeleteAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        const string Delete = "DELETE FROM alert_silences WHERE id = @id AND organization_id = ANY (@Ids)";
        var deleted = await audit.ChangeAsync(
            owners.Scope, (Delete, new { id, owners.Ids }), AuditRecord.Of(caller, "alert_silence.ended", id.ToString()), cancellationToken);
        return deleted > 0 ? TypedResults.NoContent() : (ErrorResult)Error.NotFound;
    }

    private SilenceRow Read(List<FieldProblem> problems, AlertSilenceRequest request)
    {
        var reason = TextField.Line(problems, "reason", request.Reason, LongestReason);
        if (string.IsNullOrEmpty(reason))
        {
            problems.Add(FieldProblem.Required("reason"));
        }

        var now = time.GetUtcNow();
        var starts = request.StartsAt is { } asked && asked > now ? asked : now;
        if (request.EndsAt is null)
        {
            problems.Add(FieldProblem.Required("ends_at"));
        }
        else if (request.EndsAt <= starts || request.EndsAt - starts > Longest)
        {
            problems.Add(new FieldProblem("ends_at", $"After the beginning, and at most {Longest.Days} days later.", $"应晚于开始时间，且不超过 {Longest.Days} 天。"));
        }

        return new SilenceRow
        {
            Id = ids.Next(),
            RuleId = request.RuleId,
            GroupName = TextField.Line(problems, "group", request.Group, LongestGroup),
            Reason = reason ?? "",
            StartsAt = starts,
            EndsAt = request.EndsAt ?? now,
        };
    }

    private async Task<SilenceRow> StoreAsync(Caller caller, RuleOwners owners, SilenceRow silence, CancellationToken cancellationToken)
    {
        // The name as it is now: a silence outlives who made it.
        var author = await database.QueryFirstOrDefaultAsync<string>(
            DataScope.Organization(caller.OrganizationId), "SELECT display_name FROM users WHERE id = @UserId", new { caller.UserId }, cancellationToken) ?? "-";
        var row = silence with { Author = author };
        const string Insert =
            """
            INSERT INTO alert_silences (id, organization_id, rule_id, group_name, reason, author, starts_at, ends_at)
            VALUES (@Id, @OrganizationId, @RuleId, @GroupName, @Reason, @Author, @StartsAt, @EndsAt)
            """;
        var record = AuditRecord.Of(caller, "alert_silence.created", row.Id.ToString(), new { row.RuleId, row.EndsAt });
        await audit.ChangeAsync(owners.Scope, (Insert, row), record, cancellationToken);
        return row;
    }
}
