namespace Evenkeel.Accounts;

/// <summary>How the account that <c>serve --demo</c> makes on the first start is known.</summary>
public static class DemoAccountEmail
{
    /// <summary>Of a domain that is nobody's (RFC 2606).</summary>
    public const string Address = "demo@evenkeel.example";
}
