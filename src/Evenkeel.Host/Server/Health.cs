using Evenkeel.Host.Server.Parts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Health;

namespace Evenkeel.Host.Server;

/// <summary>Whether the process lives, and whether it can do its work. The public answer is one word; operators get every part with its fix.</summary>
internal static class Health
{
    /// <summary>Registers the parts that belong to no module, and the watch.</summary>
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseHealth>();
        services.AddSingleton<IHealthContributor>(provider => provider.GetRequiredService<DatabaseHealth>());
        services.AddSingleton<IHealthContributor>(provider => new PoolHealth(provider.GetRequiredService<Database>().Connection));
        services.AddSingleton<IHealthContributor, ClockHealth>();
        services.AddSingleton<IHealthContributor, DataFolderHealth>();
        services.AddSingleton<IHealthContributor, PagesHealth>();
        services.AddSingleton<HealthChecks>();
        services.AddSingleton<WatchHealth>();
        services.AddHostedService(provider => provider.GetRequiredService<WatchHealth>());
    }

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => new HealthReport(HealthStatus.Ok)).WithTags("Operations").WithSummary("Whether the process runs");
        routes.MapGet("/health/ready", ReadyAsync).WithTags("Operations").WithSummary("Whether it can work; all parts with an operator's token")
            .Produces<HealthReport>().Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, DatabaseHealth database, HealthChecks checks, WatchHealth watch, CancellationToken cancellationToken)
    {
        var isOperator = await Operator.IsAsync(context);
        var parts = isOperator
            ? await checks.RunAsync(HealthAsker.Server, hasDatabase: true, cancellationToken)
            : [await database.CheckAsync(cancellationToken), .. watch.Last.Where(part => part.Name != DatabaseHealth.Part)];
        var status = StatusOf(parts);
        return Results.Json(
            new HealthReport(status) { Checks = isOperator ? parts : null },
            statusCode: status == HealthStatus.Unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    // Whatever else a part says of itself: turns wait for nothing but the database.
    private static string StatusOf(IReadOnlyList<HealthCheck> parts) =>
        parts.Any(part => part is { Name: DatabaseHealth.Part, Status: not HealthStatus.Ok }) ? HealthStatus.Unavailable
        : parts.Any(part => part.Status != HealthStatus.Ok) ? HealthStatus.Degraded
        : HealthStatus.Ok;
}

/// <summary>Answer of the health endpoints.</summary>
/// <param name="Status"><c>ok</c>, <c>degraded</c> (turns go on without some part) or <c>unavailable</c> (they do not).</param>
internal sealed record HealthReport(string Status)
{
    /// <summary>Every part; only for operators.</summary>
    public IReadOnlyList<HealthCheck>? Checks { get; init; }
}
