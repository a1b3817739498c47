namespace Evenkeel.Accounts.Credits;

/// <summary>Allowances run by calendar months, UTC.</summary>
internal static class CreditMonth
{
    /// <summary>The first day of the month, as <c>credit_refill</c> takes it.</summary>
    public static DateTime Of(DateTimeOffset now) => new(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>When the next allowance is given.</summary>
    public static DateTimeOffset Next(DateTimeOffset now) => new(Of(now).AddMonths(1), TimeSpan.Zero);
}
