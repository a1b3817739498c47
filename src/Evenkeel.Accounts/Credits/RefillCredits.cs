using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Accounts.Credits;

/// <summary>
/// Gives the month's allowance to every metered organization that has not had it. Any number of nodes may do so at once: the account's row
/// remembers the month. The first run also applies the plans of the settings to the accounts.
/// </summary>
internal sealed partial class RefillCredits(Database database, CreditPlans plans, TimeProvider time, ILogger<RefillCredits> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromMinutes(1))
{
    private const int MostPerRun = 200;

    // @names in lower case, @metered one for each of them, @isMetered the default plan. One node at a time: rows are locked in any order here.
    private const string ApplyPlans =
        """
        SELECT pg_advisory_xact_lock(hashtext('credit_plans'));
        INSERT INTO credit_accounts (organization_id, is_metered) SELECT id, @isMetered FROM organizations
        WHERE NOT EXISTS (SELECT FROM credit_accounts WHERE organization_id = organizations.id) ON CONFLICT DO NOTHING;
        WITH plans AS (SELECT * FROM unnest(@names, @metered) AS plan (name, is_metered))
        UPDATE credit_accounts a SET is_metered = NOT a.is_metered
        WHERE a.is_metered <> coalesce((SELECT plans.is_metered FROM plans WHERE plans.name = lower(a.plan)), @isMetered)
        """;

    // In the order of their ids, so that two nodes cannot lock each other out for good.
    private const string Refill =
        """
        WITH plans AS (SELECT * FROM unnest(@names, @allowances) AS plan (name, allowance))
        SELECT credit_refill(due.organization_id, @month::date, due.allowance) FROM (
            SELECT a.organization_id, plans.allowance
            FROM credit_accounts a
            JOIN plans ON plans.name = coalesce((SELECT name FROM plans WHERE name = lower(a.plan)), @defaultName)
            WHERE a.is_metered AND plans.allowance > 0
              AND (a.allowance_month IS NULL OR a.allowance_month < @month::date
                   OR (a.allowance_month = @month::date AND a.allowance_given < plans.allowance))
            ORDER BY a.organization_id LIMIT @MostPerRun) due
        """;

    private bool _hasAppliedPlans;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var names = plans.All.Select(plan => plan.Name.ToLowerInvariant()).ToArray();
        if (!_hasAppliedPlans)
        {
            var args = new { names, metered = plans.All.Select(plan => plan.IsMetered).ToArray(), isMetered = plans.Default.IsMetered };
            await database.ExecuteAsync(DataScope.System, ApplyPlans, args, cancellationToken);
            _hasAppliedPlans = true;
        }

        var given = await database.QueryAsync<long>(
            DataScope.System,
            Refill,
            new
            {
                names,
                allowances = plans.All.Select(plan => plan.Allowance ?? 0).ToArray(),
                defaultName = plans.Default.Name.ToLowerInvariant(),
                month = CreditMonth.Of(Time.GetUtcNow()),
                MostPerRun,
            },
            cancellationToken);
        if (given.Count > 0)
        {
            Log.Refilled(logger, given.Count, CreditAmount.ToCredits(given.Sum()));
        }

        return given.Count >= MostPerRun;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "credits_refilled", Message = "{Organizations} organizations were given {Credits} credits of their monthly allowances")]
        public static partial void Refilled(ILogger logger, int organizations, decimal credits);
    }
}
