using System.Reflection;
using Evenkeel.Contracts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Evenkeel.Platform.Errors;

/// <summary>An <see cref="Error"/> as an HTTP response: problem+json, localized, with <c>Retry-After</c> where a wait applies.</summary>
public sealed class ErrorResult(Error error) : IResult, IEndpointMetadataProvider
{
    /// <summary>The refusal.</summary>
    public Error Error { get; } = error;

#pragma warning disable CA2225 // the conversion is the constructor
    public static implicit operator ErrorResult(Error error) => new(error);
#pragma warning restore CA2225

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var envelope = ErrorEnvelopes.For(Error, RequestLanguage.Of(httpContext), CorrelationId.Of(httpContext));
        httpContext.Response.StatusCode = envelope.Status;
        // The framework's exception handler takes all headers away before it asks us.
        httpContext.Response.Headers[CorrelationId.Header] = envelope.CorrelationId;
        if (envelope.RetryAfterSeconds is { } wait)
        {
            httpContext.Response.Headers.RetryAfter = wait.ToString();
        }

        return httpContext.Response.WriteAsJsonAsync(envelope, Wire.Json, "application/problem+json", httpContext.RequestAborted);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(ErrorEnvelope), ["application/problem+json"]));
}

/// <summary>Makes the one envelope from an <see cref="Error"/>.</summary>
public static class ErrorEnvelopes
{
    /// <summary>The envelope for a person who reads <paramref name="language"/>.</summary>
    public static ErrorEnvelope For(Error error, string language, Guid correlationId)
    {
        var definition = ErrorCatalogue.Of(error.Code);
        return new ErrorEnvelope
        {
            Title = error.Text ?? definition.Happened.In(language),
            Message = error.Text ?? definition.Text(language),
            Status = error.Status ?? definition.Status,
            ErrorCode = definition.Code,
            Retryable = definition.Retryable,
            RetryAfterSeconds = error.RetryAfterSeconds,
            CorrelationId = correlationId.ToString(),
            Details = error.Fields.Count == 0 ? null : [.. error.Fields.Select(field => new FieldError(field.Field, field.Text(language)))],
        };
    }
}
