using Evenkeel.Platform.Privacy;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>Starts PostgreSQL again when it dies. The application sees broken connections meanwhile, nothing else.</summary>
internal sealed partial class SupervisePostmaster(Postmaster postmaster, ClusterEndpoint endpoint, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>A postmaster that lived this long was healthy: its successor starts without delay.</summary>
    private static readonly TimeSpan HealthyAfter = TimeSpan.FromSeconds(30);

    /// <summary>Crash recovery is let run: stopping it half-way only makes it begin again.</summary>
    private static readonly TimeSpan RecoveryTimeout = TimeSpan.FromHours(1);

    private int _processId;

    public int ProcessId => Volatile.Read(ref _processId);

    public async Task RunAsync(int processId, CancellationToken ct)
    {
        Volatile.Write(ref _processId, processId);
        var delay = TimeSpan.Zero;
        while (true)
        {
            var started = time.GetTimestamp();
            await ExitAsync(ct);
            if (time.GetElapsedTime(started) >= HealthyAfter)
                delay = TimeSpan.Zero;
            delay = await RestartAsync(delay, ct);
        }
    }

    private async Task ExitAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Poll, time);
        while (postmaster.Processes.IsAlive(ProcessId))
            await timer.WaitForNextTickAsync(ct);
    }

    /// <summary>Returns the delay before the next restart, should the new postmaster die young.</summary>
    private async Task<TimeSpan> RestartAsync(TimeSpan delay, CancellationToken ct)
    {
        Log.Died(logger, ProcessId);
        while (true)
        {
            await Task.Delay(delay, time, ct);
            delay = delay == TimeSpan.Zero ? FirstDelay : delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            try
            {
                var started = time.GetTimestamp();
                await postmaster.ClearOrphansAsync(endpoint, ct);
                Volatile.Write(ref _processId, await postmaster.StartAsync(RecoveryTimeout, ct));
                Log.Restarted(logger, ProcessId, time.GetElapsedTime(started).TotalMilliseconds);
                return delay;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.RestartFailed(logger, Redaction.Reason(exception), delay.TotalSeconds);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL (process {Process}) ended unexpectedly; starting it again")]
        public static partial void Died(ILogger logger, int process);

        [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL is back (process {Process}) after {Milliseconds:0} ms")]
        public static partial void Restarted(ILogger logger, int process, double milliseconds);

        [LoggerMessage(Level = LogLevel.Error, Message = "PostgreSQL could not be started again: {Reason}; trying again in {Seconds} s")]
        public static partial void RestartFailed(ILogger logger, SafeText reason, double seconds);
    }
}
