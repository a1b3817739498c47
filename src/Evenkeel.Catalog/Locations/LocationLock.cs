using Dapper;
using Evenkeel.Platform.Data;

namespace Evenkeel.Catalog.Locations;

/// <summary>
/// Lets changes to the locations of one organization happen one after another: two imports never make the same place twice, and two changes of parents
/// never close a cycle. An advisory lock of the transaction, so that it works behind a pooler.
/// </summary>
internal static class LocationLock
{
    public static Task TakeInTransactionAsync(ScopedTransaction transaction, Guid organizationId, CancellationToken cancellationToken) =>
        transaction.Connection.ExecuteAsync(new CommandDefinition(
            "SELECT pg_advisory_xact_lock(hashtextextended('locations of ' || @organizationId::text, 0))",
            new { organizationId },
            transaction.Transaction,
            cancellationToken: cancellationToken));
}
