using Evenkeel.Accounts;

namespace Evenkeel.Realtime.Connections;

/// <summary>Who opens a connection: by access token, by a single-use ticket that may stand in a URL, or by API key where the connection takes one.</summary>
internal sealed class SignIn(IAccessTokens tokens, IStreamTickets tickets, IApiKeys keys)
{
    /// <summary>The caller, or why there is none.</summary>
    public async Task<SignInOutcome> CheckAsync(string token, CancellationToken cancellationToken)
    {
        // Access tokens are JWTs: three parts. Tickets have no dots, so neither check is tried in vain.
        if (token.Count(character => character == '.') == 2)
        {
            var check = tokens.Check(token);
            return check.Caller is not null
                ? new SignInOutcome(check.Caller, null)
                : new SignInOutcome(null, check.State == TokenState.Expired ? CloseReason.TokenExpired : CloseReason.TokenInvalid);
        }

        return await tickets.RedeemAsync(token, cancellationToken) is { } caller
            ? new SignInOutcome(caller, null)
            : new SignInOutcome(null, CloseReason.TokenInvalid);
    }

    /// <summary>The same, or an API key with the scope.</summary>
    public async Task<SignInOutcome> CheckWithKeyAsync(string token, string scope, CancellationToken cancellationToken)
    {
        if (!token.StartsWith(IApiKeys.Beginning, StringComparison.Ordinal))
        {
            return await CheckAsync(token, cancellationToken);
        }

        var check = await keys.CheckAsync(token, cancellationToken);
        return check switch
        {
            { Caller: { } caller } when caller.Scopes.Contains(scope) => new SignInOutcome(caller, null),
            { Caller: not null } => new SignInOutcome(null, CloseReason.Forbidden),
            { State: TokenState.Expired } => new SignInOutcome(null, CloseReason.TokenExpired),
            _ => new SignInOutcome(null, CloseReason.TokenInvalid),
        };
    }
}

/// <summary>Either a caller or a refusal.</summary>
internal readonly record struct SignInOutcome(Caller? Caller, CloseReason? Refusal);
