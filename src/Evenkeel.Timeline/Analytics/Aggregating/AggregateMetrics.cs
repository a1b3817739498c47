using Dapper;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Timeline.Analytics.Gauges;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Evenkeel.Timeline.Analytics.Aggregating;

/// <summary>
/// Keeps the numbers up to date: every process says how it is, one of them at a time makes the minutes that may still change, rolls them up and reads the
/// gauges of the installation. The minutes are made in one transaction, from a stored position: after an outage they catch up in pieces. Gauges are read
/// outside of any transaction, since a slow one must not hold it open.
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
        var (isDue, isBehind) = await MakeMinutesAsync(cancellationToken);
        if (isDue)
        {
            await GatherAsync(await gather.ReadAsync(cancellationToken), cancellationToken);
        }

        return isBehind;
    }

    /// <returns>Whether it is this process's turn to read the gauges, and whether there is more to catch up with.</returns>
    private async Task<(bool IsDue, bool IsBehind)> MakeMinutesAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.System, cancellationToken);
        if (!await transaction.Connection.ExecuteScalarAsync<bool>(
            new CommandDefinition("SELECT pg_try_advisory_xact_lock(hashtext('metric_points'))", transaction: transaction.Transaction, cancellationToken: cancellationToken)))
        {
            return default;
        }

        var now = Time.GetUtcNow();
        var progress = await transaction.Connection.QuerySingleAsync<ProgressRow>(new CommandDefinition(
            Progress, new { now = now.UtcDateTime, since = (now - FirstLookBack).UtcDateTime }, transaction.Transaction, cancellationToken: cancellationToken));
        var present = Resolution.Floor(now, Resolution.Minute).AddMinutes(1);
        var isBehind = present - progress.DoneUntil > TimeSpan.FromMinutes(options.Value.LateMinutes + options.Value.CatchUpMinutes);
        var isDue = now - progress.RanAt >= JustNow || progress.RanAt > now;
        if (!isBehind && !isDue)
        {
            return default;
        }

        var next = await MakeAsync(transaction, progress, present, cancellationToken);
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

        return (isDue, isBehind);
    }

    private async Task GatherAsync(IReadOnlyList<GaugeReading> ofInstallation, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(DataScope.System, cancellationToken);
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition("SELECT pg_advisory_xact_lock(hashtext('metric_points'))", transaction: transaction.Transaction, cancellationToken: cancellationToken));
        await gather.RunInTransactionAsync(transaction, ofInstallation, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Makes the next piece; what is remembered of it.</summary>
    private async Task<ProgressRow> MakeAsync(ScopedTransaction transaction, ProgressRow progress, DateTimeOffset present, CancellationToken cancellationToken)
    {
        var piece = progress.DoneUntil.AddMinutes(options.Value.LateMinutes + options.Value.CatchUpMinutes);
        var to = piece < present ? piece : present;
        // Events come late seldom, and nobody looks at an hour that is not over for its last minute: looking back at all minutes that may still change, and
        // rolling them up, is done once a minute.
        var looksBack = to < present || progress.LookedBackAt < present.AddMinutes(-1) || progress.LookedBackAt > present;
        var from = looksBack || progress.DoneUntil > present.AddMinutes(-1) ? progress.DoneUntil : present.AddMinutes(-1);
        if (from < to)
        {
            var rows = await read.RunInTransactionAsync(transaction, from, to, cancellationToken);
            await WriteMinutes.RunInTransactionAsync(transaction, (from, to), rows, cancellationToken);
        }

        if (looksBack)
        {
            await RollUp.RunInTransactionAsync(transaction, from, to, cancellationToken);
        }

        var final = present.AddMinutes(-1 - options.Value.LateMinutes);
        var done = to < final ? to : final;
        return progress with
        {
            DoneUntil = looksBack && done > progress.DoneUntil ? done : progress.DoneUntil,
            LookedBackAt = looksBack && to == present ? Time.GetUtcNow() : progress.LookedBackAt,
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
