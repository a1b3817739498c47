using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Evenkeel.Models;

/// <summary>Where a service beside the chat model is: the sections "Models:Embeddings" and "Models:Rerank".</summary>
public class ServiceOptions
{
    /// <summary>The API root, such as http://localhost:11434/v1; the path of the call is appended where it is not there already. Empty = none.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>May be empty for servers of one's own.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The name of the model, as the endpoint knows it.</summary>
    public string Model { get; init; } = "";

    /// <summary>Whether there is such a service.</summary>
    public bool IsConfigured => Endpoint.Length > 0;

    /// <summary>What is wrong with these settings, each with the setting's name and the fix.</summary>
    /// <param name="section">How people write the section, such as <c>Models__Embeddings__</c>.</param>
    internal IEnumerable<string> Check(string section)
    {
        if (IsConfigured && (!Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
            yield return $"{section}Endpoint must be an absolute http or https address, such as http://localhost:8080/v1.";
        else if (IsConfigured && new Uri(Endpoint).UserInfo.Length > 0)
            yield return $"{section}Endpoint must not hold a user name or password; use {section}ApiKey.";
        if (!IsConfigured && (Model.Length > 0 || ApiKey.Length > 0))
            yield return $"{section}Endpoint is empty, but other settings of {section} are not: set it, such as https://api.openai.com/v1, or remove them.";
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        foreach (var result in results)
            yield return string.Create(CultureInfo.InvariantCulture, $"{section}{result.MemberNames.First()}: {result.ErrorMessage}");
    }
}
