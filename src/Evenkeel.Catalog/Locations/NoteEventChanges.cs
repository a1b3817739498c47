using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Catalog.Locations;

/// <summary>Tells whoever searches that the place of events is another now, though the events themselves did not change.</summary>
internal static class NoteEventChanges
{
    /// <summary>Of all events at the location and in what it contains.</summary>
    public static Task OfLocationInTransactionAsync(ScopedTransaction transaction, Guid locationId, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            WITH RECURSIVE inside AS (
                SELECT id FROM locations WHERE id = @locationId
                UNION
                SELECT inner_one.id FROM locations AS inner_one JOIN inside ON inner_one.parent_id = inside.id
            )
            INSERT INTO catalogue_changes AS known (event_id, organization_id)
            SELECT id, organization_id FROM catalogue_events WHERE location_id IN (SELECT id FROM inside) ORDER BY id
            ON CONFLICT (event_id) DO UPDATE SET number = DEFAULT
            """,
            new { locationId },
            transaction.Transaction,
            cancellationToken: cancellationToken));
}
