using Evenkeel.Contracts.Chats;
using Evenkeel.Platform.Health;

namespace Evenkeel.Models;

/// <summary>How the model endpoints of this process are doing, for health reports and administrators.</summary>
public interface IModelEndpoints
{
    /// <summary>In the order in which they are asked, without the built-in responder, which cannot fail.</summary>
    IReadOnlyList<ModelEndpointState> All { get; }
}

/// <summary>One endpoint now.</summary>
public sealed record ModelEndpointState
{
    /// <summary>Of its health check: <c>model</c>, <c>model_fallback_0</c> and so on.</summary>
    public required string Check { get; init; }

    /// <summary>Host and path, without credentials.</summary>
    public required string Name { get; init; }

    /// <summary>The model configured for it.</summary>
    public required string Model { get; init; }

    /// <summary>One of <see cref="BreakerState"/>.</summary>
    public required string State { get; init; }

    /// <summary>When the next call is let through, where none is now: the breaker is open, or the provider asked to be left alone.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Calls that failed during the last five minutes.</summary>
    public required int RecentFailures { get; init; }

    /// <summary>Code of the newest of them.</summary>
    public string? LastErrorCode { get; init; }

    /// <summary>The same for people who run the server.</summary>
    public HealthCheck ToCheck()
    {
        var check = State == BreakerState.Closed
            ? HealthCheck.Ok(Check, $"{Model} at {Name}, {RecentFailures} failed calls in five minutes")
            : HealthCheck.Degraded(
                Check, $"{Model} at {Name} fails ({LastErrorCode})",
                "Answers come from the next model or the documents until it works again, which is tried by itself. See whether the endpoint answers from where the workers run.");
        return check with
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["endpoint"] = Name, ["model"] = Model, ["breaker"] = State, ["retry_at"] = RetryAt, ["recent_failures"] = RecentFailures,
                ["last_error_code"] = LastErrorCode,
            },
        };
    }
}
