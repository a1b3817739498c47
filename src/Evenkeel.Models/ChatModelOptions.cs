using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models;

/// <summary>The configuration section "Models".</summary>
public sealed class ModelsOptions
{
    public ChatModelOptions Chat { get; init; } = new();
}

/// <summary>The configuration section "Models:Chat".</summary>
public sealed class ChatModelOptions
{
    /// <summary>"extractive" (built in, the default: works without any service), "openai" (any compatible endpoint), "anthropic".</summary>
    public string Provider { get; init; } = ExtractiveChatModel.ProviderName;

    /// <summary>Whether the built-in responder answers, because no model is configured.</summary>
    public bool IsBuiltIn => Provider == ExtractiveChatModel.ProviderName;

    /// <summary>The API root, such as http://localhost:11434/v1 for Ollama. Empty is the vendor's own.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>May be empty for servers of one's own.</summary>
    public string ApiKey { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>Seconds from the request to the first piece of text. Local models load for many seconds on their first request.</summary>
    [Range(0.001, 3600)]
    public double FirstTokenTimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds between two pieces of an answer: a longer silence means that the model is gone.</summary>
    [Range(0.001, 3600)]
    public double IdleTimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds for the whole answer, so that no turn holds a worker for ever.</summary>
    [Range(0.001, 3600)]
    public double TotalTimeoutSeconds { get; init; } = 120;
}

/// <summary>Checks at start, so that a wrong setting stops the server and not a user's first question.</summary>
internal sealed class ValidateModelsOptions(IEnumerable<IChatModelProvider> providers) : IValidateOptions<ModelsOptions>
{
    private const string Section = "Models__Chat__";

    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        List<string> failures = [.. CheckProvider(options.Chat), .. CheckEndpoint(options.Chat), .. CheckTimeouts(options.Chat)];
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> CheckProvider(ChatModelOptions chat)
    {
        var provider = providers.FirstOrDefault(one => one.Name == chat.Provider);
        if (provider is null)
        {
            var known = string.Join(", ", providers.Select(one => one.Name).Order(StringComparer.Ordinal));
            yield return $"{Section}Provider is \"{chat.Provider}\"; it must be one of: {known}.";
            yield break;
        }
        if (!provider.IsRemote)
            yield break;
        if (string.IsNullOrWhiteSpace(chat.Model))
            yield return $"{Section}Model is empty; the provider \"{chat.Provider}\" needs the name of a model.";
        if (chat.Endpoint.Length == 0 && chat.ApiKey.Length == 0)
            yield return $"{Section}ApiKey is empty; the vendor's own endpoint of \"{chat.Provider}\" needs one (or set {Section}Endpoint).";
    }

    private static IEnumerable<string> CheckEndpoint(ChatModelOptions chat)
    {
        if (chat.Endpoint.Length == 0)
            yield break;
        if (!Uri.TryCreate(chat.Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            yield return $"{Section}Endpoint must be an absolute http or https address, such as http://localhost:11434/v1.";
        else if (endpoint.UserInfo.Length > 0)
            yield return $"{Section}Endpoint must not hold a user name or password; use {Section}ApiKey.";
    }

    private static IEnumerable<string> CheckTimeouts(ChatModelOptions chat)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(chat, new ValidationContext(chat), results, validateAllProperties: true);
        return results.Select(result => string.Create(
            CultureInfo.InvariantCulture, $"{Section}{result.MemberNames.First()}: {result.ErrorMessage}"));
    }
}
