using Evenkeel.Platform.Outgoing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Webhooks;

internal static class WebhookServices
{
    /// <summary>Registers webhooks and what sends to them.</summary>
    public static void AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection("Timeline:Webhooks")).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<INetwork, SystemNetwork>();
        services.AddSingleton<ReadWebhook>();
        services.AddSingleton<SaveWebhook>();
        services.AddSingleton<ReplayEvents>();
        services.AddSingleton<TryWebhook>();
        services.AddSingleton<SendRequest>();
        services.AddSingleton<ClaimBatches>();
        services.AddSingleton<SettleBatch>();
        services.AddSingleton<SendBatch>();
        services.AddHostedService<SendWebhooks>();
        services.AddHostedService<ForgetDeliveries>();
        services.AddHttpClient(SendRequest.ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers() // they would write addresses, which may hold tokens
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // connections have a lifetime of their own
            .ConfigurePrimaryHttpMessageHandler(provider => new GuardedConnections(
                new AddressGuard(provider.GetRequiredService<IOptions<WebhookOptions>>().Value.AllowedPrivateHosts),
                provider.GetRequiredService<INetwork>()).CreateHandler());
    }
}
