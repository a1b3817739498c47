using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models;

/// <summary>Checks at start, so that a wrong setting stops the server and not a user's first question.</summary>
internal sealed class ValidateModelsOptions(IEnumerable<IChatModelProvider> providers) : IValidateOptions<ModelsOptions>
{
    private const string Section = "Models__Chat__";

    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        var chat = options.Chat;
        List<string> failures = [.. Check(chat, Section)];
        for (var index = 0; index < chat.Fallbacks.Count; index++)
            failures.AddRange(CheckFallback(chat, index));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> CheckFallback(ChatModelOptions chat, int index)
    {
        var section = string.Create(CultureInfo.InvariantCulture, $"{Section}Fallbacks__{index}__");
        if (chat.IsBuiltIn)
            return [$"{section}Provider is set, but {Section}Provider is not: the model asked first belongs there."];
        return chat.Fallbacks[index].IsBuiltIn
            ? [$"{section}Provider is \"{ExtractiveChatModel.ProviderName}\" or missing; name a provider, and let {Section}ExtractiveFallback say whether the built-in responder comes last."]
            : Check(chat.Fallbacks[index], section);
    }

    private List<string> Check(ModelEndpointOptions endpoint, string section) =>
        [.. CheckProvider(endpoint, section), .. CheckEndpoint(endpoint, section), .. CheckRanges(endpoint, section)];

    private IEnumerable<string> CheckProvider(ModelEndpointOptions endpoint, string section)
    {
        var provider = providers.FirstOrDefault(one => one.Name == endpoint.Provider);
        if (provider is null)
        {
            var known = string.Join(", ", providers.Select(one => one.Name).Order(StringComparer.Ordinal));
            yield return $"{section}Provider is \"{endpoint.Provider}\"; it must be one of: {known}.";
            yield break;
        }
        if (!provider.IsRemote)
            yield break;
        if (string.IsNullOrWhiteSpace(endpoint.Model))
            yield return $"{section}Model is empty; the provider \"{endpoint.Provider}\" needs the name of a model.";
        if (endpoint.Endpoint.Length == 0 && endpoint.ApiKey.Length == 0)
            yield return $"{section}ApiKey is empty; the vendor's own endpoint of \"{endpoint.Provider}\" needs one (or set {section}Endpoint).";
    }

    private static IEnumerable<string> CheckEndpoint(ModelEndpointOptions endpoint, string section)
    {
        if (endpoint.Endpoint.Length == 0)
            yield break;
        if (!Uri.TryCreate(endpoint.Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return $"{section}Endpoint must be an absolute http or https address, such as http://localhost:11434/v1.";
        else if (address.UserInfo.Length > 0)
            yield return $"{section}Endpoint must not hold a user name or password; use {section}ApiKey.";
    }

    private static IEnumerable<string> CheckRanges(ModelEndpointOptions endpoint, string section)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(endpoint, new ValidationContext(endpoint), results, validateAllProperties: true);
        return results.Select(result => string.Create(
            CultureInfo.InvariantCulture, $"{section}{result.MemberNames.First()}: {result.ErrorMessage}"));
    }
}
