using Evenkeel.Accounts;
using Evenkeel.Contracts.Operations;
using Evenkeel.Timeline.Analytics.Aggregating;
using Evenkeel.Timeline.Analytics.Gauges;
using Evenkeel.Timeline.Analytics.Series;
using Evenkeel.Timeline.Retention;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Evenkeel.Timeline.Analytics;

internal static class AddAnalyticsExtensions
{
    public static void AddAnalytics(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AnalyticsOptions>().Bind(configuration.GetSection("Analytics")).ValidateDataAnnotations().ValidateOnStart();
        foreach (var metric in ShippedMetrics.OfEvents.Concat(ShippedMetrics.OfInstallation))
        {
            services.AddSingleton(metric);
        }

        services.AddSingleton<MetricRegistry>();
        services.AddSingleton<IGaugeSource, DeliveryGauges>();
        services.AddSingleton<IGaugeSource, RedactionGauge>();
        services.AddSingleton<IGaugeSource, StorageGauges>();
        services.AddSingleton<ReadSources>();
        services.AddSingleton<TellReadings>();
        services.AddSingleton<GatherReadings>();
        services.AddSingleton<ReadMinutes>();
        services.AddSingleton<AggregateMetrics>();
        services.AddHostedService(provider => provider.GetRequiredService<AggregateMetrics>());
        services.AddSingleton<IRetained, ForgetMetrics>();
        services.AddSingleton<ReadPoints>();
        services.AddSingleton<ReadSeries>();
    }

    public static void MapAnalytics(this IEndpointRouteBuilder routes)
    {
        var analytics = routes.MapGroup("/api/v1/admin/analytics").WithTags("Analytics").RequireSignInOrKey(ApiScope.OperationsRead);
        analytics.MapGet("/metrics", AnalyticsEndpoints.ListAsync).RequireRole(MemberRole.Owner, MemberRole.Admin, MemberRole.Key).WithSummary("What can be asked for");
        analytics.MapGet("/series", AnalyticsEndpoints.SeriesAsync).RequireRole(MemberRole.Owner, MemberRole.Admin, MemberRole.Key).WithSummary("A metric over time");
        analytics.MapGet("/export", AnalyticsEndpoints.ExportAsync).RequireRole(MemberRole.Owner, MemberRole.Admin, MemberRole.Key).WithSummary("A metric over time as a file");
    }
}
