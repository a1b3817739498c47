using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Accounts;

/// <summary>Marks endpoints that API keys reach; the API description reads it.</summary>
public interface IApiKeyMetadata
{
    /// <summary>The scope a key needs.</summary>
    string Scope { get; }
}

/// <summary>Guards routes by access token or API key.</summary>
public static class RequireSignInOrKeyExtensions
{
    /// <summary>
    /// Lets requests with a valid access token through, and those whose <c>X-API-Key</c> has the scope: their <see cref="Caller"/> has the role
    /// <see cref="MemberRole.Key"/>. Where both are sent, the key counts. Whoever else may come is said with <see cref="RequireRoleExtensions.RequireRole"/>, which
    /// has to name <see cref="MemberRole.Key"/>.
    /// </summary>
    /// <param name="builder">What is guarded.</param>
    /// <param name="scope">One of <see cref="Contracts.Operations.ApiScope"/>.</param>
    public static TBuilder RequireSignInOrKey<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate ?? throw new InvalidOperationException($"{endpoint.DisplayName} has nothing to guard.");
            endpoint.Metadata.Add(new ApiKeyMetadata(scope));
            var signedIn = RequireSignInExtensions.Guard(endpoint, next);
            endpoint.RequestDelegate = context => KeyOf(context) is { } key ? RunAsync(context, key, scope, next) : signedIn(context);
        });
        return builder;
    }

    /// <summary>The key that came with the request; null when there is none.</summary>
    public static string? KeyOf(HttpContext context) =>
        context.Request.Headers[IApiKeys.Header].ToString().Trim() is { Length: > 0 } key ? key : null;

    private static async Task RunAsync(HttpContext context, string key, string scope, RequestDelegate next)
    {
        var check = await context.RequestServices.GetRequiredService<IApiKeys>().CheckAsync(key, context.RequestAborted);
        if (check.Caller is not { } caller)
        {
            await RefuseAsync(context, check.State == TokenState.Expired ? ErrorCode.TokenExpired : ErrorCode.TokenInvalid);
            return;
        }

        if (!caller.Scopes.Contains(scope))
        {
            await RefuseAsync(context, ErrorCode.Forbidden);
            return;
        }

        context.Features.Set(caller with { Locale = RequestLanguage.Of(context) });
        await next(context);
    }

    private static Task RefuseAsync(HttpContext context, string code) => new ErrorResult(new Error(code)).ExecuteAsync(context);

    private sealed record ApiKeyMetadata(string Scope) : IApiKeyMetadata;
}
