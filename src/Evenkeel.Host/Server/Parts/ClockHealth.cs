using Evenkeel.Platform.Data;
using Evenkeel.Platform.Health;

namespace Evenkeel.Host.Server.Parts;

/// <summary>Whether this machine and the database tell the same time: tokens and time-outs go by ours, leases and waits by the database's.</summary>
internal sealed class ClockHealth(Database database, TimeProvider time) : IHealthContributor
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string Name => "clock";

    /// <inheritdoc/>
    public bool NeedsDatabase => true;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HealthCheck>> CheckAsync(HealthAsker asker, CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(cancellationToken))
        {
            // The database's own check says so.
            return [];
        }

        var before = time.GetUtcNow();
        var there = await database.QueryFirstOrDefaultAsync<DateTimeOffset>(DataScope.System, "SELECT clock_timestamp()", null, cancellationToken);
        var after = time.GetUtcNow();
        // Somewhere within the round trip.
        var skew = there < before ? before - there : there > after ? there - after : TimeSpan.Zero;
        var check = skew <= Most
            ? HealthCheck.Ok(Name, "as the database's")
            : HealthCheck.Degraded(Name, $"{skew.TotalSeconds:0.0} s away from the database's", "Synchronize both machines' clocks (NTP): tokens and leases end at the wrong time otherwise.");
        return [check with { Details = new Dictionary<string, object?> { ["skew_ms"] = Math.Round(skew.TotalMilliseconds) } }];
    }

    private async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.ExecuteAsync(DataScope.System, "SELECT 1", null, cancellationToken);
            return true;
        }
        catch (Npgsql.NpgsqlException)
        {
            return false;
        }
    }
}
