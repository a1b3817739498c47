using Evenkeel.Platform.Background;
using Evenkeel.Platform.Identifiers;
using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Timeline.Recording;

/// <summary>
/// Writes what no turn's commit has taken after a short wait, or when a large write has come together before. One batch is made while the one before is on
/// its way. While the database fails, two batches are kept here, the rest in the bounded buffer. A connection lost in the very moment of the commit can repeat
/// entries: a timeline may show a stage twice, never lose it.
/// </summary>
internal sealed partial class WriteTimeline : BackgroundLoop
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DropReportInterval = TimeSpan.FromMinutes(1);

    private readonly TimelineRecorder _recorder;
    private readonly PrepareEntries _prepare;
    private readonly CopyEntries _copy;
    private readonly RecordedSessions _recorded;
    private readonly TimelineCounts _counts;
    private readonly IdSource _ids;
    private readonly ILogger<WriteTimeline> _logger;
    private readonly TimelineOptions _options;
    private readonly ITimer _watchedTimer;

    private readonly Queue<EntryBatch> _unwritten = new();
    private int _isWatchedTimerSet;
    private volatile int _failures;
    private volatile int _kept;
    private DateTimeOffset _retryAt;
    private long _reportedDrops;
    private DateTimeOffset _nextDropReport;

    public WriteTimeline(
        TimelineRecorder recorder, PrepareEntries prepare, CopyEntries copy, RecordedSessions recorded, TimelineCounts counts, IdSource ids, TimeProvider time,
        ILogger<WriteTimeline> logger, IOptions<TimelineOptions> options)
        : base(time, logger, TimeSpan.FromMilliseconds(options.Value.FlushAfterMilliseconds / 2.0))
    {
        (_recorder, _prepare, _copy, _recorded, _counts, _ids) = (recorder, prepare, copy, recorded, counts, ids);
        (_logger, _options) = (logger, options.Value);
        _watchedTimer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        recorder.WhenWatched = WakeSoon;
        recorder.Pending.WhenMany = Wake;
    }

    /// <summary>Tries that failed since the last that did not.</summary>
    public int Failures => _failures;

    /// <summary>Entries that wait.</summary>
    public int Waiting => _recorder.Pending.Count + _kept;

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _isWatchedTimerSet, 0);
        ReportDrops();
        if (Time.GetUtcNow() >= _retryAt)
        {
            await WriteAllAsync(LongEnough, cancellationToken);
        }

        return false;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAllAsync(static () => PendingEntries.Waits.None, cancellationToken);
        var lost = Waiting;
        if (lost > 0)
        {
            _counts.Drop(lost);
            Log.LostAtStop(_logger, lost);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _watchedTimer.Dispose();
        base.Dispose();
    }

    /// <summary>A burst of what somebody watches goes in one write.</summary>
    private void WakeSoon()
    {
        if (Interlocked.Exchange(ref _isWatchedTimerSet, 1) == 0)
        {
            _watchedTimer.Change(TimeSpan.FromMilliseconds(_options.WatchedFlushAfterMilliseconds), Timeout.InfiniteTimeSpan);
        }
    }

    private PendingEntries.Waits LongEnough()
    {
        var now = Time.GetTimestamp();
        var wait = _recorder.Pending.AreMany ? 0 : _options.FlushAfterMilliseconds * Time.TimestampFrequency / 1000;
        return new PendingEntries.Waits(now - wait, now - (_options.HoldForCommitSeconds * Time.TimestampFrequency));
    }

    private async Task WriteAllAsync(Func<PendingEntries.Waits> waits, CancellationToken cancellationToken)
    {
        var next = Next(waits);
        while (next is not null)
        {
            EntryBatch? following = null;
            // Not cancelled by the stop: an interrupted write would leave open whether it happened. The driver's time-out bounds it.
            var isWritten = await TryWriteAsync(next, () => following ??= cancellationToken.IsCancellationRequested ? null : Next(waits), CancellationToken.None);
            if (!isWritten)
            {
                Keep(next);
                Keep(following);
                return;
            }

            next = following;
        }
    }

    private void Keep(EntryBatch? batch)
    {
        if (batch is not null)
        {
            _unwritten.Enqueue(batch);
            _kept += batch.Entries.Count;
        }
    }

    private EntryBatch? Next(Func<PendingEntries.Waits> waits)
    {
        if (_unwritten.TryDequeue(out var kept))
        {
            _kept -= kept.Entries.Count;
            return kept;
        }

        var entries = _recorder.Pending.TakeOldest(waits(), _options.EntriesPerWrite);
        return entries.Count == 0 ? null : EntryBatch.Of(entries, _prepare, _ids);
    }

    /// <returns>False when it is to be tried again later.</returns>
    private async Task<bool> TryWriteAsync(EntryBatch batch, Action whileSending, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(batch, whileSending, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException or OperationCanceledException)
        {
            Postpone(exception, batch.Entries.Count);
            return false;
        }

        batch.Return();
        if (_failures > 0)
        {
            Log.Recovered(_logger, _failures);
            _failures = 0;
        }

        return true;
    }

    private async Task WriteAsync(EntryBatch batch, Action whileSending, CancellationToken cancellationToken)
    {
        try
        {
            await _copy.WriteAsync(batch, whileSending, cancellationToken);
            _counts.Record(batch.Entries.Count);
            _recorded.Tell(batch.Sessions.Keys);
        }
        catch (PostgresException exception) when (IsAboutTheData(exception))
        {
            if (batch.Entries.Count == 1)
            {
                _counts.Drop(1);
                Log.Refused(_logger, batch.Entries[0].EventType, batch.Entries[0].SessionId, Redaction.Reason(exception));
                return;
            }

            // One bad entry must not take the others with it: halve until it stands alone.
            var half = batch.Entries.Count / 2;
            foreach (var part in new[] { batch.Entries.Take(half), batch.Entries.Skip(half) })
            {
                await WriteAsync(EntryBatch.Of([.. part], _prepare, _ids), whileSending, cancellationToken);
            }
        }
    }

    // Class 22: a value cannot be stored. Retrying cannot help.
    private static bool IsAboutTheData(PostgresException exception) => exception.SqlState.StartsWith("22", StringComparison.Ordinal);

    private void Postpone(Exception exception, int entries)
    {
        _failures++;
        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _failures - 1), LongestPause.TotalSeconds));
        _retryAt = Time.GetUtcNow() + pause;
        Log.Postponed(_logger, Redaction.Reason(exception), entries + _recorder.Pending.Count, pause.TotalSeconds);
    }

    private void ReportDrops()
    {
        var dropped = _counts.Dropped;
        if (dropped > _reportedDrops && Time.GetUtcNow() >= _nextDropReport)
        {
            Log.Dropped(_logger, dropped - _reportedDrops, dropped);
            _reportedDrops = dropped;
            _nextDropReport = Time.GetUtcNow() + DropReportInterval;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The timeline cannot be written ({Reason}); {Waiting} entries wait, next try in {Seconds} s")]
        public static partial void Postponed(ILogger logger, SafeText reason, int waiting, double seconds);

        [LoggerMessage(Level = LogLevel.Information, Message = "The timeline is written again after {Failures} failed tries")]
        public static partial void Recovered(ILogger logger, int failures);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A timeline entry {EventType} of session {SessionId} cannot be stored: {Reason}")]
        public static partial void Refused(ILogger logger, string eventType, Guid sessionId, SafeText reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Dropped {New} timeline entries, {Total} since the start")]
        public static partial void Dropped(ILogger logger, long @new, long total);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped with {Lost} timeline entries unwritten")]
        public static partial void LostAtStop(ILogger logger, int lost);
    }
}
