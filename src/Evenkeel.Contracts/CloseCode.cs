namespace Evenkeel.Contracts;

/// <summary>WebSocket close codes. The code alone tells a client what to do.</summary>
public static class CloseCode
{
    /// <summary>The server is going away: reconnect with jitter.</summary>
    public const int GoingAway = 1001;

    /// <summary>Overloaded: wait, then reconnect.</summary>
    public const int Overloaded = 1013;

    /// <summary>Token expired or invalid: refresh, then reconnect.</summary>
    public const int TokenExpired = 4401;

    /// <summary>Not yours: do not retry.</summary>
    public const int Forbidden = 4403;

    /// <summary>No such thread: do not retry.</summary>
    public const int NotFound = 4404;

    /// <summary>No sign of life from the client.</summary>
    public const int Stale = 4408;

    /// <summary>A frame was too large.</summary>
    public const int FrameTooLarge = 4413;

    /// <summary>Too many connections or frames: wait.</summary>
    public const int TooMany = 4429;

    /// <summary>The client reads too slowly: reconnect and resume.</summary>
    public const int TooSlow = 4480;
}
