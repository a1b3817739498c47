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
}
