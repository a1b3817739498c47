using Evenkeel.Platform.Health;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Evenkeel.Models;

internal static class AddModerationExtensions
{
    /// <summary>Registers <see cref="IModeration"/>.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="section">The configuration section "Models:Moderation".</param>
    public static IServiceCollection AddModeration(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<ModerationOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModerationOptions>, ValidateModerationOptions>();
        services.AddSingleton<ModerationEndpoint>();
        services.AddSingleton<IModeration, Moderation>();
        services.AddSingleton<IHealthContributor, ModerationHealth>();
        services.AddHttpClient(ModerationEndpoint.ClientName, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan; // the endpoint keeps its own
                client.MaxResponseContentBufferSize = ModerationEndpoint.LongestResponse;
            })
            .RemoveAllLoggers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // PooledConnectionLifetime follows DNS instead
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.FromMinutes(10), AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 64,
            });
        return services;
    }
}
