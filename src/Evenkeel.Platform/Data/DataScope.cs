namespace Evenkeel.Platform.Data;

/// <summary>On whose behalf a statement runs. Row-level security reads it; without one every tenant table is empty.</summary>
public readonly record struct DataScope
{
    private DataScope(string organizationId, string scope) => (OrganizationId, Scope) = (organizationId, scope);

    internal string OrganizationId { get; }

    internal string Scope { get; }

    /// <summary>Work across tenants: sign-in, the queue, retention. An architecture test lists the places that use it.</summary>
    public static DataScope System { get; } = new("", "system");

    /// <summary>Work for one organization: only its rows exist.</summary>
    public static DataScope Organization(Guid organizationId) => new(organizationId.ToString(), "");
}
