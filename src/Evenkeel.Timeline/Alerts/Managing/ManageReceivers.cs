using Evenkeel.Accounts;
using Evenkeel.Contracts.Chats;
using Evenkeel.Contracts.Errors;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Timeline.Alerts.Judging;
using Evenkeel.Timeline.Alerts.Rules;
using Evenkeel.Timeline.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Evenkeel.Timeline.Alerts.Managing;

/// <summary><c>/api/v1/admin/alerts/receivers</c>.</summary>
internal sealed class ManageReceivers(Database database, IAudit audit, IOperators operators, IdSource ids, TimeProvider time)
{
    private const int MostReceivers = 50;

    private const string Read =
        $"""
        SELECT {ReceiverRow.Columns},
               (SELECT count(*) FROM alert_notifications n WHERE n.receiver_id = r.id AND n.status = 'waiting') AS waiting,
               (SELECT max(n.ended_at) FROM alert_notifications n WHERE n.receiver_id = r.id AND n.status = 'sent') AS last_sent_at,
               (SELECT n.error FROM alert_notifications n WHERE n.receiver_id = r.id AND n.tries > 0 ORDER BY n.created_at DESC LIMIT 1) AS last_error
        FROM alert_receivers r WHERE r.organization_id = ANY (@Ids)
        """;

    private const string Save =
        """
        INSERT INTO alert_receivers (id, organization_id, name, kind, target, secret, least_severity, language, is_enabled, created_at)
        VALUES (@Id, @OrganizationId, @Name, @Kind, @Target, @Secret, @LeastSeverity, @Language, @IsEnabled, @CreatedAt)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, target = excluded.target, secret = excluded.secret,
            least_severity = excluded.least_severity, language = excluded.language, is_enabled = excluded.is_enabled
        """;

    public async Task<Ok<Page<AlertReceiver>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        var rows = await database.QueryAsync<ReceiverRow>(owners.Scope, $"{Read} ORDER BY r.name, r.id", new { owners.Ids }, cancellationToken);
        return TypedResults.Ok(new Page<AlertReceiver>([.. rows.Select(row => row.ToWire())], null));
    }

    public async Task<Results<Created<CreatedAlertReceiver>, ErrorResult>> CreateAsync(
        HttpContext context, AlertReceiverRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var made = ReceiverFields.Read(problems, New(RequestLanguage.Of(context)), request);
        if (problems.Count > 0)
        {
            return (ErrorResult)Error.Invalid(problems);
        }

        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        if (!owners.Choose(request.IsOfInstallation is true).TryGet(out var owner, out var error)
            || (error = await FullAsync(owners, owner, cancellationToken)) is not null)
        {
            return (ErrorResult)error;
        }

        made = made with { OrganizationId = owner };
        return await SaveAsync(caller, owners, made, "alert_receiver.created", cancellationToken) is { } refusal
            ? (ErrorResult)refusal
            : TypedResults.Created($"/api/v1/admin/alerts/receivers/{made.Id}", new CreatedAlertReceiver(made.ToWire(), made.Kind == ReceiverKind.Webhook ? made.Secret : null));
    }

    public async Task<Results<Ok<AlertReceiver>, ErrorResult>> ChangeAsync(
        Guid id, AlertReceiverRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        if (await FindAsync(owners, id, cancellationToken) is not { } before)
        {
            return (ErrorResult)Error.NotFound;
        }

        var problems = new List<FieldProblem>();
        var changed = ReceiverFields.Read(problems, before, request);
        if (request.IsOfInstallation is { } asked && asked != (before.OrganizationId == RuleOwners.Installation))
        {
            problems.Add(new FieldProblem("is_of_installation", "Whose receiver it is cannot be changed; make another one.", "接收方归属不可更改，请新建。"));
        }

        return problems.Count > 0 ? (ErrorResult)Error.Invalid(problems)
            : await SaveAsync(caller, owners, changed, "alert_receiver.changed", cancellationToken) is { } refusal ? (ErrorResult)refusal
            : TypedResults.Ok(changed.ToWire());
    }

    public async Task<Results<NoContent, ErrorResult>> DeleteAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var owners = await RuleOwners.OfAsync(caller, operators, cancellationToken);
        const string Delete = "DELETE FROM alert_receivers WHERE id = @id AND organization_id = ANY (@Ids)";
        var deleted = await audit.ChangeAsync(
            owners.Scope, (Delete, new { id, owners.Ids }), AuditRecord.Of(caller, "alert_receiver.deleted", id.ToString()), cancellationToken);
        return deleted > 0 ? TypedResults.NoContent() : (ErrorResult)Error.NotFound;
    }

    /// <summary>One that the owners have; null where there is none.</summary>
    public Task<ReceiverRow?> FindAsync(RuleOwners owners, Guid id, CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<ReceiverRow>(owners.Scope, $"{Read} AND r.id = @id", new { owners.Ids, id }, cancellationToken);

    private ReceiverRow New(string language) => new()
    {
        Id = ids.Next(),
        Secret = WebhookSecret.Show(WebhookSecret.Create()),
        LeastSeverity = AlertSeverity.Warning,
        Language = language,
        IsEnabled = true,
        CreatedAt = time.GetUtcNow(),
    };

    private async Task<Error?> FullAsync(RuleOwners owners, Guid owner, CancellationToken cancellationToken) =>
        await database.QueryFirstOrDefaultAsync<long>(owners.Scope, "SELECT count(*) FROM alert_receivers WHERE organization_id = @owner", new { owner }, cancellationToken) >= MostReceivers
            ? new Error(ErrorCode.Conflict) { Fields = [new FieldProblem("name", $"There are {MostReceivers} receivers already.", $"已有 {MostReceivers} 个接收方。")] }
            : null;

    private async Task<Error?> SaveAsync(Caller caller, RuleOwners owners, ReceiverRow row, string action, CancellationToken cancellationToken)
    {
        try
        {
            await audit.ChangeAsync(owners.Scope, (Save, row), AuditRecord.Of(caller, action, row.Id.ToString(), new { row.Name, row.Kind }), cancellationToken);
            return null;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new Error(ErrorCode.Conflict) { Fields = [new FieldProblem("name", "There is a receiver of this name already.", "已有同名接收方。")] };
        }
    }
}
