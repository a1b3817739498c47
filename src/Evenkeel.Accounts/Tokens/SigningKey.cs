using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Evenkeel.Accounts.Tokens;

/// <summary>
/// The ES256 key that signs access tokens, kept in the data folder. Nodes that serve the same installation share the file.
/// </summary>
internal sealed class SigningKey : IDisposable
{
    private const string FileName = "access-tokens.pem";

    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        (X, Y) = (Base64UrlEncoder.Encode(point.X), Base64UrlEncoder.Encode(point.Y));
        Id = Thumbprint(X, Y);
        SecurityKey = new ECDsaSecurityKey(key) { KeyId = Id };
    }

    /// <summary>The <c>kid</c>: the key's RFC 7638 thumbprint.</summary>
    public string Id { get; }

    /// <summary>For signing and verifying.</summary>
    public ECDsaSecurityKey SecurityKey { get; }

    /// <summary>Public coordinates, base64url.</summary>
    public string X { get; }

    /// <inheritdoc cref="X"/>
    public string Y { get; }

    /// <summary>Reads the key, or makes it at the first start. Processes that start at once agree on one.</summary>
    public static SigningKey LoadOrCreate(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            Create(directory, path);
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key.ExportParameters(false).Curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256"
                ? new SigningKey(key)
                : throw new InvalidDataException($"{path} holds a key of another curve than P-256. Restore the file, or move it away: a new key signs everybody out.");
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"{path} is not a private key. Restore the file, or move it away: a new key signs everybody out.", exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static void Create(string directory, string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var draft = Path.Combine(directory, Path.GetRandomFileName());
        try
        {
            using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
            using (var file = new FileStream(draft, options))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
                file.Flush(flushToDisk: true);
            }

            // Never overwrites: of several processes one is first, and all read what is there afterwards.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    private static string Thumbprint(string x, string y)
    {
        var members = $$"""{"crv":"P-256","kty":"EC","x":{{JsonSerializer.Serialize(x)}},"y":{{JsonSerializer.Serialize(y)}}}""";
        return Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(members)));
    }
}
