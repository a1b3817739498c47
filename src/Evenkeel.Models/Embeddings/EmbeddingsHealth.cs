using Evenkeel.Models.Endpoints;
using Evenkeel.Platform.Health;

namespace Evenkeel.Models.Embeddings;

/// <summary>How the embedding endpoint is.</summary>
internal sealed class EmbeddingsHealth(EmbeddingsClient client) : IHealthContributor
{
    private const string Without = "Passages are found by their words until it works, which is tried by itself.";

    public string Name => "embeddings";

    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken) =>
        client.Endpoint is not { } endpoint
            ? [HealthCheck.Ok(Name, "none: passages are found by their words", "To find them by meaning as well set Models__Embeddings__Endpoint and Models__Embeddings__Model.")]
        : asker == HealthAsker.Server ? [ServiceHealth.Look(Name, endpoint, client.Model, Without)]
        : [await ServiceHealth.AskAsync(Name, endpoint, client.Model, Without, () => client.EmbedAsync(["opening hours"], cancellationToken))];
}
