using Evenkeel.Accounts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Platform.Health;
using Evenkeel.Realtime;
using Evenkeel.Timeline.Alerts;
using Evenkeel.Timeline.Analytics;
using Evenkeel.Timeline.Catalogue;
using Evenkeel.Timeline.CustomEvents;
using Evenkeel.Timeline.Live;
using Evenkeel.Timeline.Operations;
using Evenkeel.Timeline.Reading;
using Evenkeel.Timeline.Recording;
using Evenkeel.Timeline.Retention;
using Evenkeel.Timeline.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Timeline;

/// <summary>What happened in every turn, stage by stage.</summary>
public static class TimelineModule
{
    /// <summary>
    /// Adds recording, its background writer and the maintenance of partitions. Add it before the modules that record: hosted services stop
    /// in reverse order, so the writer flushes last.
    /// </summary>
    public static IServiceCollection AddTimeline(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<TimelineOptions>().Bind(configuration.GetSection("Timeline")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<EventTexts>();
        services.AddSingleton<RecordedSessions>();
        services.AddSingleton<TimelineCounts>();
        services.AddSingleton<KnownLeaves>();
        services.AddSingleton<PrepareEntries>();
        services.AddSingleton<AppendEntries>();
        services.AddSingleton<CopyEntries>();
        services.AddSingleton<TimelineRecorder>();
        services.AddSingleton<ITimeline>(provider => provider.GetRequiredService<TimelineRecorder>());
        services.AddSingleton<ISessionRecords, SessionRecords>();
        services.AddSingleton<WriteTimeline>();
        services.AddHostedService(provider => provider.GetRequiredService<WriteTimeline>());
        services.AddHostedService<MaintainPartitions>();
        services.AddSingleton<IHealthContributor, TimelineHealth>();
        AddRetention(services);
        services.AddReading();
        services.AddCustomEvents(configuration);
        services.AddWebhooks(configuration);
        services.AddAnalytics(configuration);
        services.AddAlerts(configuration);
        return services;
    }

    private static void AddReading(this IServiceCollection services)
    {
        services.AddSingleton<ReadEvents>();
        services.AddSingleton<ReadTimeline>();
        services.AddSingleton<ListTimeline>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<EventTypeBooks>();
        services.AddSingleton<ISessionEvents, SessionEvents>();
        services.AddSingleton<ILiveSessions, LiveSessions>();
        services.AddSingleton<ReadNews>();
        services.AddHostedService<PublishEvents>();
    }

    private static void AddCustomEvents(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CustomEventOptions>().Bind(configuration.GetSection("Timeline:CustomEvents")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<SaveEventType>();
        services.AddSingleton<ReadCustomEvents>();
        services.AddSingleton<EventQuota>();
        services.AddSingleton<RecordEvents>();
    }

    /// <summary>Maps reading, custom events and webhooks.</summary>
    public static IEndpointRouteBuilder MapTimeline(this IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/chat/events/{session_id:guid}").WithTags("Timeline").RequireSignInOrKey(ApiScope.EventsRead);
        session.MapGet("", ListEvents.HandleAsync).WithSummary("A session's events in order, filtered");
        session.MapGet("/latest", LatestEvents.HandleAsync).WithSummary("The last events of a session, in order");
        var admin = routes.MapGroup("/api/v1/admin").WithTags("Timeline");
        admin.MapGet("/timeline", ListTimeline.HandleAsync).RequireSignInOrKey(ApiScope.OperationsRead).RequireRole(MemberRole.Owner, MemberRole.Admin, MemberRole.Key)
            .WithSummary("The organization's events of a time, newest first");
        admin.MapGet("/timeline/stats", StatsEndpoint.HandleAsync).RequireSignInOrKey(ApiScope.OperationsRead)
            .RequireRole(MemberRole.Owner, MemberRole.Admin, MemberRole.Key).WithSummary("How many events are stored, by day and type");
        routes.MapCustomEvents();
        routes.MapWebhooks();
        routes.MapAnalytics();
        routes.MapAlerts();
        return routes;
    }

    private static void AddRetention(IServiceCollection services)
    {
        services.AddSingleton<KeepPinned>();
        services.AddSingleton<DropDays>();
        services.AddSingleton<DeleteEvents>();
        services.AddSingleton<ReadStored>();
        services.AddSingleton<ICleanUpEvents, CleanUpEvents>();
        services.AddSingleton<IExportEvents, ExportEvents>();
        services.AddSingleton<ITimelineStats, ReadStats>();
        services.AddSingleton<ISessionPins, PinSessions>();
        services.AddSingleton<IGaugeSource, RetentionLag>();
        services.AddSingleton<IGaugeSource, RecordedEvents>();
        services.AddSingleton(RetentionLag.Metric);
        services.AddSingleton(RecordedEvents.Recorded);
        services.AddSingleton(RecordedEvents.Dropped);
        services.AddHostedService<RetainEvents>();
    }
}
