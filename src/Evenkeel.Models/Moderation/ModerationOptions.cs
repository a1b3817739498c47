using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models;

/// <summary>The configuration section "Models:Moderation": an endpoint asked after the built-in rules, which always apply.</summary>
public sealed class ModerationOptions
{
    /// <summary>The root of an OpenAI-compatible API, such as https://api.openai.com/v1; its <c>/moderations</c> is called. Empty = rules only.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>May be empty for servers of one's own.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Empty = the endpoint's default.</summary>
    public string Model { get; init; } = "";

    /// <summary>
    /// Seconds for one check; after them the built-in rules alone decide. Every turn waits for the check of its question, so this is what a
    /// broken endpoint can cost before its breaker opens.
    /// </summary>
    [Range(0.05, 30)]
    public double TimeoutSeconds { get; init; } = 2;

    /// <summary>
    /// Characters of a running answer after which it is checked again, beside the stream. A fifth of a page: seldom enough to be cheap,
    /// often enough that little is withdrawn.
    /// </summary>
    [Range(50, 100_000)]
    public int AnswerCharacters { get; init; } = 500;

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}

/// <summary>Checks at start, so that a wrong setting is not found out by a turn.</summary>
internal sealed class ValidateModerationOptions : IValidateOptions<ModerationOptions>
{
    private const string Section = "Models__Moderation__";

    public ValidateOptionsResult Validate(string? name, ModerationOptions options)
    {
        var failures = new List<string>();
        if (options.Endpoint.Length > 0)
        {
            if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                failures.Add($"{Section}Endpoint must be an absolute http or https address, such as https://api.openai.com/v1.");
            else if (address.UserInfo.Length > 0)
                failures.Add($"{Section}Endpoint must not hold a user name or password; use {Section}ApiKey.");
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        failures.AddRange(results.Select(result => string.Create(CultureInfo.InvariantCulture, $"{Section}{result.MemberNames.First()}: {result.ErrorMessage}")));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
