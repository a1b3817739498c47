using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Recording;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Retention;

/// <summary>
/// Forgets what is over its time, one process at a time: whole days are dropped, and what lies outside of them is deleted in batches. A day goes when its
/// last hour is over its time, so rows live up to a day longer than their class says.
/// </summary>
internal sealed partial class RetainEvents(
    Database database, DropDays drop, DeleteEvents delete, KeepPinned kept, IEnumerable<IRetained> others, TimeProvider time, ILogger<RetainEvents> logger,
    IOptions<TimelineOptions> options)
    : BackgroundLoop(time, logger, TimeSpan.FromMinutes(5))
{
    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (!await IsOurTurnAsync(cancellationToken))
        {
            return false;
        }

        var cutoffs = RetentionCutoffs.Of(options.Value, Time.GetUtcNow());
        await drop.DropDetachedAsync(cancellationToken);
        var leaves = await ReadLeaves.RunAsync(database, cancellationToken);
        var (days, rows) = (0, 0L);
        foreach (var slice in EventLeaf.Classes.SelectMany(retention => EventSlice.Before(StartOfDay(cutoffs.Of(retention)), retention, leaves)))
        {
            if (slice.Leaf is null)
            {
                rows += await DeleteAsync(slice, cancellationToken);
            }
            else if (await drop.RunAsync(slice, null, cancellationToken))
            {
                days++;
            }
            else
            {
                Log.Busy(logger, slice.Leaf.Value.Table);
            }
        }

        rows += await kept.ForgetUnpinnedAsync(cancellationToken);
        foreach (var other in others)
        {
            rows += await DeleteAsync(other, cutoffs, cancellationToken);
        }

        if (days > 0 || rows > 0)
        {
            Log.Forgot(logger, days, rows);
        }

        return false;
    }

    private static DateTimeOffset StartOfDay(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);

    private Task<bool> IsOurTurnAsync(CancellationToken cancellationToken) =>
        database.QueryFirstOrDefaultAsync<bool>(DataScope.System, $"SELECT {DropDays.Turn}", null, cancellationToken);

    private async Task<long> DeleteAsync(EventSlice slice, CancellationToken cancellationToken)
    {
        long rows = 0;
        await foreach (var deleted in delete.RunAsync(slice, EventSelection.All, null, cancellationToken))
        {
            rows += deleted;
        }

        return rows;
    }

    private static async Task<long> DeleteAsync(IRetained other, RetentionCutoffs cutoffs, CancellationToken cancellationToken)
    {
        long rows = 0;
        while (await other.DeleteBatchAsync(cutoffs, cancellationToken) is var deleted and > 0)
        {
            rows += deleted;
        }

        return rows;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Forgot {Days} days of the timeline and {Rows} single rows")]
        public static partial void Forgot(ILogger logger, int days, long rows);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Table} is over its time but in use; it is dropped at a later run")]
        public static partial void Busy(ILogger logger, string table);
    }
}
