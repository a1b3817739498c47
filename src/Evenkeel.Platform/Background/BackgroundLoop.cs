using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.Background;

/// <summary>
/// The one shape of a background service: <see cref="RunOnceAsync"/> does a bounded piece of work and says whether more is waiting;
/// the loop repeats it at once, or after a jittered interval, or when <see cref="Wake"/> is called. A failure is logged and the loop goes on;
/// of a series of failures (the database is away) the first is logged, then one a minute, then the recovery.
/// </summary>
public abstract partial class BackgroundLoop : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly ILogger _logger;
    private readonly TimeSpan _interval;
    private int _failures;
    private long _reportedAt;

    /// <param name="time">Clock.</param>
    /// <param name="logger">Where failures go.</param>
    /// <param name="interval">Longest pause between two runs; ±10 % jitter keeps nodes from marching in step.</param>
    protected BackgroundLoop(TimeProvider time, ILogger logger, TimeSpan interval)
    {
        Time = time;
        _logger = logger;
        _interval = interval;
    }

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>Runs the loop once more now. Cheap, never blocks; several calls before the run count as one.</summary>
    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
            {
                _wake.Release();
            }
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it between the check and the release: the same effect.
        }
    }

    /// <summary>A bounded piece of work.</summary>
    /// <returns>True when more work is known to wait, so the next run follows at once.</returns>
    protected internal abstract Task<bool> RunOnceAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                more = await RunOnceAsync(stoppingToken);
                NoteSuccess();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                NoteFailure(exception);
            }

            if (!more)
            {
                await WaitAsync(stoppingToken);
            }
        }
    }

    private void NoteSuccess()
    {
        if (_failures > 0)
        {
            Log.Recovered(_logger, GetType().Name, _failures);
            _failures = 0;
        }
    }

    private void NoteFailure(Exception exception)
    {
        if (_failures++ == 0 || Time.GetElapsedTime(_reportedAt) >= ReportInterval)
        {
            Log.RunFailed(_logger, exception, GetType().Name, _failures);
            _reportedAt = Time.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        // After a failure a moment more: whatever is away comes back no sooner for being asked ten times a second.
        var interval = Jittered();
        using var pause = new CancellationTokenSource(_failures > 0 && interval < AfterFailure ? AfterFailure : interval, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
        try
        {
            await _wake.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // The interval passed, or the host stops: the loop's condition tells which.
        }
    }

    private TimeSpan Jittered()
    {
#pragma warning disable RS0030 // jitter needs no seed
        return _interval * (0.9 + (Random.Shared.NextDouble() * 0.2));
#pragma warning restore RS0030
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Loop} failed ({Failures} in a row) and goes on")]
        public static partial void RunFailed(ILogger logger, Exception exception, string loop, int failures);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Loop} works again after {Failures} failures")]
        public static partial void Recovered(ILogger logger, string loop, int failures);
    }
}
