namespace Evenkeel.Accounts;

/// <summary>Checks API keys. Cheap to call per request: what was found is remembered for five seconds.</summary>
public interface IApiKeys
{
    /// <summary>The header a key stands in.</summary>
    public const string Header = "X-API-Key";

    /// <summary>How every key begins, and nothing else that signs in.</summary>
    public const string Beginning = "ek_";

    /// <summary>
    /// What a key is worth, whatever its scopes. A revocation is known at once on the node that made it, within five seconds on the others.
    /// </summary>
    ValueTask<TokenCheck> CheckAsync(string key, CancellationToken cancellationToken);

    /// <summary>Whether a key that was valid still is; asked again by streams, whose sign-in is long ago.</summary>
    /// <param name="caller">Whom <see cref="CheckAsync"/> gave.</param>
    /// <param name="cancellationToken">Stops the wait for the database.</param>
    ValueTask<bool> IsStillValidAsync(Caller caller, CancellationToken cancellationToken);
}
