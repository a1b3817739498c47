using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Timeline.Recording;

/// <summary>
/// Makes the daily partitions of the coming days ahead of time, and once before anything is recorded: a row on its way to the default
/// partition fails when its day gets a partition in that moment.
/// </summary>
internal sealed partial class MaintainPartitions(
    Database database, KnownLeaves leaves, TimeProvider time, ILogger<MaintainPartitions> logger, IOptions<TimelineOptions> options)
    : BackgroundLoop(time, logger, TimeSpan.FromHours(1))
{
    private readonly TimeProvider _time = time;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            // The server can do without: the loop tries again.
            Log.FailedAtStart(logger, Redaction.Reason(exception));
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime).ToString("O");
        var made = 0;
        foreach (var retention in EventLeaf.Classes)
        {
            try
            {
                made += await database.QueryFirstOrDefaultAsync<int>(
                    DataScope.System,
                    "SELECT ensure_chat_event_partitions(@retention, @today::date, @days)",
                    new { retention, today, days = options.Value.PartitionDaysAhead + 1 },
                    cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                // A long reader holds the class. There are days of partitions left and the default one after them.
                Log.Busy(logger);
            }
        }

        if (made > 0)
        {
            Log.Made(logger, made);
        }

        leaves.Set(await ReadLeaves.RunAsync(database, cancellationToken));
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Made {Count} daily timeline partitions")]
        public static partial void Made(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Timeline partitions could not be made at the start: {Reason}")]
        public static partial void FailedAtStart(ILogger logger, SafeText reason);

        [LoggerMessage(Level = LogLevel.Information, Message = "The timeline is busy; its partitions are made at the next run")]
        public static partial void Busy(ILogger logger);
    }
}
