using Dapper;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Analytics.Gauges;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Analytics.Aggregating;

/// <summary>
/// Keeps the numbers up to date: every process says how it is, one of them at a time makes the minutes that may still change, rolls them up and reads the
/// gauges of the installation. Everything of a run happens in one transaction, from a stored position: after an outage it catches up in pieces.
/// </summary>
internal sealed partial class AggregateMetrics(
    Database database, ReadMinutes read, TellReadings tell, GatherReadings gather, IOptions<AnalyticsOptions> options, TimeProvider time, ILogger<AggregateMetrics> logger)
    : BackgroundLoop(time, logger, Interval)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // With several processes each would do it every 15 s: what another one did just now is enough.
    private static readonly TimeSpan JustNow = TimeSpan.FromSeconds(8);

    // What was recorded before there were analytics.
    private static readonly TimeSpan FirstLookBack = TimeSpan.FromDays(7);

    private const string Progress =
        """
        INSERT INTO metric_progress (done_until, ran_at, looked_back_at)
        SELECT date_trunc('minute', coalesce(min(occurred_at), @now)), timestamptz 'epoch', timestamptz 'epoch' FROM chat_events
        WHERE occurred_at >= @since AND NOT EXISTS (SELECT FROM metric_progress)
        HAVING NOT EXISTS (SELECT FROM metric_progress);
        SELECT done_until, ran_at, looked_back_at FROM metric_progress
        """;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        await tell.RunAsync(cancellationToken);
        await using var transaction = await database.BeginAsync(DataScope.System, cancellationToken);
        if (!await transaction.Connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("SELECT pg_try_advisory_xact_lock(hashtext('metric_points'))", transaction: transaction.Transaction, cancellationToken: cancellationToken)))
        {
            return false;
        }

        var now = Time.GetUtcNow();
        var progress = await transaction.Connection.QuerySingleAsync<ProgressRow>(new CommandDefinition(
            Progress, new { now = now.UtcDateTime, since = (now - FirstLookBack).UtcDateTime }, transaction.Transaction, cancellationToken: cancellationToken));
        var present = Resolution.Floor(now, Resolution.Minute).AddMinutes(1);
        var isBehind = present - progress.DoneUntil > TimeSpan.FromMinutes(options.Value.LateMinutes + options.Value.CatchUpMinutes);
        if (!isBehind && progress.RanAt <= now && now - progress.RanAt < JustNow)
        {
            return false;
        }

        var next = await MakeAsync(transaction, progress, present, cancellationToken);
        if (now - progress.RanAt >= JustNow || progress.RanAt > now)
        {
            await gather.RunInTransactionAsync(transaction, cancellationToken);
            await RollUp.RunInTransactionAsync(transaction, present.AddMinutes(-1), present, cancellationToken);
        }

        await transaction.Connection.ExecuteAsync(new CommandDefinition(
            "UPDATE metric_progress SET done_until = @DoneUntil, ran_at = @now, looked_back_at = @LookedBackAt",
            new { DoneUntil = next.DoneUntil.UtcDateTime, now = now.UtcDateTime, LookedBackAt = next.LookedBackAt.UtcDateTime },
            transaction.Transaction,
            cancellationToken: cancellationToken));
        await transaction.CommitAsync(cancellationToken);
        if (isBehind)
        {
            Log.CatchingUp(logger, next.DoneUntil, (present - next.DoneUntil).TotalMinutes);
        }

        return isBehind;
    }

    /// <summary>Makes the next piece; what is remembered of it.</summary>
    private async Task<ProgressRow> MakeAsync(ScopedTransaction transaction, ProgressRow progress, DateTimeOffset present, CancellationToken cancellationToken)
    {
        var piece = progress.DoneUntil.AddMinutes(options.Value.LateMinutes + options.Value.CatchUpMinutes);
        var to = piece < present ? piece : present;
        // Events come late seldom: looking back at all minutes that may still change once a minute is enough.
        var looksBack = to < present || progress.LookedBackAt < present.AddMinutes(-1) || progress.LookedBackAt > present;
        var from = looksBack || progress.DoneUntil > present.AddMinutes(-2) ? progress.DoneUntil : present.AddMinutes(-2);
        if (from < to)
        {
            var rows = await read.RunInTransactionAsync(transaction, from, to, cancellationToken);
            await WriteMinutes.RunInTransactionAsync(transaction, (from, to), rows, cancellationToken);
            await RollUp.RunInTransactionAsync(transaction, from, to, cancellationToken);
        }

        var final = present.AddMinutes(-1 - options.Value.LateMinutes);
        var done = to < final ? to : final;
        return progress with
        {
            DoneUntil = looksBack && done > progress.DoneUntil ? done : progress.DoneUntil,
            LookedBackAt = looksBack ? Time.GetUtcNow() : progress.LookedBackAt,
        };
    }

    private sealed record ProgressRow
    {
        public DateTimeOffset DoneUntil { get; init; }
        public DateTimeOffset RanAt { get; init; }
        public DateTimeOffset LookedBackAt { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, EventName = "analytics_catching_up", Message = "Analytics are made until {Until:o}, {Minutes:0} minutes behind")]
        public static partial void CatchingUp(ILogger logger, DateTimeOffset until, double minutes);
    }
}
