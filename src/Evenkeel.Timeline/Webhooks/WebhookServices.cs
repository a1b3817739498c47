using Evenkeel.Platform.Outgoing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Timeline.Webhooks;

internal static class WebhookServices
{
    /// <summary>Registers webhooks and what sends to them.</summary>
    public static void AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection("Timeline:Webhooks")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WebhookSignal>();
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
        services.AddGuardedClient<WebhookOptions>(SendRequest.ClientName, options => options.AllowedPrivateHosts);
    }
}
