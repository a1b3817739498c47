using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Evenkeel.Platform.EmbeddedPostgres;

/// <summary>
/// Starts and stops the cluster through pg_ctl: it puts PostgreSQL into a session of its own (Ctrl+C in the terminal must stop the
/// server first, not the database under it), waits for readiness, and gives up administrator rights on Windows.
/// </summary>
internal sealed partial class Postmaster(ClusterPlace place, PostgresBinaries binaries, string? account, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan OrphanGrace = TimeSpan.FromSeconds(1);
    private const string StartLog = "start.log";

    private readonly RunCommand _command = new(account, place.Base);

    public ClusterProcesses Processes { get; } = new(place.Cluster);

    /// <summary>Returns the postmaster's process id once it accepts connections.</summary>
    public async Task<int> StartAsync(TimeSpan timeout, CancellationToken ct)
    {
        File.Delete(Path.Combine(place.Log, StartLog));
        var result = await PgCtlAsync(["start", "-D", "configuration", "-l", Path.Combine("log", StartLog)], timeout, ct);
        if (result.Succeeded && Processes.RecordedPostmaster is { } id)
            return id;
        if (Processes.IsPostmasterAlive)
            throw new EmbeddedPostgresException(
                $"PostgreSQL is still recovering {place.Cluster} after {timeout.TotalSeconds:0} s: give it longer with Database:Embedded:StartTimeout.");
        throw new EmbeddedPostgresException($"PostgreSQL did not start: {Reason(result)} (see {place.Log})");
    }

    /// <summary>Ends sessions and writes a checkpoint; past the deadline stops at once, which the next start recovers from.</summary>
    public async Task StopAsync(TimeSpan deadline, CancellationToken ct)
    {
        if (Processes.IsPostmasterAlive && !(await StopAsync("fast", deadline, ct)).Succeeded && Processes.IsPostmasterAlive)
        {
            Log.StoppingAtOnce(logger, deadline.TotalSeconds);
            await StopAsync("immediate", TimeSpan.FromSeconds(5), ct);
        }

        Processes.Kill();
    }

    /// <summary>
    /// Leaves nothing running on the cluster: neither a postmaster whose server was killed, nor sessions whose postmaster was.
    /// Call only while holding the data folder's lock. <paramref name="current"/> is the endpoint to keep, if one is in use.
    /// </summary>
    public async Task ClearOrphansAsync(ClusterEndpoint? current, CancellationToken ct)
    {
        if (Processes.IsPostmasterAlive)
        {
            Log.OrphanFound(logger, Processes.RecordedPostmaster ?? 0);
            await StopAsync(TimeSpan.FromSeconds(10), ct);
        }

        // Sessions notice the death of their postmaster within moments, unless they are deep in a calculation.
        var started = time.GetTimestamp();
        while (Processes.Alive().Count > 0)
        {
            if (time.GetElapsedTime(started) > OrphanGrace)
                Processes.Kill();
            await Task.Delay(Poll, time, ct);
        }

        // The process ids in these files may belong to other programs by now, or to a corpse that nobody has collected;
        // PostgreSQL would take either for a running server.
        DeleteSockets(place.Socket);
        if (Processes.RecordedSocketFolder is { } recorded && IsTemporarySocketFolder(recorded))
        {
            DeleteSockets(recorded);
            if (recorded != current?.Host && !Directory.EnumerateFileSystemEntries(recorded).Any())
                Directory.Delete(recorded);
        }

        Processes.DeletePostmasterFile();
    }

    /// <summary>A killed server could not delete the folder it made for its socket.</summary>
    private static bool IsTemporarySocketFolder(string folder) =>
        Path.GetFileName(folder).StartsWith("evenkeel-", StringComparison.Ordinal) && Directory.Exists(folder);

    private static void DeleteSockets(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, ".s.PGSQL.*"))
            File.Delete(file);
    }

    private Task<CommandResult> StopAsync(string mode, TimeSpan deadline, CancellationToken ct) =>
        PgCtlAsync(["stop", "-D", "cluster", "-m", mode], deadline, ct);

    private Task<CommandResult> PgCtlAsync(string[] arguments, TimeSpan timeout, CancellationToken ct)
    {
        var seconds = Math.Max(1, (int)timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return _command.RunAsync(binaries.PgCtl, [.. arguments, "-w", "-t", seconds, "-s"], ct);
    }

    private string Reason(CommandResult result)
    {
        var files = Directory.Exists(place.Log) ? new DirectoryInfo(place.Log).GetFiles("*.log") : [];
        return files.OrderByDescending(file => file.LastWriteTimeUtc).Take(2)
            .Select(file => File.ReadLines(file.FullName).LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal)))
            .FirstOrDefault(line => line is not null) ?? result.LastLine;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL (process {Process}) was left running by a server that was killed; stopping it before starting again")]
        public static partial void OrphanFound(ILogger logger, int process);

        [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL did not stop within {Seconds} s; stopping it at once, the next start recovers")]
        public static partial void StoppingAtOnce(ILogger logger, double seconds);
    }
}
