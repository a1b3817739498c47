using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Evenkeel.Accounts;

/// <summary>Marks endpoints that only signed-in callers reach; the API description reads it.</summary>
public interface ISignInMetadata;

/// <summary>Guards routes by access token.</summary>
public static class RequireSignInExtensions
{
    private const string Scheme = "Bearer";

    /// <summary>
    /// Lets only requests with a valid <c>Authorization: Bearer</c> token through and sets their <see cref="Caller"/>. It wraps
    /// the endpoint instead of being an endpoint filter, because filters run after the body has been read and bound.
    /// </summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<ISignInMetadata>().Any())
            {
                return;
            }

            // Leaving such an endpoint unguarded would be worse than not starting.
            var next = endpoint.RequestDelegate ?? throw new InvalidOperationException($"{endpoint.DisplayName} has nothing to guard.");
            endpoint.RequestDelegate = Guard(endpoint, next);
        });
        return builder;
    }

    /// <summary>What lets only signed-in requests through to <paramref name="next"/>; the endpoint is marked.</summary>
    internal static RequestDelegate Guard(EndpointBuilder endpoint, RequestDelegate next)
    {
        endpoint.Metadata.Add(new SignInMetadata());
        return context => RunAsync(context, next);
    }

    /// <summary>The token of an <c>Authorization: Bearer</c> header; null when there is none.</summary>
    public static string? BearerToken(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.Length > Scheme.Length && header[Scheme.Length] == ' ' && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[(Scheme.Length + 1)..].Trim()
            : null;
    }

    private static Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (BearerToken(context) is not { Length: > 0 } token)
        {
            return RefuseAsync(context, ErrorCode.AuthRequired);
        }

        var check = context.RequestServices.GetRequiredService<IAccessTokens>().Check(token);
        if (check.Caller is null)
        {
            return RefuseAsync(context, check.State == TokenState.Expired ? ErrorCode.TokenExpired : ErrorCode.TokenInvalid);
        }

        context.Features.Set(check.Caller);
        return next(context);
    }

    private static Task RefuseAsync(HttpContext context, string code)
    {
        context.Response.Headers[HeaderNames.WWWAuthenticate] = code == ErrorCode.AuthRequired ? Scheme : $"{Scheme} error=\"invalid_token\"";
        return new ErrorResult(new Error(code)).ExecuteAsync(context);
    }

    private sealed class SignInMetadata : ISignInMetadata, IProducesResponseTypeMetadata
    {
        public Type Type => typeof(ErrorEnvelope);

        public int StatusCode => StatusCodes.Status401Unauthorized;

        public IEnumerable<string> ContentTypes { get; } = ["application/problem+json"];
    }
}
