namespace Evenkeel.Accounts.Tokens;

/// <summary><c>GET /.well-known/jwks.json</c>: the public key, for others who verify access tokens.</summary>
internal sealed record KeySet(IReadOnlyList<KeySet.Key> Keys)
{
    public static KeySet Handle(SigningKey key) => new([new Key(key.Id, key.X, key.Y)]);

    /// <summary>A public key as RFC 7517 writes it.</summary>
    internal sealed record Key(string Kid, string X, string Y)
    {
        public string Kty => "EC";

        public string Crv => "P-256";

        public string Use => "sig";

        public string Alg => "ES256";
    }
}
