using Evenkeel.Platform.Data;

namespace Evenkeel.Accounts;

/// <summary>An organization that is being registered.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name as given.</param>
/// <param name="OwnerId">The user who registers.</param>
/// <param name="Locale"><c>en</c> or <c>zh</c>: the language of what is made for it.</param>
public sealed record NewOrganization(Guid Id, string Name, Guid OwnerId, string Locale);

/// <summary>
/// Fills a new organization. All registered ones run in order of registration inside the registration's transaction,
/// whose scope is the new organization: either the account exists with all of it, or not at all.
/// </summary>
public interface IOrganizationInitializer
{
    /// <summary>Adds rows; must not commit.</summary>
    Task InitializeAsync(ScopedTransaction transaction, NewOrganization organization, CancellationToken cancellationToken);
}
