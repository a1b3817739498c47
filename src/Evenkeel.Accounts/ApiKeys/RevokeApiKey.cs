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
        var scope = DataScope.Organization(caller.OrganizationId);
        var args = new { id, caller.OrganizationId, now = time.GetUtcNow() };
        var revoked = await audit.ChangeAsync(
            scope,
            ("UPDATE api_keys SET revoked_at = @now WHERE id = @id AND organization_id = @OrganizationId AND revoked_at IS NULL", args),
            AuditRecord.Of(caller, "api_key.revoked", id.ToString()),
            cancellationToken);
        keys.Forget(id);
        // One that was revoked before is there all the same.
        return revoked > 0 || await database.QueryFirstOrDefaultAsync<int?>(
            scope, "SELECT 1 FROM api_keys WHERE id = @id AND organization_id = @OrganizationId", args, cancellationToken) is not null;
    }
}
