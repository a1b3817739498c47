using Evenkeel.Platform.Data;

namespace Evenkeel.Accounts;

/// <summary>An organization, as whoever runs the server knows it.</summary>
public sealed record KnownOrganization
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name; others may have the same.</summary>
    public required string Name { get; init; }

    /// <summary>It is that of the demo account.</summary>
    public required bool IsDemo { get; init; }
}

/// <summary>The organizations of this server, for what runs on it and belongs to none of them: the command line and the demo account.</summary>
public interface IOrganizations
{
    /// <summary>All of them, those that registered first at the head.</summary>
    Task<IReadOnlyList<KnownOrganization>> ListAsync(CancellationToken cancellationToken);
}

internal sealed class Organizations(Database database) : IOrganizations
{
    public Task<IReadOnlyList<KnownOrganization>> ListAsync(CancellationToken cancellationToken) => database.QueryAsync<KnownOrganization>(
        DataScope.System,
        """
        SELECT o.id, o.name, EXISTS (SELECT FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.organization_id = o.id AND u.email = @Demo) AS is_demo
        FROM organizations o ORDER BY o.created_at, o.id
        """,
        new { Demo = DemoAccountEmail.Address },
        cancellationToken);
}
