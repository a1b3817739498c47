using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Evenkeel.Accounts.Credits;

/// <summary>Settings under <c>Credits</c>. All amounts are credits, to the thousandth.</summary>
public sealed class CreditOptions
{
    /// <summary>The plan that is always there: nothing is refused, everything is recorded.</summary>
    public const string Unlimited = "unlimited";

    /// <summary>The plan of organizations that have not chosen another.</summary>
    [Required]
    public string DefaultPlan { get; set; } = Unlimited;

    /// <summary>Plans by name (<c>Credits__Plans__team__MonthlyAllowance=1000</c>).</summary>
    public Dictionary<string, CreditPlan> Plans { get; } = new(StringComparer.OrdinalIgnoreCase) { [Unlimited] = new CreditPlan() };

    /// <summary>Prices by model, the first that fits (<c>Credits__Prices__0__Model=gpt-4o*</c>).</summary>
    public List<CreditPrice> Prices { get; } = [];

    /// <summary>
    /// The price of an answer of any other model, the built-in responder included: one credit, so that the ledger counts answers until
    /// somebody decides what they are worth.
    /// </summary>
    public CreditPrice DefaultPrice { get; } = new() { PerAnswer = 1 };
}

/// <summary>What an organization may use.</summary>
public sealed class CreditPlan
{
    /// <summary>The balance is filled up to this many credits at the beginning of each month (UTC). Absent: not metered.</summary>
    [Range(0, CreditAmount.Most)]
    public double? MonthlyAllowance { get; set; }
}

/// <summary>What an answer costs: the sum of the three.</summary>
public sealed class CreditPrice
{
    /// <summary>The model's name as its provider reports it; a <c>*</c> at the end stands for any ending.</summary>
    public string Model { get; set; } = "";

    /// <summary>Credits for each answer.</summary>
    [Range(0, CreditAmount.MostPrice)]
    public double PerAnswer { get; set; }

    /// <summary>Credits for a thousand tokens of the prompt; estimated where the model reports no usage.</summary>
    [Range(0, CreditAmount.MostPrice)]
    public double Per1kInputTokens { get; set; }

    /// <summary>Credits for a thousand tokens of the answer.</summary>
    [Range(0, CreditAmount.MostPrice)]
    public double Per1kOutputTokens { get; set; }
}

/// <summary>Checks at start what the attributes of nested types do not reach.</summary>
internal sealed class ValidateCreditOptions : IValidateOptions<CreditOptions>
{
    private const int LongestPlanName = 40;

    public ValidateOptionsResult Validate(string? name, CreditOptions options)
    {
        List<string> failures = [.. CheckPlans(options), .. CheckPrices(options)];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> CheckPlans(CreditOptions options)
    {
        if (!options.Plans.ContainsKey(options.DefaultPlan))
        {
            yield return $"Credits__DefaultPlan is \"{options.DefaultPlan}\", which is no plan. Known: {string.Join(", ", options.Plans.Keys.Order(StringComparer.Ordinal))}.";
        }

        foreach (var (plan, settings) in options.Plans)
        {
            if (plan.Length > LongestPlanName || !plan.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
            {
                yield return $"\"{plan}\" under Credits__Plans is no name of a plan: up to {LongestPlanName} letters, digits, - and _.";
            }

            foreach (var failure in Check($"Credits__Plans__{plan}", settings))
            {
                yield return failure;
            }
        }

        if (options.Plans.TryGetValue(CreditOptions.Unlimited, out var unlimited) && unlimited.MonthlyAllowance is not null)
        {
            yield return $"Credits__Plans__{CreditOptions.Unlimited} must not have an allowance; give another plan one.";
        }
    }

    private static IEnumerable<string> CheckPrices(CreditOptions options)
    {
        for (var place = 0; place < options.Prices.Count; place++)
        {
            var section = $"Credits__Prices__{place}";
            if (options.Prices[place].Model.Trim().Length == 0)
            {
                yield return $"{section}__Model is empty; it must name a model, such as gpt-4o*.";
            }

            foreach (var failure in Check(section, options.Prices[place]))
            {
                yield return failure;
            }
        }

        foreach (var failure in Check("Credits__DefaultPrice", options.DefaultPrice))
        {
            yield return failure;
        }
    }

    private static IEnumerable<string> Check(string section, object settings)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);
        return results.Select(result => $"{section}__{result.MemberNames.First()}: {result.ErrorMessage}");
    }
}
