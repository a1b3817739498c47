using Evenkeel.Platform.Data;
using Evenkeel.Platform.Health;
using Npgsql;

namespace Evenkeel.Host.Server.Parts;

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
