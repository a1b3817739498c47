namespace Evenkeel.Models;

/// <summary>How the model endpoints of this process are doing, for health reports and administrators.</summary>
public interface IModelEndpoints
{
    /// <summary>In the order in which they are asked.</summary>
    IReadOnlyList<ModelEndpointState> All { get; }
}

/// <summary>State of an endpoint's breaker.</summary>
public enum BreakerState
{
    /// <summary>Calls go through.</summary>
    Closed,

    /// <summary>Too many calls failed: none is made until <see cref="ModelEndpointState.RetryAt"/>.</summary>
    Open,

    /// <summary>One call tries whether it works again.</summary>
    HalfOpen,
}

/// <summary>One endpoint now.</summary>
public sealed record ModelEndpointState
{
    /// <summary>Host and path, without credentials; <c>built-in</c> for the responder that needs none.</summary>
    public required string Name { get; init; }

    /// <summary>The model configured for it.</summary>
    public required string Model { get; init; }

    public required BreakerState State { get; init; }

    /// <summary>When the next call is let through, unless closed.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Calls that failed during the last five minutes.</summary>
    public required int RecentFailures { get; init; }

    /// <summary>Code of the newest of them.</summary>
    public string? LastErrorCode { get; init; }
}
