using Evenkeel.Contracts.Accounts;
using Evenkeel.Contracts.Errors;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Evenkeel.Accounts.Sessions;

/// <summary><c>GET /auth/me</c>: who is signed in, as stored now.</summary>
internal static class WhoAmI
{
    private const string FindMember =
        """
        SELECT u.id AS user_id, u.email, u.display_name, u.locale, u.created_at,
               m.role, o.id AS organization_id, o.name AS organization_name, o.created_at AS organization_created_at
        FROM memberships m
        JOIN users u ON u.id = m.user_id
        JOIN organizations o ON o.id = m.organization_id
        WHERE m.organization_id = @OrganizationId AND m.user_id = @UserId
        """;

    public static async Task<Results<Ok<Identity>, ErrorResult>> HandleAsync(Caller caller, Database database, Operators operators, CancellationToken cancellationToken)
    {
        var account = await database.QueryFirstOrDefaultAsync<AccountRow>(
            DataScope.Organization(caller.OrganizationId), FindMember, new { caller.OrganizationId, caller.UserId }, cancellationToken);
        return account is null
            ? (ErrorResult)new Error(ErrorCode.TokenInvalid)
            : TypedResults.Ok(new Identity
            {
                User = account.ToUser(), Organization = account.ToOrganization(), Role = account.Role,
                IsOperator = await operators.IncludeAsync(account.OrganizationId, account.Role, cancellationToken),
            });
    }
}
