using System.Globalization;
using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Health;

namespace Evenkeel.Models.Endpoints;

/// <summary>How a service beside the chat models is: the server tells what calls have met, the doctor asks once.</summary>
internal static class ServiceHealth
{
    /// <summary>What calls of this process have met.</summary>
    /// <param name="name">Of the check.</param>
    /// <param name="endpoint">Which.</param>
    /// <param name="model">Asked for.</param>
    /// <param name="without">What happens meanwhile, as a sentence.</param>
    public static HealthCheck Look(string name, JsonEndpoint endpoint, string model, string without)
    {
        var (count, last) = endpoint.Failures.Recent;
        var check = endpoint.Breaker.State == BreakerState.Closed && endpoint.Failures.Standing is not ({ Misfit: not null } or { Kind: ModelFailureKind.Rejected })
            ? HealthCheck.Ok(name, string.Create(CultureInfo.InvariantCulture, $"{model} at {endpoint.Name}, {count} failed calls in five minutes"))
            : HealthCheck.Degraded(name, $"{endpoint.Name} does not answer as it should", Fix(name, last, without));
        return check with
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["endpoint"] = endpoint.Name, ["model"] = model, ["breaker"] = endpoint.Breaker.State,
                ["retry_at"] = endpoint.Failures.RetryAt(endpoint.Breaker), ["recent_failures"] = count, ["last_error_code"] = last?.Code,
            },
        };
    }

    /// <summary>What asking it once came to.</summary>
    /// <param name="name">Of the check.</param>
    /// <param name="endpoint">Which.</param>
    /// <param name="model">Asked for.</param>
    /// <param name="without">What happens meanwhile, as a sentence.</param>
    /// <param name="ask">Asks it.</param>
    public static async Task<HealthCheck> AskAsync(string name, JsonEndpoint endpoint, string model, string without, Func<Task> ask)
    {
        try
        {
            await ask();
            return HealthCheck.Ok(name, $"{model} at {endpoint.Name}");
        }
        catch (ModelException exception)
        {
            return HealthCheck.Degraded(name, Found(endpoint, exception), Fix(name, exception, without));
        }
    }

    private static string Found(JsonEndpoint endpoint, ModelException failure) => failure switch
    {
        { HttpStatus: 401 or 403 } => $"{endpoint.Name} refuses the key",
        { HttpStatus: { } status } => string.Create(CultureInfo.InvariantCulture, $"{endpoint.Name} answers {status}"),
        { Kind: ModelFailureKind.Timeout } => $"{endpoint.Name} does not answer in time",
        { Kind: ModelFailureKind.InvalidResponse } => $"{endpoint.Name} answers something else",
        _ => $"{endpoint.Name} cannot be reached",
    };

    private static string Fix(string name, ModelException? failure, string without)
    {
        var section = name == "embeddings" ? "Models__Embeddings__" : "Models__Rerank__";
        return failure switch
        {
            { Misfit: { } misfit } => $"{misfit} {without}",
            { HttpStatus: 401 or 403 } => $"Set {section}ApiKey to a valid key. {without}",
            { HttpStatus: 404 } => $"Look at {section}Endpoint and {section}Model. {without}",
            _ => $"Start the model server, or look at {section}Endpoint and {section}Model. {without}",
        };
    }
}
