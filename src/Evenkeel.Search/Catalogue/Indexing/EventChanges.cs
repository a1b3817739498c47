using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Search.Catalogue.Indexing;

/// <summary>Changes taken from an outbox.</summary>
/// <param name="EventIds">Of what has changed.</param>
/// <param name="Seen">Number of the last.</param>
internal sealed record TakenChanges(Guid[] EventIds, long Seen);

/// <summary>Reads an outbox and forgets what has been taken in. It has one row for each event that changed, with a number that rises.</summary>
/// <param name="table">Its table.</param>
internal sealed class EventChanges(string table)
{
    /// <summary>The next ones; they stay until they are forgotten.</summary>
    public async Task<TakenChanges?> NextInTransactionAsync(ScopedTransaction transaction, Guid organizationId, int most, CancellationToken cancellationToken)
    {
        var rows = (await transaction.Connection.QueryAsync<Row>(new CommandDefinition(
            $"SELECT event_id, number FROM {table} WHERE organization_id = @organizationId ORDER BY number LIMIT @most",
            new { organizationId, most }, transaction.Transaction, cancellationToken: cancellationToken))).AsList();
        return rows.Count == 0 ? null : new TakenChanges([.. rows.Select(row => row.EventId)], rows[^1].Number);
    }

    /// <summary>A change that came after those seen has a greater number and stays. One that is being written at this moment is not waited for: it comes again.</summary>
    public Task ForgetInTransactionAsync(ScopedTransaction transaction, Guid organizationId, TakenChanges taken, CancellationToken cancellationToken) =>
        IndexStates.ExecuteAsync(
            transaction,
            $"""
            DELETE FROM {table} WHERE event_id IN (
                SELECT event_id FROM {table} WHERE organization_id = @organizationId AND event_id = ANY (@EventIds) AND number <= @Seen FOR UPDATE SKIP LOCKED)
            """,
            new { organizationId, taken.EventIds, taken.Seen },
            cancellationToken);

    private sealed record Row
    {
        public required Guid EventId { get; init; }
        public required long Number { get; init; }
    }
}
