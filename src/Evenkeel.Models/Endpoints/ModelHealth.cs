using System.Net;
using System.Net.Http.Headers;
using Evenkeel.Platform.Health;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models.Endpoints;

/// <summary>
/// What the doctor finds of the models: it asks each endpoint for its list of models. The running server asks nobody, for a question only for a report
/// would cost money: what turns have met is told by the workers, in whose processes the calls are made.
/// </summary>
internal sealed class ModelHealth(ModelEndpoints endpoints, IOptions<ModelsOptions> options, IHttpClientFactory http) : IHealthContributor
{
    /// <summary>A client without <see cref="ModelResponseHandler"/>: here a refusal is an answer.</summary>
    public const string ClientName = "Evenkeel.Models.Health";

    public string Name => "model";

    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        var chat = options.Value.Chat;
        IReadOnlyList<ModelEndpointOptions> all = [chat, .. chat.Fallbacks];
        return chat.IsBuiltIn
            ? [HealthCheck.Ok(Name, "the built-in responder, which quotes the documents", "For written answers set Models__Chat__Provider, Models__Chat__Endpoint and Models__Chat__Model.")]
            : asker == HealthAsker.Server ? []
            : await Task.WhenAll(all.Select((endpoint, index) => AskAsync(index, endpoint, cancellationToken)));
    }

    private async Task<HealthCheck> AskAsync(int index, ModelEndpointOptions endpoint, CancellationToken cancellationToken)
    {
        var (name, section) = (NameOf(index), SectionOf(index));
        var place = endpoints.Chain[index].Name;
        try
        {
            using var request = Question(endpoint);
            using var response = await http.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                    HealthCheck.Degraded(name, $"{place} refuses the key", $"Set {section}ApiKey to a valid key."),
                >= HttpStatusCode.InternalServerError =>
                    HealthCheck.Degraded(name, $"{place} answers {(int)response.StatusCode}", $"Look at the model server, or at {section}Endpoint."),
                _ => HealthCheck.Ok(name, $"{endpoint.Model} at {place}"), // not every compatible server lists its models
            };
        }
        catch (HttpRequestException)
        {
            return HealthCheck.Degraded(name, $"{place} cannot be reached", $"Start the model server, or set {section}Endpoint to where it is.");
        }
    }

    private static HttpRequestMessage Question(ModelEndpointOptions endpoint)
    {
        var isAnthropic = endpoint.Provider == "anthropic";
        var root = endpoint.Endpoint.Length > 0 ? endpoint.Endpoint.TrimEnd('/') : isAnthropic ? "https://api.anthropic.com" : "https://api.openai.com/v1";
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(root + (isAnthropic ? "/v1/models" : "/models")));
        if (endpoint.ApiKey.Length > 0 && isAnthropic)
        {
            request.Headers.Add("x-api-key", endpoint.ApiKey);
            request.Headers.Add("anthropic-version", "2023-06-01");
        }
        else if (endpoint.ApiKey.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", endpoint.ApiKey);
        }
        return request;
    }

    /// <summary>The name of an endpoint's check, by its place in the chain.</summary>
    public static string NameOf(int index) => index == 0 ? "model" : $"model_fallback_{index - 1}";

    private static string SectionOf(int index) => index == 0 ? "Models__Chat__" : $"Models__Chat__Fallbacks__{index - 1}__";
}
