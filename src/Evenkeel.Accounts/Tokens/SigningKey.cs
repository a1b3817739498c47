using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Evenkeel.Accounts.Tokens;

/// <summary>
/// The ES256 key that signs access tokens. It is kept in the database, so that every node of an installation accepts what another has signed.
/// </summary>
internal sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        (X, Y) = (Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
        Id = Thumbprint(X, Y);
        // A factory of its own: the default one keeps signers by key id for the whole process, beyond the life of the key they were made from.
        SecurityKey = new ECDsaSecurityKey(key) { KeyId = Id, CryptoProviderFactory = new CryptoProviderFactory() };
    }

    /// <summary>The <c>kid</c>: the key's RFC 7638 thumbprint.</summary>
    public string Id { get; }

    /// <summary>For signing and verifying.</summary>
    public ECDsaSecurityKey SecurityKey { get; }

    /// <summary>Public coordinates, base64url.</summary>
    public string X { get; }

    /// <inheritdoc cref="X"/>
    public string Y { get; }

    /// <summary>Reads a key in PKCS #8 PEM.</summary>
    /// <param name="pem">The key.</param>
    /// <param name="place">Where it was found, for the operator.</param>
    public static SigningKey Parse(string pem, string place)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.ExportParameters(false).Curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256"
                ? new SigningKey(key)
                : throw new InvalidDataException($"{place} holds a key of another curve than P-256. Restore it, or remove it: a new key signs everybody out.");
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"{place} is not a private key. Restore it, or remove it: a new key signs everybody out.", exception);
        }
    }

    /// <summary>A new key in PKCS #8 PEM.</summary>
    public static string NewPem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static string Thumbprint(string x, string y)
    {
        var members = $$"""{"crv":"P-256","kty":"EC","x":{{JsonSerializer.Serialize(x)}},"y":{{JsonSerializer.Serialize(y)}}}""";
        return Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(members)));
    }
}
