using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Accounts.Credits;

/// <summary>Opens the account of a new organization under the default plan and gives it the month's allowance.</summary>
internal sealed class OpenCreditAccount(CreditPlans plans, TimeProvider time) : IOrganizationInitializer
{
    private const string Open =
        """
        INSERT INTO credit_accounts (organization_id, is_metered, opened_at) VALUES (@Id, @IsMetered, @now);
        SELECT credit_refill(@Id, @month::date, @allowance)
        """;

    public Task InitializeAsync(ScopedTransaction transaction, NewOrganization organization, CancellationToken cancellationToken)
    {
        var plan = plans.Default;
        var now = time.GetUtcNow();
        return transaction.Connection.ExecuteAsync(new CommandDefinition(
            Open,
            new { organization.Id, plan.IsMetered, now, month = CreditMonth.Of(now), allowance = plan.Allowance ?? 0 },
            transaction.Transaction,
            cancellationToken: cancellationToken));
    }
}
