using Evenkeel.Accounts;
using Evenkeel.Host.Server.Parts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Health;
using Npgsql;

namespace Evenkeel.Host.Server;

/// <summary>Whether the process lives, and whether it can do its work. The public answer is one word; administrators get every part with its fix.</summary>
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
        routes.MapGet("/health/ready", ReadyAsync).WithTags("Operations").WithSummary("Whether it can work; all parts with an administrator's token")
            .Produces<HealthReport>().Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, DatabaseHealth database, HealthChecks checks, WatchHealth watch, CancellationToken cancellationToken)
    {
        var isAdministrator = Administrator.Is(context);
        var parts = isAdministrator
            ? await checks.RunAsync(HealthAsker.Server, hasDatabase: true, cancellationToken)
            : [await database.CheckAsync(cancellationToken), .. watch.Last.Where(part => part.Name != DatabaseHealth.Part)];
        var status = StatusOf(parts);
        return Results.Json(
            new HealthReport(status) { Checks = isAdministrator ? parts : null },
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
    /// <summary>Every part; only for administrators.</summary>
    public IReadOnlyList<HealthCheck>? Checks { get; init; }
}

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseHealth(Database database, TimeProvider time) : IHealthContributor
{
    /// <summary>Name of the check.</summary>
    public const string Part = "database";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    /// <inheritdoc/>
    public string Name => Part;

    /// <inheritdoc/>
    public bool NeedsDatabase => true;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken) => [await CheckAsync(cancellationToken)];

    /// <summary>One short statement.</summary>
    public async Task<HealthCheck> CheckAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await database.ExecuteAsync(DataScope.System, "SELECT 1", null, either.Token);
            return HealthCheck.Ok(Part, "PostgreSQL answers");
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            return new HealthCheck(
                Part, HealthStatus.Unavailable, "PostgreSQL does not answer",
                "See the server's log. The embedded database restarts by itself; of an external one check that it runs, and ConnectionStrings__Evenkeel.");
        }
    }
}

/// <summary>Who may see how the server is.</summary>
internal static class Administrator
{
    /// <summary>Whether the request carries an access token of an owner or administrator. Without one, or with one that ran out, it is the public's.</summary>
    public static bool Is(HttpContext context) =>
        RequireSignInExtensions.BearerToken(context) is { Length: > 0 } token
        && context.RequestServices.GetRequiredService<IAccessTokens>().Check(token).Caller is { Role: MemberRole.Owner or MemberRole.Admin };
}
