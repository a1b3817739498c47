using Evenkeel.Platform.Data;
using Microsoft.Extensions.Options;

namespace Evenkeel.Accounts;

/// <summary>
/// Owners and administrators of the first organization, or of every one, as <see cref="AccountsOptions.Operators"/> says. Where the first is that of the
/// demo account, whose password only the person at the terminal knows, the next one belongs to them too.
/// </summary>
internal sealed class Operators(Database database, IOptions<AccountsOptions> options) : IOperators
{
    private const string FirstTwo =
        """
        SELECT o.id, EXISTS (SELECT FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organization_id = o.id AND u.email = @Demo) AS is_demo
        FROM organizations o ORDER BY o.created_at, o.id LIMIT 2
        """;

    // Once it is known who is first, nobody else will be.
    private volatile Guid[]? _known;

    /// <inheritdoc/>
    public ValueTask<bool> IncludeAsync(Caller caller, CancellationToken cancellationToken) => IncludeAsync(caller.OrganizationId, caller.Role, cancellationToken);

    /// <summary>The same of a member who signs in just now. The first account belongs to them although its organization is not committed yet.</summary>
    public async ValueTask<bool> IncludeAsync(Guid organizationId, string role, CancellationToken cancellationToken)
    {
        if (role is not (MemberRole.Owner or MemberRole.Admin))
        {
            return false;
        }

        if (options.Value.Operators == OperatorPolicy.EveryOrganization)
        {
            return true;
        }

        if (_known is { } known)
        {
            return known.Contains(organizationId);
        }

        var first = await database.QueryAsync<First>(DataScope.System, FirstTwo, new { Demo = DemoAccountEmail.Address }, cancellationToken);
        if (first.Count == 0 || (first.Count == 1 && first[0].IsDemo))
        {
            return true;
        }

        _known = [.. first.Take(first[0].IsDemo ? 2 : 1).Select(organization => organization.Id)];
        return _known.Contains(organizationId);
    }

    private sealed record First
    {
        public required Guid Id { get; init; }
        public required bool IsDemo { get; init; }
    }
}
