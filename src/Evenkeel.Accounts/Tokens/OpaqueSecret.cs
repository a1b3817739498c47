using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Evenkeel.Accounts.Tokens;

/// <summary>
/// Refresh tokens and stream tickets: 256 random bits, of which the database keeps only a hash. A fast hash is right here, because
/// there is nothing to guess.
/// </summary>
internal static class OpaqueSecret
{
    /// <summary>Longer texts are not ours and are not worth hashing.</summary>
    public const int MostCharacters = 100;

    public static string Create() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
