using Evenkeel.Platform.Health;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Realtime.Connections;
using Evenkeel.Realtime.Events;
using Evenkeel.Realtime.Fanout;
using Evenkeel.Realtime.Live;
using Evenkeel.Realtime.Sockets;
using Evenkeel.Realtime.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Realtime;

/// <summary>Composition of live delivery. Needs Accounts, <see cref="IDurableFrames"/>, <see cref="IClientCommands"/> and <see cref="ISessionEvents"/> (singletons) beside it.</summary>
public static class RealtimeModule
{
    /// <summary>Registers the module; options come from the section <c>Realtime</c>.</summary>
    public static IServiceCollection AddRealtime(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RealtimeOptions>()
            .Bind(configuration.GetSection("Realtime"))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<ConnectionRegistry>();
        services.AddSingleton<DeliveryCounts>();
        services.AddSingleton<IDeliveryCounts>(provider => provider.GetRequiredService<DeliveryCounts>());
        services.AddSingleton<ConnectionLog>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<CatchUp>();
        services.AddSingleton<EventFeeds>();
        services.AddSingleton<IEventFeeds>(provider => provider.GetRequiredService<EventFeeds>());
        services.AddSingleton<FollowEvents>();
        services.AddHostedService<RecheckKeys>();
        AddFanout(services, configuration);
        services.AddSingleton<LiveThreads>();
        services.AddSingleton<IBroadcast>(provider => provider.GetRequiredService<LiveThreads>());
        services.AddSingleton<ClientFrames>();
        services.AddSingleton<SocketSessions>();
        services.AddSingleton<SocketEndpoint>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<ITurnStreams>(provider => provider.GetRequiredService<EventStreams>());
        services.AddSingleton<StreamEndpoint>();
        return services;
    }

    private static void AddFanout(IServiceCollection services, IConfiguration configuration)
    {
        var fanout = configuration.GetSection("Fanout");
        services.AddOptions<FanoutOptions>().Bind(fanout).ValidateDataAnnotations().ValidateOnStart();
        var isRabbitMq = fanout["Backend"] == FanoutOptions.RabbitMqBackend;
        services.AddSingleton(new Neighbours(!isRabbitMq && string.IsNullOrWhiteSpace(configuration.GetConnectionString("Evenkeel"))));
        services.AddSingleton<FanoutMetrics>();
        services.AddSingleton<FanoutOutbox>();
        services.AddSingleton<WatchedThreads>();
        services.AddSingleton<WorkerLink>();
        services.AddSingleton<IWorkerLink>(provider => provider.GetRequiredService<WorkerLink>());
        services.AddHostedService<Backstop>();
        services.AddSingleton<BrokerState>();
        services.AddSingleton<IHealthContributor, BrokerHealth>();
        if (isRabbitMq)
        {
            services.AddSingleton<FanoutInbox>();
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RabbitParts>(provider) with { Self = provider.GetRequiredService<IdSource>().Next() });
            services.AddHostedService<RabbitLink>();
        }
    }

    /// <summary>Maps the socket, the SSE stream and the ping.</summary>
    public static IEndpointRouteBuilder MapRealtime(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/chat/ping", Ping.Handle).WithName("ping").WithTags("Chat");
        // CONNECT is the WebSocket request of HTTP/2 (RFC 8441).
        routes.MapMethods("/ws/chat/{thread_id}", [HttpMethods.Get, HttpMethods.Connect], (HttpContext context, SocketEndpoint endpoint) => endpoint.RunAsync(context))
            .ExcludeFromDescription();
        routes.MapMethods(
            "/chat/ws/events/{session_id}", [HttpMethods.Get, HttpMethods.Connect], (HttpContext context, SocketEndpoint endpoint) => endpoint.RunEventsAsync(context))
            .ExcludeFromDescription();
        // The endpoint reads the request itself; the parameters stand here for the API description.
        routes.MapGet(
            "/api/v1/chat/{thread_id}/stream",
            (HttpContext context, StreamEndpoint endpoint, string thread_id, string? token, string? after_seq) => endpoint.RunAsync(context))
            .WithName("streamThread").WithTags("Chat");
        return routes;
    }
}
