using Evenkeel.Knowledge.Jobs;
using Evenkeel.Platform.Outgoing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Knowledge.Fetching;

internal static class FetchingServices
{
    /// <summary>Registers what fetches pages of the web, and the lane that makes documents of them.</summary>
    public static IServiceCollection AddFetching(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KnowledgeFetchingOptions>().Bind(configuration.GetSection("Knowledge:Fetching")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<HostPace>();
        services.AddSingleton<SaveBody>();
        services.AddSingleton<WebFetcher>();
        services.AddSingleton<PageText>();
        services.AddSingleton<SiteRobots>();
        services.AddSingleton<ReadSitemaps>();
        services.AddSingleton<CrawlSite>();
        services.AddSingleton<LoadPages>();
        services.AddSingleton<PageDocuments>();
        services.AddSingleton<StorePage>();
        services.AddSingleton<IJobHandler, FetchSource>();
        services.AddHostedService<ScheduleFetches>();
        services.AddGuardedClient<KnowledgeFetchingOptions>(WebFetcher.ClientName, options => options.AllowedPrivateHosts);
        return services;
    }
}
