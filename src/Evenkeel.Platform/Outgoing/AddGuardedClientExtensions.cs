using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Evenkeel.Platform.Outgoing;

/// <summary>Registers clients for addresses that people give.</summary>
public static class AddGuardedClientExtensions
{
    /// <summary>A named client whose every connection is guarded, redirects included; whoever asks with it sets the time-out.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="name">For <see cref="IHttpClientFactory.CreateClient"/>.</param>
    /// <param name="allowedPrivateHosts">Of the options: hosts of the own network that may be reached, as <see cref="AddressGuard"/> reads them.</param>
    public static void AddGuardedClient<TOptions>(this IServiceCollection services, string name, Func<TOptions, IEnumerable<string>> allowedPrivateHosts)
        where TOptions : class
    {
        services.TryAddSingleton<INetwork, SystemNetwork>();
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers() // they would write addresses, which are other people's and may hold tokens
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan) // connections have a lifetime of their own
            .ConfigurePrimaryHttpMessageHandler(provider => new GuardedConnections(
                new AddressGuard(allowedPrivateHosts(provider.GetRequiredService<IOptions<TOptions>>().Value)),
                provider.GetRequiredService<INetwork>()).CreateHandler());
    }
}
