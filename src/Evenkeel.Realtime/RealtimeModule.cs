using Evenkeel.Realtime.Connections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Realtime;

/// <summary>Composition of live delivery. Needs Accounts, <see cref="IDurableFrames"/> and <see cref="IClientCommands"/> (singletons) beside it.</summary>
public static class RealtimeModule
{
    /// <summary>Registers the module; options come from the section <c>Realtime</c>.</summary>
    public static IServiceCollection AddRealtime(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RealtimeOptions>()
            .Bind(configuration.GetSection("Realtime"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services;
    }

    /// <summary>Maps the socket, the SSE stream and the ping.</summary>
    public static IEndpointRouteBuilder MapRealtime(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/chat/ping", Ping.Handle);
        return routes;
    }
}
