using System.Text;
using Evenkeel.Platform.Background;
using Evenkeel.Platform.Data;
using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Evenkeel.Timeline.Recording;

/// <summary>
/// Writes what no turn's commit has taken after a short wait. While the database fails, one write's entries are kept here, the rest in
/// the bounded buffer. A connection lost in the very moment of the commit can repeat entries: a timeline may show a stage twice, never lose it.
/// </summary>
internal sealed partial class WriteTimeline : BackgroundLoop
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DropReportInterval = TimeSpan.FromMinutes(1);

    private readonly TimelineRecorder _recorder;
    private readonly AppendEntries _append;
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly ILogger<WriteTimeline> _logger;
    private readonly TimelineOptions _options;

    private List<TimelineEntry> _unwritten = [];
    private int _failures;
    private DateTimeOffset _retryAt;
    private long _reportedDrops;
    private DateTimeOffset _nextDropReport;

    public WriteTimeline(
        TimelineRecorder recorder, AppendEntries append, Database database, TimeProvider time, ILogger<WriteTimeline> logger, IOptions<TimelineOptions> options)
        : base(time, logger, TimeSpan.FromMilliseconds(options.Value.FlushAfterMilliseconds / 2.0))
    {
        (_recorder, _append, _database, _time, _logger, _options) = (recorder, append, database, time, logger, options.Value);
    }

    /// <summary>Entries written by this loop since the start.</summary>
    public long Written { get; private set; }

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        ReportDrops();
        if (_time.GetUtcNow() < _retryAt)
        {
            return false;
        }

        var wait = _options.FlushAfterMilliseconds * _time.TimestampFrequency / 1000;
        // Not cancelled by the stop: an interrupted write would leave open whether it happened. The driver's time-out bounds it.
        return await WriteOldestAsync(_time.GetTimestamp() - wait, CancellationToken.None);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (_unwritten.Count + _recorder.Pending.Count > 0 && !cancellationToken.IsCancellationRequested)
        {
            await WriteOldestAsync(long.MaxValue, cancellationToken);
            if (_failures > 0)
            {
                break;
            }
        }

        var lost = _unwritten.Count + _recorder.Pending.Count;
        if (lost > 0)
        {
            _recorder.CountDropped(lost);
            Log.LostAtStop(_logger, lost);
        }
    }

    /// <returns>True when a full write was made, so that more may wait.</returns>
    private async Task<bool> WriteOldestAsync(long latestStart, CancellationToken cancellationToken)
    {
        var entries = _unwritten.Count > 0 ? _unwritten : _recorder.Pending.TakeOldest(latestStart, _options.EntriesPerWrite);
        if (entries.Count == 0)
        {
            return false;
        }

        _unwritten = entries;
        try
        {
            await WriteAsync(entries, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException or OperationCanceledException)
        {
            Postpone(exception);
            return false;
        }

        _unwritten = [];
        if (_failures > 0)
        {
            Log.Recovered(_logger, _failures);
            _failures = 0;
        }

        return entries.Count >= _options.EntriesPerWrite;
    }

    private async Task WriteAsync(List<TimelineEntry> entries, CancellationToken cancellationToken)
    {
        try
        {
            await using var batch = _database.CreateBatch(DataScope.System);
            _append.AddTo(batch, entries);
            await batch.ExecuteAsync(cancellationToken);
            Written += entries.Count;
        }
        catch (Exception exception) when (IsAboutTheData(exception))
        {
            if (entries.Count == 1)
            {
                _recorder.CountDropped(1);
                Log.Refused(_logger, entries[0].EventType, entries[0].SessionId, Redaction.Reason(exception));
                return;
            }

            // One bad entry must not take the others with it: halve until it stands alone.
            await WriteAsync(entries[..(entries.Count / 2)], cancellationToken);
            await WriteAsync(entries[(entries.Count / 2)..], cancellationToken);
        }
    }

    // Class 22: a value cannot be stored; 21: one session under two organizations. Retrying cannot help.
    private static bool IsAboutTheData(Exception exception) => exception switch
    {
        PostgresException { SqlState: ['2', '1' or '2', ..] } => true,
        EncoderFallbackException => true,
        _ => exception.InnerException is EncoderFallbackException,
    };

    private void Postpone(Exception exception)
    {
        _failures++;
        var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _failures - 1), LongestPause.TotalSeconds));
        _retryAt = _time.GetUtcNow() + pause;
        Log.Postponed(_logger, Redaction.Reason(exception), _unwritten.Count + _recorder.Pending.Count, pause.TotalSeconds);
    }

    private void ReportDrops()
    {
        var dropped = _recorder.Dropped;
        if (dropped > _reportedDrops && _time.GetUtcNow() >= _nextDropReport)
        {
            Log.Dropped(_logger, dropped - _reportedDrops, dropped);
            _reportedDrops = dropped;
            _nextDropReport = _time.GetUtcNow() + DropReportInterval;
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
