using System.Text.Json.Serialization;

namespace Evenkeel.Contracts.Errors;

/// <summary>The body of every failed HTTP request (<c>application/problem+json</c>, RFC 9457, with our members).</summary>
public sealed record ErrorEnvelope
{
    /// <summary>Always <c>about:blank</c>; the code says more.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>What happened, without what to do; for generic problem+json readers.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Stable code of <see cref="ErrorCode"/>.</summary>
    public required string ErrorCode { get; init; }

    /// <summary>What happened and what to do, in the language asked for.</summary>
    public required string Message { get; init; }

    /// <summary>Whether the same request may succeed when sent again.</summary>
    public required bool Retryable { get; init; }

    /// <summary>Whole seconds to wait; the same as the <c>Retry-After</c> header.</summary>
    [JsonPropertyName("retry_after_s")]
    public int? RetryAfterSeconds { get; init; }

    /// <summary>The id under which logs and events of this request are found.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The fields that are not right, if any.</summary>
    public IReadOnlyList<FieldError>? Details { get; init; }
}

/// <summary>One field that is not right.</summary>
/// <param name="Field">The JSON name of the field.</param>
/// <param name="Message">What is wrong with it, in the language asked for.</param>
public sealed record FieldError(string Field, string Message);
