using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Accounts;

/// <summary>Kinds of <see cref="CreditEntry"/>.</summary>
public static class CreditEntryKind
{
    /// <summary>Set aside when a turn was accepted.</summary>
    public const string Hold = "hold";

    /// <summary>The turn succeeded: what was held beyond its price came back.</summary>
    public const string Settle = "settle";

    /// <summary>The turn ended without success: all that was held came back.</summary>
    public const string Release = "release";

    /// <summary>Given, or taken back, by a person.</summary>
    public const string Grant = "grant";

    /// <summary>The plan's monthly allowance.</summary>
    public const string Refill = "refill";

    /// <summary>Another plan was chosen; the amount is 0.</summary>
    public const string Plan = "plan";
}

/// <summary>Credits of an organization. Amounts are credits with up to three decimals.</summary>
public sealed record CreditStatus
{
    /// <summary>Name of the plan in force.</summary>
    public required string Plan { get; init; }

    /// <summary>Whether sends are refused with <c>insufficient_credits</c> when the balance does not reach.</summary>
    public required bool IsMetered { get; init; }

    /// <summary>What can be used now; absent where the plan is not metered. Below 0 after an answer that cost more than was held for it.</summary>
    public decimal? Balance { get; init; }

    /// <summary>Set aside for turns that have not ended, and taken off the balance; absent where the plan is not metered.</summary>
    public decimal? Held { get; init; }

    /// <summary>Prices of the answers of this month (UTC), metered or not.</summary>
    public required decimal UsedThisMonth { get; init; }

    /// <summary>How many answers those are.</summary>
    public required long AnswersThisMonth { get; init; }

    /// <summary>The balance is filled up to this at the beginning of each month (UTC); absent where the plan is not metered.</summary>
    public decimal? MonthlyAllowance { get; init; }

    /// <summary>When that happens next; absent where the plan is not metered.</summary>
    public DateTimeOffset? NextRefillAt { get; init; }

    /// <summary>The plans an owner can choose from.</summary>
    public required IReadOnlyList<CreditPlanChoice> Plans { get; init; }
}

/// <summary>A plan of the server.</summary>
/// <param name="Name">As in the settings.</param>
/// <param name="MonthlyAllowance">Credits a month; absent = not metered.</param>
public sealed record CreditPlanChoice(string Name, decimal? MonthlyAllowance);

/// <summary>A row of the ledger; never changed or deleted.</summary>
public sealed record CreditEntry
{
    public required Guid Id { get; init; }

    /// <summary>One of <see cref="CreditEntryKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Positive: given to the organization.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Whether it changed the balance: what happens under a plan that is not metered is only recorded.</summary>
    public required bool IsMetered { get; init; }

    public Guid? TurnId { get; init; }

    public Guid? ThreadId { get; init; }

    /// <summary>Of <c>settle</c>: what the turn cost in the end, hold and settlement together.</summary>
    public decimal? Price { get; init; }

    /// <summary>Of <c>settle</c>: the model that answered.</summary>
    public string? Model { get; init; }

    public int? InputTokens { get; init; }

    public int? OutputTokens { get; init; }

    /// <summary>Of <c>grant</c>: why. Of <c>refill</c>: the month. Of <c>plan</c>: the plan chosen.</summary>
    public string? Note { get; init; }

    /// <summary>Who granted or chose.</summary>
    public Guid? ActorId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Body of <c>POST /api/v1/admin/credits/grants</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GrantCreditsRequest
{
    /// <summary>Credits with up to three decimals; negative takes back what was granted by mistake.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Why: 1 to 200 characters. Stands in the ledger.</summary>
    public string? Note { get; init; }

    /// <summary>Made by the client for each grant: the same id never grants twice.</summary>
    public Guid? GrantId { get; init; }
}

/// <summary>Body of <c>POST /api/v1/admin/credits/plan</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeCreditPlanRequest
{
    /// <summary>Name of a plan of the server.</summary>
    public string? Plan { get; init; }
}
