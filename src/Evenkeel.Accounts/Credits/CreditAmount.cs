namespace Evenkeel.Accounts.Credits;

/// <summary>Between credits, as people and settings name them, and the thousandths that are stored and added.</summary>
internal static class CreditAmount
{
    /// <summary>Most credits of a plan or grant: far below what the sums of 64 bits hold, far above any need.</summary>
    public const double Most = 1_000_000_000;

    /// <summary>Most credits of one price.</summary>
    public const double MostPrice = 1_000_000;

    /// <summary>Of an amount.</summary>
    public const int Decimals = 3;

    private const int Thousandths = 1_000;

    /// <summary>Stored form of a setting.</summary>
    public static long Of(double credits) => (long)Math.Round(credits * Thousandths, MidpointRounding.AwayFromZero);

    /// <summary>Stored form of an amount given by a person.</summary>
    public static long Of(decimal credits) => (long)decimal.Round(credits * Thousandths, MidpointRounding.AwayFromZero);

    /// <summary>Wire form.</summary>
    public static decimal ToCredits(long stored) => stored / (decimal)Thousandths;
}
