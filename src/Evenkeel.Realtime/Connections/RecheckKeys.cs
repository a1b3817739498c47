using Evenkeel.Accounts;
using Evenkeel.Platform.Background;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Realtime.Connections;

/// <summary>Closes connections whose API key was revoked since they were opened: tokens run out by themselves, keys need not.</summary>
internal sealed class RecheckKeys(ConnectionRegistry registry, IApiKeys keys, TimeProvider time, ILogger<RecheckKeys> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromSeconds(5))
{
    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var connections in registry.OfKeys().GroupBy(connection => connection.Caller!.UserId))
        {
            if (!await keys.IsStillValidAsync(connections.First().Caller!, cancellationToken))
            {
                foreach (var connection in connections)
                {
                    connection.Close(CloseReason.TokenInvalid);
                }
            }
        }

        return false;
    }
}
