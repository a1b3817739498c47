namespace Evenkeel.Accounts;

/// <summary>Single-use keys that stand in the URL of a stream instead of an access token.</summary>
public interface IStreamTickets
{
    /// <summary>Uses a ticket up, on whichever node it was made. Null when it is unknown, used or older than 60 s.</summary>
    Task<Caller?> RedeemAsync(string ticket, CancellationToken cancellationToken);
}
