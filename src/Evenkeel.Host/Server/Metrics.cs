using System.Security.Cryptography;
using System.Text;
using Evenkeel.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Errors;
using Evenkeel.Platform.Metrics;

namespace Evenkeel.Host.Server;

/// <summary>
/// <c>/metrics</c> on the server's own port, for a scraper's token (<c>Metrics:Token</c>) or an operator's. Coming from this machine is no
/// permission: behind a reverse proxy everybody does.
/// </summary>
internal static class Metrics
{
    private const string Setting = "Metrics:Token";

    /// <summary>Registers the listener.</summary>
    public static void AddMetricsPage(this IServiceCollection services)
    {
        services.AddSingleton<CollectMetrics>();
        services.AddHostedService(provider => provider.GetRequiredService<CollectMetrics>());
    }

    /// <summary>Maps the page.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/metrics", HandleAsync).WithTags("Operations").WithSummary("Metrics as Prometheus reads them")
            .Produces<string>(StatusCodes.Status200OK, "text/plain").Produces<ErrorEnvelope>(StatusCodes.Status401Unauthorized, "application/problem+json")
            .Produces<ErrorEnvelope>(StatusCodes.Status403Forbidden, "application/problem+json");

    private static async Task<IResult> HandleAsync(HttpContext context, IConfiguration configuration, CollectMetrics metrics)
    {
        if (IsScraper(context, configuration[Setting]) || await Operator.IsAsync(context))
        {
            return Results.Text(metrics.Write(), PrometheusContentType);
        }

        var token = RequireSignInExtensions.BearerToken(context);
        if (token is not { Length: > 0 })
        {
            return new ErrorResult(new Error(ErrorCode.AuthRequired));
        }

        return new ErrorResult(new Error(context.RequestServices.GetRequiredService<IAccessTokens>().Check(token).State switch
        {
            TokenState.Valid => ErrorCode.Forbidden,
            TokenState.Expired => ErrorCode.TokenExpired,
            _ => ErrorCode.TokenInvalid,
        }));
    }

    private const string PrometheusContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static bool IsScraper(HttpContext context, string? expected) =>
        expected is { Length: > 0 } && RequireSignInExtensions.BearerToken(context) is { } given
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
