namespace Evenkeel.Accounts.Credits;

/// <summary>States raised by the functions of <c>0002_credits.sql</c>.</summary>
public static class CreditSqlState
{
    /// <summary><c>credit_hold</c>: the balance does not reach. Becomes <c>insufficient_credits</c>.</summary>
    public const string Insufficient = "EK003";
}
