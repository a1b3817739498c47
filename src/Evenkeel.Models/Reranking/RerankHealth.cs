using Evenkeel.Models.Endpoints;
using Evenkeel.Platform.Health;

namespace Evenkeel.Models.Reranking;

/// <summary>How the rerank endpoint is.</summary>
internal sealed class RerankHealth(RerankClient client) : IHealthContributor
{
    private const string Without = "Passages keep the order of the search until it works, which is tried by itself.";

    public string Name => "rerank";

    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken) =>
        client.Endpoint is not { } endpoint
            ? [HealthCheck.Ok(Name, "none: passages keep the order of the search", "For a model's judgement as well set Models__Rerank__Endpoint and Models__Rerank__Model.")]
        : asker == HealthAsker.Server ? [ServiceHealth.Look(Name, endpoint, client.Model, Without)]
        : [await ServiceHealth.AskAsync(Name, endpoint, client.Model, Without, () => client.ScoreAsync("opening hours", ["We open at nine."], cancellationToken))];
}
