using Evenkeel.Platform.Data;
using Evenkeel.Platform.Health;

namespace Evenkeel.Host.Server.Parts;

/// <summary>What stands before PostgreSQL and how that was decided.</summary>
internal sealed class PoolHealth(DatabaseConnection connection) : IHealthContributor
{
    /// <inheritdoc/>
    public string Name => "database_pool";

    /// <inheritdoc/>
    public Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HealthCheck>>(connection.Pooler is { } pooler ? [Describe(pooler)] : []);

    private HealthCheck Describe(PoolerDecision pooler) =>
        HealthCheck.Ok(Name, $"{pooler.Mode} pooling, decided by {pooler.Source}: {pooler.Evidence}", pooler.PoolsTransactions ? NoSessions : null) with
        {
            Details = new Dictionary<string, object?> { ["mode"] = pooler.Mode, ["source"] = pooler.Source, ["evidence"] = pooler.Evidence },
        };

    private const string NoSessions =
        "A lost worker is noticed when its lease ends, not at once. Connect to PostgreSQL directly to notice it at once, or set Database__PgBouncer=off if there is no transaction-mode pooler.";
}
