using Evenkeel.Platform.Data;
using Microsoft.Extensions.Options;

namespace Evenkeel.Accounts;

/// <summary>Owners and administrators of the first organization, or of every one, as <see cref="AccountsOptions.Operators"/> says.</summary>
internal sealed class Operators(Database database, IOptions<AccountsOptions> options) : IOperators
{
    // Boxed, so that it is read and written as a whole. Once there is a first organization it stays the first.
    private object? _first;

    /// <inheritdoc/>
    public ValueTask<bool> IncludeAsync(Caller caller, CancellationToken cancellationToken) => IncludeAsync(caller.OrganizationId, caller.Role, cancellationToken);

    /// <summary>The same of a member who signs in just now. The first account of all belongs to them although its organization is not committed yet.</summary>
    public async ValueTask<bool> IncludeAsync(Guid organizationId, string role, CancellationToken cancellationToken)
    {
        if (role is not (MemberRole.Owner or MemberRole.Admin))
        {
            return false;
        }

        return options.Value.Operators == OperatorPolicy.EveryOrganization || await FirstAsync(cancellationToken) is not { } first || first == organizationId;
    }

    private async ValueTask<Guid?> FirstAsync(CancellationToken cancellationToken)
    {
        if (_first is null && await database.QueryFirstOrDefaultAsync<Guid?>(
            DataScope.System, "SELECT id FROM organizations ORDER BY created_at, id LIMIT 1", null, cancellationToken) is { } found)
        {
            _first = found;
        }

        return (Guid?)_first;
    }
}
