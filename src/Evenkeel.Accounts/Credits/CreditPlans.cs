using Microsoft.Extensions.Options;

namespace Evenkeel.Accounts.Credits;

/// <summary>A plan as it is in force.</summary>
/// <param name="Name">As in the settings.</param>
/// <param name="Allowance">Thousandths of a credit a month; null = not metered.</param>
internal sealed record Plan(string Name, long? Allowance)
{
    public bool IsMetered => Allowance is not null;
}

/// <summary>The plans of the settings.</summary>
internal sealed class CreditPlans(IOptions<CreditOptions> options)
{
    public IReadOnlyList<Plan> All { get; } = [.. options.Value.Plans.Select(plan => Of(plan.Key, plan.Value)).OrderBy(plan => plan.Allowance ?? long.MaxValue)];

    public Plan Default => Find(options.Value.DefaultPlan)!;

    public Plan? Find(string name) => All.FirstOrDefault(plan => plan.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The plan of an account; one that the settings no longer know counts as the default plan until they know it again.</summary>
    public Plan InForce(string? chosen) => (chosen is null ? null : Find(chosen)) ?? Default;

    private static Plan Of(string name, CreditPlan plan) => new(name, plan.MonthlyAllowance is { } credits ? CreditAmount.Of(credits) : null);
}
