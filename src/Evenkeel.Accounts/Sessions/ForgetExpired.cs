using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Accounts.Sessions;

/// <summary>
/// Deletes what can never be used again. Used refresh tokens of a living session stay: they are how reuse is recognised. Once their own time
/// is over they would be refused anyway.
/// </summary>
internal sealed partial class ForgetExpired(Database database, TimeProvider time, ILogger<ForgetExpired> logger)
    : BackgroundLoop(time, logger, TimeSpan.FromMinutes(10))
{
    private const int MostPerRun = 5_000;

    private const string Delete =
        """
        DELETE FROM stream_tickets WHERE hash IN (SELECT hash FROM stream_tickets WHERE expires_at < @now LIMIT @MostPerRun);
        DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < @now LIMIT @MostPerRun);
        DELETE FROM refresh_tokens WHERE hash IN (SELECT hash FROM refresh_tokens WHERE expires_at < @now LIMIT @MostPerRun)
        """;

    private readonly TimeProvider _time = time;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var deleted = await database.ExecuteAsync(DataScope.System, Delete, new { now = _time.GetUtcNow(), MostPerRun }, cancellationToken);
        if (deleted > 0)
        {
            Log.Forgot(logger, deleted);
        }

        return deleted >= MostPerRun;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Forgot {Count} expired sessions, tokens and tickets")]
        public static partial void Forgot(ILogger logger, int count);
    }
}
