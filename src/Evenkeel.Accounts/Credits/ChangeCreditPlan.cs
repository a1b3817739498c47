using Dapper;
using Evenkeel.Contracts.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Accounts.Credits;

/// <summary><c>POST /api/v1/admin/credits/plan</c>: the owner chooses another plan, in force at once with the month's allowance.</summary>
internal sealed partial class ChangeCreditPlan(Database database, ReadCredits read, CreditPlans plans, TimeProvider time, ILogger<ChangeCreditPlan> logger)
{
    // The account is locked first: of two changes at once the ledger names the one that holds last.
    private const string Change =
        """
        WITH changed AS (
            UPDATE credit_accounts SET plan = @Name, is_metered = @IsMetered
            WHERE organization_id = @OrganizationId AND (plan, is_metered) IS DISTINCT FROM (@Name, @IsMetered)
            RETURNING organization_id
        )
        INSERT INTO credit_ledger (organization_id, id, kind, amount, is_metered, note, actor)
        SELECT organization_id, credit_entry_id(), 'plan', 0, false, @Name, @UserId FROM changed
        """;

    private const string Refill = "SELECT credit_refill(@OrganizationId, @month::date, @allowance)";

    public static async Task<Results<Ok<CreditStatus>, ErrorResult>> HandleAsync(
        ChangeCreditPlanRequest request, Caller caller, ChangeCreditPlan change, CancellationToken cancellationToken) =>
        request.Plan is null ? (ErrorResult)Error.Invalid(FieldProblem.Required("plan"))
            : change.Find(request.Plan) is { } plan ? TypedResults.Ok(await change.RunAsync(caller, plan, cancellationToken))
            : (ErrorResult)Error.Invalid(new FieldProblem("plan", "This server has no such plan.", "此服务器没有该套餐。"));

    private Plan? Find(string name) => plans.Find(name);

    private async Task<CreditStatus> RunAsync(Caller caller, Plan plan, CancellationToken cancellationToken)
    {
        await using (var transaction = await database.BeginAsync(DataScope.Organization(caller.OrganizationId), cancellationToken))
        {
            var args = new { caller.OrganizationId, caller.UserId, plan.Name, plan.IsMetered, month = CreditMonth.Of(time.GetUtcNow()), allowance = plan.Allowance ?? 0 };
            var changed = await transaction.Connection.ExecuteAsync(new CommandDefinition(Change, args, transaction.Transaction, cancellationToken: cancellationToken));
            await transaction.Connection.ExecuteAsync(new CommandDefinition(Refill, args, transaction.Transaction, cancellationToken: cancellationToken));
            await transaction.CommitAsync(cancellationToken);
            if (changed > 0)
            {
                Log.Changed(logger, caller.OrganizationId, plan.Name, caller.UserId);
            }
        }

        return await read.RunAsync(caller.OrganizationId, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "credit_plan_changed", Message = "Organization {OrganizationId} has the plan {Plan} now, chosen by user {UserId}")]
        public static partial void Changed(ILogger logger, Guid organizationId, string plan, Guid userId);
    }
}
