namespace Evenkeel.Accounts;

/// <summary>What an access token is worth.</summary>
public enum TokenState
{
    Valid,

    /// <summary>Ours, but its time is over: <c>token_expired</c>.</summary>
    Expired,

    /// <summary>Not ours, or malformed: <c>token_invalid</c>.</summary>
    Invalid,
}

/// <summary>The outcome of a check.</summary>
/// <param name="State">What the token is worth.</param>
/// <param name="Caller">Set when <paramref name="State"/> is <see cref="TokenState.Valid"/>.</param>
public readonly record struct TokenCheck(TokenState State, Caller? Caller);

/// <summary>Checks access tokens. Cheap to call per request: a signature is verified once per token and remembered.</summary>
public interface IAccessTokens
{
    /// <summary>Never throws, whatever the text.</summary>
    TokenCheck Check(string token);
}
