using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Models.Endpoints;

/// <summary>What the clients of all services need.</summary>
internal sealed record ServiceParts(IHttpClientFactory Http, TimeProvider Clock, ServiceMeters Meters, GenAiMeters GenAi, ILogger<JsonEndpoint> Logger);

/// <summary>Counts calls of the services beside the chat models.</summary>
internal sealed class ServiceMeters(IMeterFactory meters)
{
    private readonly Counter<long> _calls = meters.Create("Evenkeel.Models")
        .CreateCounter<long>("evenkeel.model.service_calls", "{call}", "Calls of embedding and rerank endpoints by outcome.");

    /// <param name="service"><c>embeddings</c> or <c>rerank</c>.</param>
    /// <param name="outcome">"ok", "abandoned", "refused" or a <see cref="ModelFailureKind"/> in snake case.</param>
    public void Call(string service, string outcome) => _calls.Add(1, new("service", service), new("outcome", outcome));
}
