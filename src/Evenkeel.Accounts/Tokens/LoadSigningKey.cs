using Evenkeel.Platform.Data;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Accounts.Tokens;

/// <summary>
/// Reads the installation's key when the server starts, so that a damaged one is found then and not at the first sign-in. The first node makes it;
/// of nodes that start at once one is first, and all read what is there afterwards. The file of an earlier release is taken over, so that an
/// upgrade signs nobody out.
/// </summary>
/// <param name="directory">Where an earlier release kept it.</param>
/// <param name="database">Where it is kept now.</param>
/// <param name="logger">Says which it is.</param>
internal sealed partial class LoadSigningKey(string directory, Database database, ILogger<LoadSigningKey> logger) : IHostedService, IDisposable
{
    private const string FileName = "access-tokens.pem";
    private SigningKey? _key;

    /// <summary>The key, once the server has started.</summary>
    public SigningKey Key => _key ?? throw new InvalidOperationException("The signing key is not loaded yet.");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var pem = await ReadAsync(cancellationToken) ?? await ProposeAsync(await FirstAsync(cancellationToken), cancellationToken);
        _key = SigningKey.Parse(pem, "The signing key in the database (table signing_keys)");
        Log.Loaded(logger, _key.Id);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _key?.Dispose();

    private Task<string?> ReadAsync(CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<string>(DataScope.System, "SELECT private_key FROM signing_keys", null, cancellationToken);

    private async Task<string> ProposeAsync(string pem, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            DataScope.System,
            "INSERT INTO signing_keys (purpose, private_key) VALUES ('access_tokens', @pem) ON CONFLICT DO NOTHING",
            new { pem },
            cancellationToken);
        return await ReadAsync(cancellationToken) ?? throw new InvalidOperationException("The signing key was not stored.");
    }

    private async Task<string> FirstAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(directory, FileName);
        if (!File.Exists(file))
        {
            return SigningKey.NewPem();
        }

        var pem = await File.ReadAllTextAsync(file, cancellationToken);
        SigningKey.Parse(pem, file).Dispose();
        return pem;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Access tokens are signed with key {KeyId}")]
        public static partial void Loaded(ILogger logger, string keyId);
    }
}
