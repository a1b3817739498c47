using Evenkeel.Contracts.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Identifiers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Accounts.Credits;

/// <summary><c>POST /api/v1/admin/credits/grants</c>: an owner or admin gives credits, or takes them back, and says why.</summary>
internal sealed partial class GrantCredits(Database database, ReadCredits read, IdSource ids, ILogger<GrantCredits> logger)
{
    private const int MostNoteCharacters = 200;

    // A repeated grant_id finds its entry and adds nothing.
    private const string Grant =
        """
        WITH entry AS (
            INSERT INTO credit_ledger (organization_id, id, kind, amount, is_metered, note, actor, grant_id)
            VALUES (@OrganizationId, credit_entry_id(), 'grant', @amount, true, @note, @UserId, @id)
            ON CONFLICT (organization_id, grant_id) WHERE grant_id IS NOT NULL DO NOTHING
            RETURNING amount
        )
        UPDATE credit_accounts SET balance = balance + entry.amount FROM entry WHERE organization_id = @OrganizationId
        """;

    public static async Task<Results<Ok<CreditStatus>, ErrorResult>> HandleAsync(
        GrantCreditsRequest request, Caller caller, GrantCredits grant, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        var amount = ReadAmount(problems, request.Amount);
        var note = TextField.Line(problems, "note", request.Note, MostNoteCharacters);
        if (string.IsNullOrEmpty(note))
        {
            problems.Add(FieldProblem.Required("note"));
        }

        return problems.Count > 0
            ? (ErrorResult)Error.Invalid(problems)
            : TypedResults.Ok(await grant.RunAsync(caller, request.GrantId, amount, note!, cancellationToken));
    }

    private async Task<CreditStatus> RunAsync(Caller caller, Guid? grantId, long amount, string note, CancellationToken cancellationToken)
    {
        var id = grantId ?? ids.Next();
        var granted = await database.ExecuteAsync(
            DataScope.Organization(caller.OrganizationId), Grant, new { caller.OrganizationId, caller.UserId, id, amount, note }, cancellationToken);
        if (granted > 0)
        {
            Log.Granted(logger, CreditAmount.ToCredits(amount), caller.OrganizationId, caller.UserId, id);
        }

        return await read.RunAsync(caller.OrganizationId, cancellationToken);
    }

    private static long ReadAmount(List<FieldProblem> problems, decimal? amount)
    {
        if (amount is null)
        {
            problems.Add(FieldProblem.Required("amount"));
            return 0;
        }

        if (amount == 0 || Math.Abs(amount.Value) > (decimal)CreditAmount.Most || decimal.Round(amount.Value, CreditAmount.Decimals) != amount)
        {
            problems.Add(new FieldProblem(
                "amount",
                $"A number other than 0, up to {CreditAmount.Most:N0}, with at most {CreditAmount.Decimals} decimals.",
                $"须为非 0 的数，不超过 {CreditAmount.Most:N0}，最多 {CreditAmount.Decimals} 位小数。"));
            return 0;
        }

        return CreditAmount.Of(amount.Value);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "credits_granted", Message = "{Credits} credits were granted to organization {OrganizationId} by user {UserId} ({GrantId})")]
        public static partial void Granted(ILogger logger, decimal credits, Guid organizationId, Guid userId, Guid grantId);
    }
}
