using Dapper;
using Evenkeel.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Catalog.Locations;

/// <summary><c>DELETE /api/v1/locations/{id}</c>: its events stay and have no place; what it contained lies in what contained it.</summary>
internal sealed class DeleteLocation(Database database, Places places, TimeProvider time)
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(Guid id, Caller caller, DeleteLocation delete, CancellationToken cancellationToken) =>
        await delete.RunAsync(caller.OrganizationId, id, cancellationToken) ? TypedResults.NoContent() : (ErrorResult)Error.NotFound;

    private async Task<bool> RunAsync(Guid organizationId, Guid id, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.Organization(organizationId), cancellationToken);
        await LocationLock.TakeInTransactionAsync(transaction, organizationId, cancellationToken);
        await NoteEventChanges.OfLocationInTransactionAsync(transaction, id, cancellationToken);
        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE catalogue_events SET location_id = NULL, updated_at = @now WHERE location_id = @id;
            UPDATE locations SET parent_id = (SELECT parent_id FROM locations WHERE id = @id), updated_at = @now WHERE parent_id = @id;
            """,
            new { id, now = time.GetUtcNow() },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        var deleted = await transaction.Connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM locations WHERE id = @id", new { id }, transaction.Transaction, cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        places.Changed(organizationId);
        return deleted > 0;
    }
}
