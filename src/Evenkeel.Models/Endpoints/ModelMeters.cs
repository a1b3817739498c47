using System.Diagnostics.Metrics;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Tracing;

namespace Evenkeel.Models.Endpoints;

/// <summary>
/// Counts what happens to model calls. Tags carry the configured model, not the one a chatbot asks for: a person's text must not make time series.
/// </summary>
internal sealed class ModelMeters
{
    private readonly GenAiMeters _genAi;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _exhausted;
    private readonly Counter<long> _fallbacks;

    public ModelMeters(IMeterFactory meters, GenAiMeters genAi, ModelEndpoints endpoints)
    {
        _genAi = genAi;
        var meter = meters.Create("Evenkeel.Models");
        _calls = meter.CreateCounter<long>("evenkeel.model.calls", "{call}", "Model calls by endpoint, model and outcome.");
        _retries = meter.CreateCounter<long>("evenkeel.model.retries", "{call}", "Model calls made again after a failure.");
        _exhausted = meter.CreateCounter<long>("evenkeel.model.retry_budget_exhausted", "{call}", "Retries not made because the endpoint's budget was used up.");
        _fallbacks = meter.CreateCounter<long>("evenkeel.model.fallback_answers", "{answer}", "Answers given by another model than the one asked first.");
        meter.CreateObservableGauge(
            "evenkeel.model.breaker_state",
            () => endpoints.Chain.Select(endpoint => new Measurement<int>(Level(endpoint.Breaker.State), Endpoint(endpoint), Model(endpoint))),
            "{state}", "Breaker of the endpoint: 0 closed, 1 half-open, 2 open.");
    }

    /// <summary>A call begins.</summary>
    public ModelSpan Begin(ModelEndpoint endpoint) => new(_genAi, GenAi.Chat, endpoint.Chat.Name, endpoint.Name);

    /// <param name="endpoint">Which was called.</param>
    /// <param name="outcome">"ok", "abandoned", "refused" or a <see cref="ModelFailureKind"/> in snake case.</param>
    public void Call(ModelEndpoint endpoint, string outcome) => _calls.Add(1, Endpoint(endpoint), Model(endpoint), new("outcome", outcome));

    public void Retry(ModelEndpoint endpoint, string errorCode) => _retries.Add(1, Endpoint(endpoint), Model(endpoint), new("error_code", errorCode));

    public void BudgetExhausted(ModelEndpoint endpoint) => _exhausted.Add(1, Endpoint(endpoint), Model(endpoint));

    public void FallbackAnswer(ModelEndpoint answering) => _fallbacks.Add(1, Endpoint(answering), Model(answering));

    public static string Outcome(ModelFailureKind kind) => kind switch
    {
        ModelFailureKind.RateLimited => "rate_limited",
        ModelFailureKind.Timeout => "timeout",
        ModelFailureKind.InvalidResponse => "invalid_response",
        ModelFailureKind.Rejected => "rejected",
        ModelFailureKind.Cut => "cut",
        _ => "unavailable",
    };

    private static int Level(string state) => state switch { BreakerState.Closed => 0, BreakerState.HalfOpen => 1, _ => 2 };

    private static KeyValuePair<string, object?> Endpoint(ModelEndpoint endpoint) => new("endpoint", endpoint.Name);

    private static KeyValuePair<string, object?> Model(ModelEndpoint endpoint) => new("model", endpoint.Chat.Name);
}
