using Evenkeel.Contracts.Accounts;
using Evenkeel.Platform.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Accounts.Credits;

/// <summary><c>GET /api/v1/credits</c>: the balance and what belongs to it, for every member.</summary>
internal sealed class ReadCredits(Database database, CreditPlans plans, TimeProvider time)
{
    // Entries lie in the order of their ids, which begin with their time: the month is one range of the primary key. Ids are made by the
    // database's clock, which may be a little behind ours.
    private const string FindAccount =
        """
        SELECT a.plan, a.is_metered, a.balance, a.held, coalesce(used.credits, 0)::bigint AS used, used.answers
        FROM credit_accounts a, (
            SELECT sum(price) AS credits, count(*) AS answers FROM credit_ledger
            WHERE organization_id = @organizationId AND kind = 'settle' AND id >= @firstId AND created_at >= @monthStart) used
        WHERE a.organization_id = @organizationId
        """;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public static async Task<Ok<CreditStatus>> HandleAsync(Caller caller, ReadCredits read, CancellationToken cancellationToken) =>
        TypedResults.Ok(await read.RunAsync(caller.OrganizationId, cancellationToken));

    public async Task<CreditStatus> RunAsync(Guid organizationId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var monthStart = new DateTimeOffset(CreditMonth.Of(now), TimeSpan.Zero);
        var account = await database.QueryFirstOrDefaultAsync<AccountRow>(
            DataScope.Organization(organizationId), FindAccount, new { organizationId, monthStart, firstId = FirstIdAt(monthStart - ClockSkew) }, cancellationToken)
            ?? new AccountRow();
        var plan = plans.InForce(account.Plan);
        return new CreditStatus
        {
            Plan = plan.Name,
            IsMetered = account.IsMetered,
            Balance = account.IsMetered ? CreditAmount.ToCredits(account.Balance) : null,
            Held = account.IsMetered ? CreditAmount.ToCredits(account.Held) : null,
            UsedThisMonth = CreditAmount.ToCredits(account.Used),
            AnswersThisMonth = account.Answers,
            MonthlyAllowance = account.IsMetered && plan.Allowance is { } allowance ? CreditAmount.ToCredits(allowance) : null,
            NextRefillAt = account.IsMetered ? CreditMonth.Next(now) : null,
            Plans = [.. plans.All.Select(one => new CreditPlanChoice(one.Name, one.Allowance is { } most ? CreditAmount.ToCredits(most) : null))],
        };
    }

    /// <summary>Not greater than any UUIDv7 made at <paramref name="moment"/> or later.</summary>
    private static Guid FirstIdAt(DateTimeOffset moment)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, moment.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }

    private sealed record AccountRow
    {
        public string? Plan { get; init; }
        public bool IsMetered { get; init; }
        public long Balance { get; init; }
        public long Held { get; init; }
        public long Used { get; init; }
        public long Answers { get; init; }
    }
}
