using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Search.Catalogue.Indexing;

/// <summary>Which generation of an organization's index is searched, and which is being made.</summary>
internal sealed record IndexState
{
    public required int Generation { get; init; }

    /// <summary>Null when none is.</summary>
    public int? Building { get; init; }

    /// <summary>The last event in it.</summary>
    public Guid? BuiltTo { get; init; }
    public int Done { get; init; }
    public int Total { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>
/// Reads and writes <c>event_indexes</c>. Whoever writes an organization's index holds its lock from before the events are read until they are written, so
/// that nothing older is ever written over something newer; what a crash leaves is as if it had not begun.
/// </summary>
internal sealed class IndexStates(Database database, TimeProvider time)
{
    // Any number will do as long as every version of the program uses the same; the hash of organization and backend is the second half.
    private const int LockSpace = 0x6576_6e74;

    /// <summary>The organization's lock for a backend, until the transaction ends; null where another process has it and this does not wait.</summary>
    public async Task<ScopedTransaction?> LockAsync(Guid organizationId, string backend, bool isWaiting, CancellationToken cancellationToken)
    {
        var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        try
        {
            var sql = isWaiting ? "SELECT pg_advisory_xact_lock(@LockSpace, hashtext(@name)) IS NOT NULL" : "SELECT pg_try_advisory_xact_lock(@LockSpace, hashtext(@name))";
            if (await transaction.Connection.ExecuteScalarAsync<bool>(new CommandDefinition(
                sql, new { LockSpace, name = $"{organizationId} {backend}" }, transaction.Transaction, cancellationToken: cancellationToken)))
            {
                return transaction;
            }
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }

        await transaction.DisposeAsync();
        return null;
    }

    /// <summary>Begins a generation beside the one that is searched, unless one is being made.</summary>
    public Task StartAsync(Guid organizationId, string backend, CancellationToken cancellationToken) => database.ExecuteAsync(
        DataScope.Organization(organizationId),
        """
        INSERT INTO event_indexes AS known (organization_id, backend, generation, format, building, total, started_at)
        SELECT @organizationId, @backend, 0, @Format, 1, count(*), @now FROM catalogue_events WHERE organization_id = @organizationId
        ON CONFLICT (organization_id, backend) DO UPDATE
        SET building = known.generation + 1, built_to = NULL, done = 0, total = EXCLUDED.total, started_at = EXCLUDED.started_at, finished_at = NULL
        WHERE known.building IS NULL
        """,
        new { organizationId, backend, EventTerms.Format, now = time.GetUtcNow() },
        cancellationToken);

    /// <summary>How it is; null where there is none.</summary>
    public Task<IndexState?> ReadAsync(Guid organizationId, string backend, CancellationToken cancellationToken) => database.QueryFirstOrDefaultAsync<IndexState>(
        DataScope.Organization(organizationId), $"{Select} WHERE organization_id = @organizationId AND backend = @backend",
        new { organizationId, backend }, cancellationToken);

    /// <summary>The same for people.</summary>
    public async Task<RebuildState> RebuildStateAsync(Guid organizationId, string backend, CancellationToken cancellationToken) =>
        await ReadAsync(organizationId, backend, cancellationToken) is { } state
            ? new RebuildState(state.Building is not null, state.Done, state.Total, state.StartedAt, state.FinishedAt)
            : new RebuildState(false, 0, 0, null, null);

    /// <summary>Events that were changed and are not in every index yet.</summary>
    public Task<int> WaitingAsync(Guid organizationId, CancellationToken cancellationToken) => database.QueryFirstOrDefaultAsync<int>(
        DataScope.Organization(organizationId),
        """
        SELECT count(*)::integer FROM (
            SELECT event_id FROM catalogue_changes WHERE organization_id = @organizationId
            UNION SELECT event_id FROM elasticsearch_changes WHERE organization_id = @organizationId) AS changes
        """,
        new { organizationId }, cancellationToken);

    /// <summary>How it is, and stays until the transaction ends; null where there is none.</summary>
    public static async Task<IndexState?> ReadUnderLockAsync(ScopedTransaction transaction, Guid organizationId, string backend, CancellationToken cancellationToken) =>
        await transaction.Connection.QuerySingleOrDefaultAsync<IndexState>(new CommandDefinition(
            $"{Select} WHERE organization_id = @organizationId AND backend = @backend FOR UPDATE",
            new { organizationId, backend }, transaction.Transaction, cancellationToken: cancellationToken));

    /// <summary>Notes that events were put into the generation being made.</summary>
    public static Task NoteInTransactionAsync(ScopedTransaction transaction, Guid organizationId, string backend, Guid builtTo, int count, CancellationToken cancellationToken) =>
        ExecuteAsync(
            transaction, "UPDATE event_indexes SET built_to = @builtTo, done = done + @count WHERE organization_id = @organizationId AND backend = @backend",
            new { organizationId, backend, builtTo, count }, cancellationToken);

    /// <summary>The generation being made is the one to search from the transaction's end on.</summary>
    public Task SwitchInTransactionAsync(ScopedTransaction transaction, Guid organizationId, string backend, CancellationToken cancellationToken) =>
        ExecuteAsync(
            transaction,
            """
            UPDATE event_indexes SET generation = building, building = NULL, built_to = NULL, format = @Format, finished_at = @now
            WHERE organization_id = @organizationId AND backend = @backend
            """,
            new { organizationId, backend, EventTerms.Format, now = time.GetUtcNow() }, cancellationToken);

    public static Task ExecuteAsync(ScopedTransaction transaction, string sql, object args, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(sql, args, transaction.Transaction, cancellationToken: cancellationToken));

    private const string Select = "SELECT generation, building, built_to, done, total, started_at, finished_at FROM event_indexes";
}
