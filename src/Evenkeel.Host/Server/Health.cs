using Evenkeel.Platform.Data;
using Npgsql;

namespace Evenkeel.Host.Server;

/// <summary>Whether the process lives, and whether it can do its work.</summary>
internal static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => new HealthReport("ok", [])).WithTags("Operations");
        routes.MapGet("/health/ready", ReadyAsync).WithTags("Operations");
    }

    private static async Task<IResult> ReadyAsync(Database database, TimeProvider time, CancellationToken cancellationToken)
    {
        var check = await CheckDatabaseAsync(database, time, cancellationToken);
        var ready = check.Status == "ok";
        return Results.Json(new HealthReport(ready ? "ok" : "unavailable", [check]), statusCode: ready ? 200 : 503);
    }

    private static async Task<HealthCheck> CheckDatabaseAsync(Database database, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await database.ExecuteAsync(DataScope.System, "SELECT 1", null, either.Token);
            return new HealthCheck("database", "ok", null);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            return new HealthCheck("database", "unavailable", "PostgreSQL does not answer. See the server's log; the embedded one restarts by itself.");
        }
    }
}

/// <summary>Answer of the health endpoints.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Checks">What was looked at.</param>
internal sealed record HealthReport(string Status, IReadOnlyList<HealthCheck> Checks);

/// <summary>One thing looked at.</summary>
/// <param name="Name">Which.</param>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Hint">What to do.</param>
internal sealed record HealthCheck(string Name, string Status, string? Hint);
