using System.Text.Json;
using Evenkeel.Platform.Health;
using Microsoft.Extensions.Options;

namespace Evenkeel.Search.Catalogue.Elasticsearch;

/// <summary>Says how Elasticsearch is; nothing where it is not used.</summary>
internal sealed class ElasticsearchHealth(ElasticsearchClient client, IOptions<EventBackendOptions> options) : IHealthContributor
{
    private const string Hint = "Events are searched in the database meanwhile. See whether Search__Elasticsearch__Url and ApiKey are right and the cluster is up.";

    public string Name => EventBackendOptions.ElasticsearchName;

    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        if (!options.Value.IsElasticsearch)
        {
            return [];
        }

        try
        {
            var health = await client.SendAsync(HttpMethod.Get, "_cluster/health", null, [], cancellationToken);
            var status = health is { } found && found.TryGetProperty("status", out var told) && told.ValueKind == JsonValueKind.String ? told.GetString()! : "unknown";
            return [status is "green" or "yellow" ? HealthCheck.Ok(Name, $"the cluster is {status}") : HealthCheck.Degraded(Name, $"the cluster is {status}", Hint)];
        }
        catch (ElasticsearchException exception)
        {
            return [HealthCheck.Degraded(Name, exception.IsRefusedByBreaker ? "it does not answer" : $"it answered {exception.Status}", Hint)];
        }
    }
}
