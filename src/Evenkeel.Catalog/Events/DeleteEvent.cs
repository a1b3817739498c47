using Evenkeel.Accounts;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Catalog.Events;

/// <summary><c>DELETE /api/v1/events/{id}</c>; an import that names it makes it again.</summary>
internal static class DeleteEvent
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(Guid id, Caller caller, Database database, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(DataScope.Organization(caller.OrganizationId), "DELETE FROM catalogue_events WHERE id = @id", new { id }, cancellationToken) > 0
            ? TypedResults.NoContent()
            : (ErrorResult)Error.NotFound;
}
