using Npgsql;

namespace Evenkeel.Platform.Data;

/// <summary>What stands between the server and PostgreSQL, and how that was found out.</summary>
/// <param name="Mode"><c>none</c>, <c>session</c> or <c>transaction</c>.</param>
/// <param name="Source"><c>setting</c>, <c>behaviour</c> or <c>address</c>.</param>
/// <param name="Evidence">What was seen, in a sentence.</param>
public sealed record PoolerDecision(string Mode, string Source, string Evidence)
{
    /// <summary>Nothing between.</summary>
    public const string None = "none";

    /// <summary>Each connection has a backend of its own: nothing to mind.</summary>
    public const string Session = "session";

    /// <summary>Backends change between transactions: no prepared statements, no session state, no LISTEN.</summary>
    public const string Transaction = "transaction";

    /// <summary>Whether the driver has to do without a session.</summary>
    public bool PoolsTransactions => Mode == Transaction;
}

/// <summary>
/// Finds a pooler by how it behaves. PostgreSQL tells each connection the process id of its backend for cancel requests; a pooler tells one it
/// made up, because the backend changes. So an id that is not <c>pg_backend_pid()</c> gives a pooler away with a single client and a pool of one, where
/// waiting for the backend to change would see nothing, and where a session setting would seem to survive. Whether it pools transactions is then
/// seen from two connections that are open together: backends they share, or that change, cannot be sessions.
/// </summary>
public static class DetectPooler
{
    private const int PgBouncerPort = 6432;

    // Asked in this order of two connections: a pooler that hands out the last used backend gives both the same, one that takes turns gives
    // the same connection two when it is asked twice in a row.
    private static readonly int[] Order = [0, 1, 0, 0, 1, 1];

    // A pool of one in session mode lets the second connection wait; so does one that is exhausted.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Decides.</summary>
    /// <param name="connectionString">How the application connects.</param>
    /// <param name="setting"><c>Database:PgBouncer</c>: <c>on</c> and <c>off</c> decide alone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<PoolerDecision> RunAsync(string connectionString, string setting, CancellationToken cancellationToken)
    {
        if (setting != "auto")
        {
            return new PoolerDecision(setting == "on" ? PoolerDecision.Transaction : PoolerDecision.None, "setting", $"Database__PgBouncer={setting}");
        }

        var alone = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, MaxAutoPrepare = 0 };
        await using var first = new NpgsqlConnection(alone.ConnectionString);
        await first.OpenAsync(cancellationToken);
        var hasForeignId = await BackendAsync(first, cancellationToken) != first.ProcessID;
        return Decide(hasForeignId, await SharesBackendsAsync(first, alone.ConnectionString, cancellationToken), Hint(alone));
    }

    /// <summary>The rule, apart from the looking.</summary>
    /// <param name="hasForeignId">The connection was told another process id than its backend's.</param>
    /// <param name="sharesBackends">Two connections shared or changed backends; null = could not be seen.</param>
    /// <param name="hint">What the address suggests, or null.</param>
    internal static PoolerDecision Decide(bool hasForeignId, bool? sharesBackends, string? hint) => (hasForeignId, sharesBackends) switch
    {
        (_, true) => new(PoolerDecision.Transaction, "behaviour", "two connections were served by the same or by changing backends"),
        (false, false) => new(PoolerDecision.None, "behaviour", "every connection has the backend it was told"),
        (true, false) => new(PoolerDecision.Session, "behaviour", "the process id is not the backend's, but every connection keeps its own"),
        // Right in both modes; the other choice would be wrong in one.
        (true, null) => new(PoolerDecision.Transaction, "behaviour", "the process id is not the backend's, and a second connection got none in time"),
        (false, null) when hint is not null => new(PoolerDecision.Transaction, "address", hint),
        (false, null) => new(PoolerDecision.None, "behaviour", "the connection has the backend it was told"),
    };

    private static async Task<bool?> SharesBackendsAsync(NpgsqlConnection first, string connectionString, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            await using var second = new NpgsqlConnection(connectionString);
            await second.OpenAsync(deadline.Token);
            HashSet<int>[] seen = [[], []];
            foreach (var which in Order)
            {
                seen[which].Add(await BackendAsync(which == 0 ? first : second, deadline.Token));
            }

            return seen[0].Count > 1 || seen[1].Count > 1 || seen[0].Overlaps(seen[1]);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string? Hint(NpgsqlConnectionStringBuilder settings)
    {
        if (settings.Port == PgBouncerPort)
        {
            return $"port {PgBouncerPort} is PgBouncer's";
        }

        return settings.Host is { } host && (host.Contains("pgbouncer", StringComparison.OrdinalIgnoreCase) || host.Contains("pooler", StringComparison.OrdinalIgnoreCase))
            ? "the host's name is a pooler's"
            : null;
    }

    private static async Task<int> BackendAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
