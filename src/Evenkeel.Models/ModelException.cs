using Evenkeel.Contracts.Errors;

namespace Evenkeel.Models;

public enum ModelFailureKind
{
    /// <summary>Not reachable, or answered 5xx.</summary>
    Unavailable,
    RateLimited,
    Timeout,

    /// <summary>Answered something that is not an answer: garbage, or no text at all.</summary>
    InvalidResponse,

    /// <summary>Refused the request (other 4xx): the same request will be refused again.</summary>
    Rejected,

    /// <summary>The stream broke off before its end.</summary>
    Cut,
}

/// <summary>
/// A model did not answer. The message names the kind of failure only: provider texts and prompts may hold private data and
/// must not reach logs or clients.
/// </summary>
public sealed class ModelException(ModelFailureKind kind, Exception? innerException = null)
    : Exception($"The model call failed: {kind}.", innerException)
{
    public ModelFailureKind Kind { get; } = kind;

    /// <summary>Which setting does not fit what was answered, in our own words and numbers; null where none is to blame.</summary>
    public string? Misfit { get; init; }

    /// <inheritdoc/>
    public override string Message => Misfit is null ? base.Message : $"{base.Message} {Misfit}";

    /// <summary>The error code of the wire contract.</summary>
    public string Code => Kind == ModelFailureKind.Timeout ? ErrorCode.LlmTimeout : ErrorCode.LlmUnavailable;

    /// <summary>How long the provider asked to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when text had already been handed out: a retry must first withdraw it.</summary>
    public bool EmittedAnything { get; init; }

    public int? HttpStatus { get; init; }

    /// <summary>The same failure with a wait of our own reckoning, where the provider named none that is longer.</summary>
    internal ModelException After(TimeSpan wait) => new(Kind, InnerException)
    {
        RetryAfter = RetryAfter > wait ? RetryAfter : wait, EmittedAnything = EmittedAnything, HttpStatus = HttpStatus, Misfit = Misfit,
    };
}
