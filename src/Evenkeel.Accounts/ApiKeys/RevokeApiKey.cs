using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Accounts.ApiKeys;

/// <summary><c>DELETE /api/v1/admin/keys/{id}</c>: the key is refused from now on, and stays in the list.</summary>
internal sealed class RevokeApiKey(Database database, FindApiKey keys, IAudit audit, TimeProvider time)
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        Guid id, Caller caller, RevokeApiKey revoke, CancellationToken cancellationToken) =>
        await revoke.RunAsync(id, caller, cancellationToken) ? TypedResults.NoContent() : (ErrorResult)Error.NotFound;

    private async Task<bool> RunAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var wasValid = await database.QueryFirstOrDefaultAsync<bool?>(
            DataScope.Organization(caller.OrganizationId),
            """
            WITH before AS (SELECT id, revoked_at IS NULL AS was_valid FROM api_keys WHERE id = @id AND organization_id = @OrganizationId FOR UPDATE),
                 revoked AS (UPDATE api_keys k SET revoked_at = @now FROM before b WHERE k.id = b.id AND b.was_valid)
            SELECT was_valid FROM before
            """,
            new { id, caller.OrganizationId, now = time.GetUtcNow() },
            cancellationToken);
        keys.Forget(id);
        if (wasValid == true)
        {
            await audit.RecordAsync(AuditRecord.Of(caller, "api_key.revoked", id.ToString()), cancellationToken);
        }

        return wasValid is not null;
    }
}
