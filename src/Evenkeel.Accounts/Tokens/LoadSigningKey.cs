using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Accounts.Tokens;

/// <summary>Reads the key when the server starts, so that a damaged or unreadable one is found then and not at the first sign-in.</summary>
internal sealed partial class LoadSigningKey(SigningKey key, ILogger<LoadSigningKey> logger) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log.Loaded(logger, key.Id);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Access tokens are signed with key {KeyId}")]
        public static partial void Loaded(ILogger logger, string keyId);
    }
}
