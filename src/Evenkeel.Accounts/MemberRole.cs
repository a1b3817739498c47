namespace Evenkeel.Accounts;

/// <summary>What a member may do in an organization.</summary>
public static class MemberRole
{
    /// <summary>Everything.</summary>
    public const string Owner = "owner";

    /// <summary>Everything but the organization itself.</summary>
    public const string Admin = "admin";

    /// <summary>Chat.</summary>
    public const string Member = "member";

    /// <summary>No member: an API key, which may do what its scopes say. Only endpoints that name it let it through.</summary>
    public const string Key = "key";
}
